//! `manifest`: values, files and hooks changed, and no other byte.

use std::fs;
use std::os::unix::fs::symlink;

use rstest::rstest;
use serde_json::json;

use super::home::{Home, Ran};

const MANIFEST: &str = r#"{
    "file_list" : ["a.py"],
    "unknown": 1.50,
    "Custom_Middleware": {
        "pre": [
            {"name": "A"}
        ],
        "driver": "python"
    }
}"#;

fn project() -> Home {
    let home = Home::new();
    home.write("manifest.json", MANIFEST);
    for name in ["a.py", "vendor/b/c.py", "vendor/__pycache__/b.pyc", "d.py"] {
        home.write(name, "x\n");
    }
    home
}

fn holds(home: &Home) -> String {
    fs::read_to_string(home.project().join("manifest.json")).unwrap()
}

fn done(home: &Home, arguments: &[&str]) -> Ran {
    let ran = home.run(&[&["manifest"], arguments].concat());
    assert_eq!(ran.code, Some(0), "{ran:?}");
    ran
}

#[rstest]
#[case(&["set", "custom_middleware.driver", "grpc"], "\"python\"", "\"grpc\"")]
#[case(&["set", "/Custom_Middleware/pre/0/name", "B"], "\"A\"", "\"B\"")]
#[case(&["set", "unknown", "2"], "1.50", "2")]
#[case(&["set", "unknown", "2", "--string"], "1.50", "\"2\"")]
#[case(&["unset", "unknown"], "\"unknown\": 1.50,\n    ", "")]
#[case(&["add-file", "d.py"], "\"a.py\"]", "\"a.py\", \"d.py\"]")]
#[case(&["add-file", "vendor", "a.py"], "\"a.py\"]", "\"a.py\", \"vendor/b/c.py\"]")]
#[case(&["remove-file", "a.py"], "[\"a.py\"]", "[]")]
#[case(&["add-hook", "pre", "B", "--disabled"], "{\"name\": \"A\"}",
    "{\"name\": \"A\"},\n            {\n                \"name\" : \"B\",\n                \"disabled\" : true\n            }")]
#[case(&["remove-hook", "pre", "A"], "[\n            {\"name\": \"A\"}\n        ]", "[]")]
fn a_change_leaves_every_other_byte(
    #[case] arguments: &[&str],
    #[case] before: &str,
    #[case] after: &str,
) {
    let home = project();
    done(&home, arguments);
    assert_eq!(holds(&home), MANIFEST.replacen(before, after, 1));
}

#[test]
fn values_are_shown_as_text_and_as_json() {
    let home = project();
    assert_eq!(done(&home, &["show", "custom_middleware.driver"]).stdout, "python\n");
    assert_eq!(done(&home, &["show", "unknown"]).stdout, "1.50\n");
    assert_eq!(done(&home, &["show"]).stdout, format!("{MANIFEST}\n"));
    let shown = done(&home, &["show", "file_list", "--json"]).json();
    assert_eq!(shown, json!({"path": "file_list", "value": ["a.py"]}));
    let absent = home.run(&["manifest", "show", "nothing.there"]);
    assert_eq!(absent.code, Some(1));
    assert!(absent.stderr.contains("nothing at nothing.there"), "{absent:?}");
}

#[test]
fn what_is_there_already_or_never_was_is_said_and_nothing_changes() {
    let home = project();
    for (arguments, code, said) in [
        (&["unset", "nothing"][..], 1, "nothing at nothing"),
        (&["set", "file_list.x", "1"], 2, "file_list is a list, not an object"),
        (&["set", "a..b", "1"], 2, "not a path"),
        (&["add-hook", "pre", "A"], 1, "pre has A already"),
        (&["add-hook", "before", "A"], 2, "invalid value 'before'"),
        (&["remove-hook", "response"], 1, "there is no response hook"),
        (&["remove-file", "b.py"], 1, "file_list does not name b.py"),
        (&["add-file", "none.py"], 3, "no such file"),
        (&["add-file", "manifest.json"], 2, "it is the manifest"),
        (&["add-file", "../project/../.."], 2, "outside the manifest's folder"),
        (&["add-file", "a.py", "/etc/hostname"], 2, "outside the manifest's folder"),
    ] {
        let ran = home.run(&[&["manifest"], arguments].concat());
        assert_eq!(ran.code, Some(code), "{ran:?}");
        assert!(ran.stderr.contains(said), "{ran:?}");
        assert_eq!(holds(&home), MANIFEST, "{arguments:?}");
    }
}

#[test]
fn a_link_out_of_the_folder_is_refused_and_one_inside_is_listed_by_its_name() {
    let home = project();
    symlink("/etc/hostname", home.project().join("out.txt")).unwrap();
    symlink("d.py", home.project().join("link.py")).unwrap();
    let refused = home.run(&["manifest", "add-file", "out.txt"]);
    assert_eq!(refused.code, Some(2), "{refused:?}");
    let added = done(&home, &["add-file", "link.py", "--json"]).json();
    assert_eq!(added["added"], json!(["link.py"]));
}

#[test]
fn a_manifest_elsewhere_has_its_own_folder() {
    let home = project();
    home.write("sub/manifest.json", "{}");
    home.write("sub/x.py", "");
    let elsewhere = ["-m", "sub/manifest.json"];
    done(&home, &[&["add-file", "sub/x.py"], &elsewhere[..]].concat());
    let text = fs::read_to_string(home.project().join("sub/manifest.json")).unwrap();
    assert!(text.contains("\"x.py\""), "{text}");
    let outside = home.run(&[&["manifest", "add-file", "a.py"], &elsewhere[..]].concat());
    assert_eq!(outside.code, Some(2), "{outside:?}");
}

#[test]
fn a_text_that_is_no_manifest_stays_as_it_is() {
    let home = project();
    home.write("manifest.json", "{\"file_list\": [}");
    let ran = home.run(&["manifest", "set", "a", "1", "--json"]);
    assert_eq!(ran.code, Some(3));
    let error = &ran.json()["error"];
    assert!(error["what"].as_str().unwrap().contains("the manifest is not JSON"), "{ran:?}");
    assert_eq!(error["where"], "manifest.json:1:16");
    assert_eq!(holds(&home), "{\"file_list\": [}");
}

#[test]
fn a_first_manifest_builds_and_is_not_overwritten() {
    let home = Home::new();
    let code = "from tyk.decorators import Hook\n\n\n@Hook\ndef Check(request, session, metadata, spec):\n    return request, session, metadata\n";
    home.write("middleware.py", code);
    home.write("notes.txt", "");
    let made = done(&home, &["init", "--json"]).json();
    assert_eq!(made["driver"], "python");
    assert_eq!(made["files"], json!(["middleware.py"]));
    assert_eq!(made["hooks"], json!([{"hook": "auth_check", "name": "Check"}]));
    assert_eq!(made["remarks"], json!(["Check is taken for auth_check: it has 4 parameters"]));
    assert_eq!(home.run(&["build", "-y"]).code, Some(0));
    let before = holds(&home);
    let again = home.run(&["manifest", "init"]);
    assert_eq!(again.code, Some(3));
    assert!(again.stderr.contains("not overwritten"), "{again:?}");
    assert_eq!(holds(&home), before);
}

//! `tyk-tui lint`: files told apart, five formats, exit codes, fixes.

use std::fs;

use serde_json::{Value, json};

use super::project::{MANIFEST, Project};
use super::ran::{Ran, fixture};

const DEFINITION: &str = r#"{
  "api_model": {},
  "api_definition": {
    "name": "orders",
    "api_id": "orders",
    "use_keyless": true,
    "custom_plugin_auth_enabled": true,
    "custom_middleware": {
      "auth_check": {"name": "A"},
      "driver": "grpc"
    },
    "proxy": {"listen_path": "/orders/", "target_url": "http://127.0.0.1:1"},
    "version_data": {"not_versioned": true, "versions": {"Default": {"name": "Default"}}}
  }
}
"#;

fn lint(project: &Project, arguments: &[&str]) -> Ran {
    Ran::of(project.command(&["lint"]).args(arguments))
}

fn problems(ran: &Ran) -> Vec<Value> {
    ran.json()["problems"].as_array().unwrap().clone()
}

#[test]
fn a_right_project_has_nothing() {
    let ran = lint(&Project::new(), &[]);
    assert!(!ran.stdout.contains("warning") && !ran.stdout.contains("error"), "{ran:?}");
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
}

#[test]
fn a_mistake_has_its_rule_its_place_and_its_fix() {
    let project = Project::new().with("apis/orders.json", DEFINITION);
    let ran = lint(&project, &["--json"]);
    assert_eq!(ran.code, Some(1));
    let problems = problems(&ran);
    let found = problems.iter().find(|it| it["rule"] == "keyless-auth").unwrap();
    assert_eq!(found["severity"], "error");
    assert_eq!((&found["file"], &found["line"]), (&json!("apis/orders.json"), &json!(6)));
    assert_eq!(found["path"], "api_definition.use_keyless");
    assert!(found["fix"]["title"].as_str().unwrap().contains("use_keyless"));
    for problem in &problems {
        for key in ["rule", "severity", "file", "line", "column", "path", "message", "fix"] {
            assert!(problem.get(key).is_some(), "{key} is missing in {problem}");
        }
    }
}

#[test]
fn a_fix_changes_its_line_alone_and_what_was_there_is_kept() {
    let project = Project::new().with("apis/orders.json", DEFINITION);
    let ran = lint(&project, &["--fix", "--json"]);
    let fixed = fs::read_to_string(project.path("apis/orders.json")).unwrap();
    let expected = DEFINITION.replace("\"use_keyless\": true", "\"use_keyless\": false");
    assert_eq!(fixed, expected, "{ran:?}");
    assert!(problems(&ran).iter().all(|it| it["rule"] != "keyless-auth"));
    assert!(ran.stderr.contains("apis/orders.json: "), "{ran:?}");
    let shown = Ran::of(&mut project.command(&["backups", "show", "apis/orders.json"]));
    assert_eq!(shown.stdout, DEFINITION);
}

#[test]
fn fixes_of_hints_are_left_to_people() {
    let hinted = MANIFEST.replace("\"driver\"", "\"Driver\"");
    let project = Project::new().with("manifest.json", &hinted);
    let ran = lint(&project, &["--fix"]);
    assert_eq!(fs::read_to_string(project.path("manifest.json")).unwrap(), hinted);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.stdout.contains("    fix: write driver for Driver"), "{ran:?}");
    assert!(!ran.stdout.contains("--fix"), "{ran:?}");
}

#[test]
fn what_a_fix_brings_to_light_is_mended_too() {
    // Without authentication nobody asks whether it is the plugin's.
    let hidden = DEFINITION.replace("    \"custom_plugin_auth_enabled\": true,\n", "");
    let project = Project::empty().with("a.json", &hidden);
    let rules = |ran: &Ran| problems(ran).iter().map(|it| it["rule"].clone()).collect::<Vec<_>>();
    assert!(!rules(&lint(&project, &["a.json", "--json"])).contains(&json!("auth-not-enabled")));
    let ran = lint(&project, &["a.json", "--fix", "--json"]);
    assert!(!rules(&ran).contains(&json!("auth-not-enabled")), "{ran:?}");
    let fixed: Value = serde_json::from_slice(&fs::read(project.path("a.json")).unwrap()).unwrap();
    assert_eq!(fixed["api_definition"]["use_keyless"], false);
    assert_eq!(fixed["api_definition"]["custom_plugin_auth_enabled"], true);
}

#[test]
fn errors_alone_can_be_denied() {
    // Warns, and is no error: an unused id extractor.
    let warns = r#"{"file_list": ["a.txt"], "custom_middleware": {"pre": [{"name": "P"}], "driver": "grpc",
        "id_extractor": {"extract_from": "header", "extract_with": "value", "extractor_config": {"header_name": "X"}}}}"#;
    let project = Project::new().with("manifest.json", warns);
    assert_eq!(lint(&project, &["manifest.json"]).code, Some(1));
    assert_eq!(lint(&project, &["manifest.json", "--deny", "error"]).code, Some(0));
}

#[test]
fn files_are_told_apart_by_what_they_are() {
    let project = Project::new()
        .with("definition", DEFINITION)
        .with(
            "gateway.json",
            r#"{"listen_port": 1, "coprocess_options": {"enable_coproces": true}}"#,
        )
        .with("hook.py", "def f(:\n  pass\n")
        .with("old.pem", fs::read(fixture("keys/rsa-1024.pkcs1.pem")).unwrap())
        .with("gateway.pem", fs::read(fixture("keys/rsa-2048.cert.pem")).unwrap())
        .with("torn.zip", b"PK\x03\x04 and nothing more");
    let files = ["definition", "gateway.json", "hook.py", "old.pem", "gateway.pem", "torn.zip"];
    let ran = lint(&project, &[&["--json"][..], &files].concat());
    let problems = problems(&ran);
    for file in files {
        assert!(problems.iter().any(|it| it["file"] == file), "{file}: {problems:#?}");
    }
    let rule = |rule: &str| problems.iter().any(|it| it["rule"] == rule);
    assert!(rule("key-not-usable") && rule("key-too-short") && rule("bundle-refused"));
}

#[test]
fn bundles_are_verified_with_the_key_that_is_given_beside_them() {
    let folder = fixture("");
    let project = Project::empty();
    let path = |name: &str| folder.join(name).display().to_string();
    let (signed, key, other) = (
        path("loads/good-signed.zip"),
        path("keys/rsa-2048.pub.spki.pem"),
        path("keys/other-2048.pub.spki.pem"),
    );
    assert_eq!(lint(&project, &[&signed, &key]).code, Some(0));
    let ran = lint(&project, &[&signed, &other, "--json"]);
    assert_eq!(ran.code, Some(1));
    let message = problems(&ran)[0]["message"].as_str().unwrap().to_owned();
    assert!(message.starts_with("crypto/rsa: verification error"), "{message}");
}

#[test]
fn every_format_says_the_same() {
    let project = Project::new().with("apis/orders.json", DEFINITION);
    let count = problems(&lint(&project, &["--json"])).len();
    assert_eq!(lint(&project, &["--format", "json"]).stdout, lint(&project, &["--json"]).stdout);

    let sarif: Value =
        serde_json::from_str(&lint(&project, &["--format", "sarif"]).stdout).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    let run = &sarif["runs"][0];
    assert_eq!(run["results"].as_array().unwrap().len(), count);
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for result in run["results"].as_array().unwrap() {
        assert!(rules.iter().any(|rule| rule["id"] == result["ruleId"]), "{result}");
    }

    let github = lint(&project, &["--format", "github"]).stdout;
    assert_eq!(github.lines().count(), count);
    assert!(github.contains("::error file=apis/orders.json,line=6,col="), "{github}");

    let junit = lint(&project, &["--format", "junit"]).stdout;
    assert!(junit.starts_with("<?xml"), "{junit}");
    assert_eq!(junit.matches("<testcase ").count(), count);

    let text = lint(&project, &[]).stdout;
    assert!(text.contains("apis/orders.json:6:5: error[keyless-auth]: "), "{text}");
}

#[test]
fn whatever_a_file_is_called_every_format_stays_what_it_is() {
    let name = "a \u{202e}<&>\"%,:\u{1b}[31m.json";
    let project = Project::empty().with(name, "{ nope");
    assert_eq!(problems(&lint(&project, &["--json", name]))[0]["file"], name);

    let sarif = lint(&project, &["--format", "sarif", name]).json();
    let location = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    let uri = location["artifactLocation"]["uri"].as_str().unwrap();
    assert_eq!(uri, "a%20%E2%80%AE%3C%26%3E%22%25%2C%3A%1B%5B31m.json");

    for format in ["text", "github", "junit"] {
        let printed = lint(&project, &["--format", format, name]).stdout;
        assert!(!printed.contains(['\u{1b}', '\u{202e}']), "{printed:?}");
    }
    let github = lint(&project, &["--format", "github", name]).stdout;
    assert!(github.contains("<&>\"%25%2C%3A"), "{github}");
    let junit = lint(&project, &["--format", "junit", name]).stdout;
    assert!(junit.contains("&lt;&amp;&gt;&quot;%,:"), "{junit}");
}

#[test]
fn a_path_that_is_absolute_is_a_uri_of_a_file_in_sarif() {
    let project = Project::empty().with("a.json", "{ nope");
    let path = project.path("a.json").display().to_string();
    let sarif = lint(&project, &["--format", "sarif", &path]).json();
    let location = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(location["artifactLocation"]["uri"], format!("file://{path}"));
}

#[test]
fn rules_explain_themselves() {
    let project = Project::empty();
    let ran = lint(&project, &["--explain", "keyless-auth"]);
    assert!(ran.stdout.contains("Source: "), "{ran:?}");
    let ran = lint(&project, &["--explain", "keyles-auth"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("did you mean keyless-auth?"), "{ran:?}");
    let listed = lint(&project, &["--list", "--json"]).json();
    assert!(listed["rules"].as_array().unwrap().len() > 50);
}

#[test]
fn what_cannot_be_looked_at_is_exit_code_3() {
    let project = Project::empty()
        .with("notes.txt", "hello")
        .with("folder/x", "")
        .with("binary", [0, 1, 2])
        .with("empty", "")
        .with("package.json", r#"{"name": "x", "version": "1"}"#)
        .with("large.json", vec![b' '; (32 << 20) + 1]);
    for (arguments, what) in [
        (&[][..], "nothing to lint"),
        (&["none.json"], "no such file"),
        (&["folder"], "this is a folder"),
        (&["notes.txt"], "nothing to lint: this is no kind of file that tyk-tui knows"),
        (&["/dev/null"], "no regular file"),
        (&["binary"], "nothing to lint: this is no text"),
        (&["empty"], "nothing to lint: this is empty"),
        (&["package.json"], "nothing to lint: this is JSON, but neither"),
        (&["large.json"], "larger than 32.0 MiB"),
    ] {
        let ran = lint(&project, &[arguments, &["--json"]].concat());
        assert_eq!(ran.code, Some(3), "{ran:?}");
        let said = ran.json()["error"]["what"].as_str().unwrap().to_owned();
        assert!(said.contains(what), "{said}");
    }
}

#[test]
fn a_text_that_is_no_json_is_an_error_with_its_place() {
    let project = Project::new().with("apis/orders.json", "{\n  \"name\": nope\n}\n");
    let ran = lint(&project, &["--json"]);
    assert_eq!(ran.code, Some(1));
    let problems = problems(&ran);
    assert_eq!((&problems[0]["line"], &problems[0]["column"]), (&json!(2), &json!(11)));
}

/// The rules that warn of these files, sorted.
fn warned(project: &Project, files: &[&str]) -> Vec<String> {
    let ran = lint(project, &[files, &["--json"]].concat());
    let wrong = problems(&ran).into_iter().filter(|it| it["severity"] != "hint");
    let rules = wrong.map(|it| it["rule"].as_str().unwrap().to_owned());
    rules.collect::<std::collections::BTreeSet<_>>().into_iter().collect()
}

#[test]
fn the_recorded_projects_and_what_is_built_of_them_have_their_real_defects_alone() {
    let public = fixture("keys/rsa-2048.pub.spki.pem").display().to_string();
    let private = fixture("keys/rsa-2048.pkcs8.pem").display().to_string();
    for entry in fs::read_dir(fixture("")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let source = fixture(&name).join("source");
        if !source.is_dir() {
            continue;
        }
        let manifest = source.join("manifest.json").display().to_string();
        let project = Project::empty();
        let rules = warned(&project, &[&manifest]);
        match name.as_str() {
            "all-keys" => assert_eq!(rules, ["hooks-disabled"]),
            "unknown-keys" => assert_eq!(rules, ["extractor-setting", "extractor-unused"]),
            _ => assert_eq!(rules, [""; 0], "{name}"),
        }
        let build = ["build", "--manifest", &manifest, "--key", &private, "--output", "signed.zip"];
        assert_eq!(Ran::of(&mut project.command(&build)).code, Some(0), "{name}");
        assert_eq!(warned(&project, &["signed.zip", &public]), [""; 0], "{name}");
    }
}

#[test]
fn a_project_that_was_shipped_and_changed_since_is_told_so() {
    let api = |bundle: &str| {
        format!("{{\n  \"proxy\": {{}},\n  \"custom_middleware_bundle\": \"{bundle}\"\n}}\n")
    };
    let project = Project::new()
        .with("tyk-tui.toml", "project.name = 'orders'\n")
        .with("apis/orders.json", api("orders-00000000.zip"));
    let ran = lint(&project, &["--json"]);
    let found = problems(&ran).into_iter().find(|it| it["rule"] == "bundle-hash").unwrap();
    let now = found["message"].as_str().unwrap().rsplit(' ').next().unwrap().to_owned();
    assert_eq!((&found["severity"], &found["line"]), (&json!("hint"), &json!(3)));
    fs::write(project.path("apis/orders.json"), api(&now)).unwrap();
    let ran = lint(&project, &["--json"]);
    assert!(problems(&ran).iter().all(|it| it["rule"] != "bundle-hash"), "{ran:?}");
}

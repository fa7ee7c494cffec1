//! `api`: every sub-command, with what it prints, what it changes, and bad input.

use std::fs;

use super::home::Home;

const WRAPPED: &str = "{\r\n\t\"api_model\": {},\r\n\t\"api_definition\": {\r\n\t\t\"name\": \"Orders\",\r\n\t\t\"api_id\": \"orders\",\r\n\t\t\"rate\": 1.50,\r\n\t\t\"proxy\": {\"listen_path\": \"/orders/\"}\r\n\t}\r\n}";

const YAML: &str =
    "# by hand\nopenapi: 3.0.3\ninfo: {title: Pets, version: '1'} # short\npaths: {}\n";

fn text(home: &Home, name: &str) -> String {
    fs::read_to_string(home.project().join(name)).unwrap()
}

#[test]
fn set_and_unset_change_what_they_say_and_no_other_byte() {
    let home = Home::new();
    home.write("a.json", WRAPPED);
    let ran = home.run(&["api", "set", "a.json", "proxy.listen_path", "/new/"]);
    assert_eq!(
        (ran.code, ran.stdout.as_str()),
        (Some(0), "api_definition.proxy.listen_path is \"/new/\"\n")
    );
    assert_eq!(text(&home, "a.json"), WRAPPED.replace("/orders/", "/new/"));
    let ran =
        home.run(&["api", "set", "a.json", "/api_definition/version", "2", "--string", "--json"]);
    assert_eq!((ran.code, ran.json()["changed"].as_bool()), (Some(0), Some(true)));
    assert!(text(&home, "a.json").contains("\"version\": \"2\""));
    assert_eq!(home.run(&["api", "unset", "a.json", "api_definition.version"]).code, Some(0));
    assert_eq!(text(&home, "a.json"), WRAPPED.replace("/orders/", "/new/"));
}

#[test]
fn a_value_keeps_its_spelling_and_a_hyphen_is_behind_the_last() {
    let home = Home::new();
    let before = r#"{"api_id": "a", "tags": ["x"], "config_data": {"n": 1}}"#;
    for (path, value, after) in [
        ("config_data.n", "1.50", before.replace("\"n\": 1", "\"n\": 1.50")),
        ("config_data.n", "1E400", before.replace("\"n\": 1", "\"n\": 1E400")),
        ("/config_data/n", "-0", before.replace("\"n\": 1", "\"n\": -0")),
        ("/tags/-", "y", before.replace("[\"x\"]", "[\"x\", \"y\"]")),
    ] {
        home.write("a.json", before);
        let ran = home.run(&["api", "set", "a.json", path, value]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert_eq!(text(&home, "a.json"), after, "{path} {value}");
    }
}

#[test]
fn show_prints_all_of_it_or_a_value() {
    let home = Home::new();
    home.write("a.json", WRAPPED);
    assert_eq!(home.run(&["api", "show", "a.json"]).stdout, WRAPPED);
    assert_eq!(home.run(&["api", "show", "a.json", "name"]).stdout, "Orders\n");
    assert_eq!(home.run(&["api", "show", "a.json", "api_definition.rate"]).stdout, "1.50\n");
    assert_eq!(
        home.run(&["api", "show", "a.json", "proxy", "--json"]).json()["value"]["listen_path"],
        "/orders/"
    );
}

#[test]
fn list_says_of_each_what_it_is() {
    let home = Home::new();
    home.write("apis/a.json", WRAPPED);
    home.write("apis/b.yaml", YAML);
    let ran = home.run(&["api", "list", "--json"]);
    let said = ran.json();
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(said["apis"][0]["id"], "orders");
    assert_eq!(said["apis"][0]["wrapped"], true);
    assert_eq!(said["apis"][1]["kind"], "openapi");
    let ran = home.run(&["api", "list", "apis/a.json"]);
    assert!(ran.stdout.contains("Orders  orders  classic  /orders/"), "{ran:?}");
}

#[test]
fn yaml_stays_yaml_gets_the_extension_and_becomes_json() {
    let home = Home::new();
    home.write("a.yaml", YAML);
    let ran = home.run(&["api", "extend", "a.yaml", "--target", "https://pets.example"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(text(&home, "a.yaml").starts_with(YAML));
    assert_eq!(home.run(&["api", "set", "a.yaml", "info.title", "Cats"]).code, Some(0));
    assert!(text(&home, "a.yaml").starts_with(&YAML.replace("Pets", "Cats")));
    assert_eq!(home.run(&["api", "extend", "a.yaml"]).code, Some(1));
    assert_eq!(home.run(&["api", "convert", "a.yaml", "-o", "a.json"]).code, Some(0));
    let listed = home.run(&["api", "list", "a.json", "--json"]).json();
    assert_eq!(
        (&listed["apis"][0]["kind"], &listed["apis"][0]["notation"]),
        (&"oas".into(), &"json".into())
    );
    assert_eq!(home.run(&["api", "convert", "a.json"]).code, Some(1));
    assert_eq!(home.run(&["api", "upgrade", "a.json", "--json"]).json()["changed"], false);
}

#[test]
fn new_makes_what_lists_and_leaves_files_alone() {
    let home = Home::new();
    for kind in ["classic", "oas"] {
        let arguments = ["api", "new", "--kind", kind, "--name", "Pets", "-o", kind];
        assert_eq!(home.run(&arguments).code, Some(0));
        assert_eq!(home.run(&["api", "list", kind, "--json"]).json()["apis"][0]["kind"], kind);
        let ran = home.run(&[arguments.as_slice(), &["--json"]].concat());
        assert_eq!((ran.code, ran.json()["error"]["where"].as_str()), (Some(3), Some(kind)));
    }
    assert_eq!(home.run(&["api", "new", "--kind", "oas", "--listen-path", "x"]).code, Some(2));
}

#[test]
fn bad_input_is_said_with_its_place_and_nothing_is_written() {
    let home = Home::new();
    for (content, place, what) in [
        ("{\"name\": ", "bad:1:10", "the text ends here"),
        ("", "bad", "the text is empty"),
        ("[1]", "bad", "this is a list"),
        ("hello", "bad", "this is a string"),
        ("{} {}", "bad:1:4", "nothing more after"),
        ("{\"file_list\": []}", "bad", "a bundle's manifest"),
        ("{\"listen_port\": 8080, \"secret\": \"x\"}", "bad", "tyk.conf"),
        ("{\"access_rights\": {}}", "bad", "a policy or a key"),
        ("{\"api_definition\": null}", "bad", "api_definition is null"),
        ("a: [1\nb: 2", "bad:", "no JSON, and as YAML"),
    ] {
        home.write("bad", content);
        let ran = home.run(&["api", "set", "bad", "name", "x", "--json"]);
        let error = &ran.json()["error"];
        assert_eq!(ran.code, Some(3), "{ran:?}");
        assert!(error["where"].as_str().unwrap().starts_with(place), "{error}");
        assert!(error["what"].as_str().unwrap().contains(what), "{error}");
        assert_eq!(text(&home, "bad"), content);
    }
    home.write("a.json", WRAPPED);
    for (arguments, code) in [
        (["api", "show", "none.json", "name"], 3),
        (["api", "show", "a.json", "none"], 2),
        (["api", "show", "a.json", "proxy.none"], 1),
        (["api", "show", "a.json", "a..b"], 2),
        (["api", "unset", "a.json", "proxy.none"], 1),
        (["api", "unset", "a.json", "stray"], 2),
    ] {
        let ran = home.run(&[arguments.as_slice(), &["--json"]].concat());
        assert_eq!(ran.code, Some(code), "{ran:?}");
        assert!(ran.json()["error"]["what"].is_string(), "{ran:?}");
    }
    assert_eq!(text(&home, "a.json"), WRAPPED);
}

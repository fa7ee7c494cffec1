//! `config show`, `config trust`, `paths`, `--use`.

use std::os::unix::fs::PermissionsExt as _;

use serde_json::json;

use super::home::{Home, Ran};

#[test]
fn shows_each_value_with_its_layer_and_line() {
    let home = Home::new();
    home.write("../.config/tyk-tui/config.toml", "[ui]\ntheme = \"dark\"\n");
    let file = home.write("tyk-tui.toml", "[server]\n\nlisten = \"127.0.0.1:6000\"\n");
    let mut command = home.command(&["config", "show", "--origin", "--json"]);
    command.env("TYK_TUI_CAPTURE_MAX_BYTES", "1 MiB");
    let shown = Ran::of(command).json();
    assert_eq!(
        shown["server.listen"],
        json!({
            "value": "127.0.0.1:6000",
            "layer": "project",
            "where": format!("{}:3:10", file.canonicalize().unwrap().display()),
        })
    );
    assert_eq!(shown["ui.theme"]["layer"], "user");
    assert_eq!(
        shown["capture.max_bytes"],
        json!({"value": 1_048_576, "layer": "environment", "where": "TYK_TUI_CAPTURE_MAX_BYTES"})
    );
    assert_eq!(
        shown["server.answer_limit"],
        json!({"value": 4_194_304, "layer": "default", "where": null})
    );

    let lines = home.run(&["config", "show", "--origin"]).stdout;
    let line = lines.lines().find(|line| line.starts_with("server.listen")).unwrap();
    assert!(line.contains("= \"127.0.0.1:6000\""), "{line}");
    assert!(line.contains("project") && line.ends_with("tyk-tui.toml:3:10"), "{line}");
    let sections = home.run(&["config", "show", "--json"]).json();
    assert_eq!(sections["server"]["listen"], "127.0.0.1:6000");
    assert_eq!(sections["rules"], json!([]));
}

#[test]
fn a_project_is_not_trusted_until_the_user_said_so() {
    let home = Home::new();
    home.write("tyk-tui.toml", "[host]\nlisten = \"0.0.0.0:0\"\n");
    let refused = home.run(&["host", "--json"]);
    assert_eq!(refused.code, Some(3));
    assert!(
        refused.stderr.contains("tyk-tui.toml:2:10: this project's file opens a port"),
        "{refused:?}"
    );
    let error = &refused.json()["error"];
    assert!(error["where"].as_str().unwrap().ends_with("tyk-tui.toml:2:10"));
    assert!(error["help"].as_str().unwrap().contains("tyk-tui config trust"));

    let shown = home.run(&["config", "show", "--json"]);
    assert_eq!(shown.json()["host"]["listen"], "127.0.0.1:8000");
    assert!(shown.stderr.contains("config trust"), "{shown:?}");

    assert_eq!(home.run(&["config", "trust"]).code, Some(0));
    let shown = home.run(&["config", "show", "--json"]);
    assert_eq!(shown.json()["host"]["listen"], "0.0.0.0:0");
    assert_eq!(shown.stderr, "");
    let kept = home.path().join(".local/state/tyk-tui/trust.json");
    assert_eq!(std::fs::metadata(kept).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn what_is_misspelt_is_said_and_goes_on_and_what_is_wrong_is_not() {
    let home = Home::new();
    home.write("tyk-tui.toml", "[server]\nlisen = \"x\"\n");
    let shown = home.run(&["config", "show"]);
    assert_eq!(shown.code, Some(0));
    assert!(shown.stderr.contains("did you mean `server.listen`?"), "{shown:?}");
    home.write("tyk-tui.toml", "[server]\nlisten = 7\n");
    let shown = home.run(&["config", "show", "--json"]);
    assert_eq!(shown.code, Some(3));
    assert!(shown.json()["error"]["where"].as_str().unwrap().ends_with(":2:10"));
}

#[test]
fn a_profile_that_does_not_exist_is_wrong_use() {
    let home = Home::new();
    home.write("tyk-tui.toml", "[use.eu.gateway]\nurl = \"http://127.0.0.1:8080\"\n");
    let ran = home.run(&["--use", "us", "config", "show"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("known: eu"), "{ran:?}");
    let mut command = home.command(&["config", "show"]);
    command.env("TYK_TUI_USE", "eu");
    assert_eq!(Ran::of(command).code, Some(0));
}

#[test]
fn paths_are_xdgs() {
    let home = Home::new();
    let mut command = home.command(&["paths", "--json"]);
    command.env("XDG_STATE_HOME", home.path().join("elsewhere"));
    let paths = Ran::of(command).json();
    let at = |rest: &str| json!(home.path().join(rest));
    assert_eq!(paths["config"], at(".config/tyk-tui/config.toml"));
    assert_eq!(paths["keymap"], at(".config/tyk-tui/keymap.toml"));
    assert_eq!(paths["bundles"], at(".local/share/tyk-tui/bundles"));
    assert_eq!(paths["log"], at("elsewhere/tyk-tui/tyk-tui.log"));
}

//! The APIs pane: what is changed in the form, and what is written.

use std::path::Path;

use rstest::rstest;

use super::opened::Opened;

const CLASSIC: &str = r#"{
  "name": "orders",
  "api_id": "orders",
  "use_keyless": false,
  "custom_plugin_auth_enabled": true,
  "version_data": {"not_versioned": true, "versions": {"Default": {"name": "Default"}}},
  "proxy": {"listen_path": "/orders/", "target_url": "http://127.0.0.1:9000", "strip_listen_path": true},
  "custom_middleware": {"auth_check": {"name": "Check"}, "driver": "grpc"}
}
"#;

const OAS: &str = r#"{
  "openapi": "3.0.3",
  "info": {"title": "orders", "version": "1"},
  "paths": {},
  "x-tyk-api-gateway": {
    "info": {"id": "orders", "name": "orders", "state": {"active": true}},
    "upstream": {"url": "http://127.0.0.1:9000"},
    "server": {"listenPath": {"value": "/orders/"}},
    "middleware": {"global": {"pluginConfig": {"driver": "grpc"}, "prePlugin": {"plugins": [{"enabled": true, "functionName": "Old"}]}}}
  }
}
"#;

/// A console with the form of this definition.
fn form(file: &str, text: &str) -> Opened {
    let console = Opened::with(110, 44, &[], |folder| {
        std::fs::create_dir(folder.join("apis")).unwrap();
        std::fs::write(folder.join("apis").join(file), text).unwrap();
    });
    console.keys(&["2", "tab"]);
    console.sees("▌ name ");
    console
}

fn read(console: &Opened, file: &str) -> String {
    std::fs::read_to_string(console.folder.join("apis").join(file)).unwrap()
}

/// Moves down until the row of this label is selected.
fn select(console: &Opened, label: &str) {
    let selected = |screen: &str| -> Option<String> {
        screen.lines().find_map(|line| Some(line.strip_prefix("▌ ")?.to_owned()))
    };
    let mut at = selected(&console.drive.text());
    while !at.as_ref().is_some_and(|row| row.starts_with(label)) {
        console.keys(&["j"]);
        let moved = console.drive.wait(|screen| selected(screen) != at);
        assert!(moved.is_ok(), "no row `{label}`:\n{}", console.drive.text());
        at = selected(&console.drive.text());
    }
}

fn save(console: &Opened) {
    console.sees("not saved");
    console.keys(&["ctrl-s"]);
    console.sees_no("not saved");
}

#[test]
fn switches_show_only_where_they_mean_something() {
    let console = form("orders.json", CLASSIC);
    console.sees("config data");
    let screen = console.drive.text();
    assert!(!screen.contains("fetched") && !screen.contains("handed over"), "{screen}");
    select(&console, "bundle");
    console.sees("the bundle's file on its host");
    console.keys(&["enter"]);
    console.drive.type_text("b.zip");
    console.keys(&["enter"]);
    console.sees("fetched             ‹ yes ›");
}

#[test]
fn config_data_is_checked_while_it_is_typed() {
    let console = form("orders.json", CLASSIC);
    select(&console, "config data");
    console.keys(&["enter"]);
    console.drive.type_text("{\"a\": ");
    console.sees("✗ this is no JSON");
    console.keys(&["enter"]);
    console.sees("As JSON");
    console.drive.type_text("1}");
    console.keys(&["enter"]);
    console.sees("handed over         ‹ yes ›");
    save(&console);
    let expected =
        CLASSIC.replace("\"grpc\"}\n}", "\"grpc\"},\n  \"config_data\": {\n    \"a\": 1\n  }\n}");
    assert_eq!(read(&console, "orders.json"), expected);
}

#[test]
fn handlers_of_events_are_added_changed_and_taken_out() {
    let console = form("orders.json", CLASSIC);
    select(&console, "events");
    console.keys(&["a"]);
    console.sees("Plugin at which event?");
    console.keys(&["enter"]);
    console.sees("Plugin for AuthFailure");
    console.drive.type_text("OnRefused");
    console.keys(&["enter"]);
    console.sees("OnRefused  cp_dynamic_handler");
    save(&console);
    let written: serde_json::Value = serde_json::from_str(&read(&console, "orders.json")).unwrap();
    assert_eq!(
        written["event_handlers"]["events"],
        serde_json::json!({"AuthFailure": [
            {"handler_name": "cp_dynamic_handler", "handler_meta": {"name": "OnRefused"}}
        ]})
    );
    select(&console, "  AuthFailure");
    console.keys(&["enter"]);
    console.sees("Handler of AuthFailure");
    console.keys(&["enter"]);
    console.drive.type_text("Again");
    console.keys(&["enter"]);
    console.sees("OnRefusedAgain");
    console.keys(&["enter"]);
    console.sees("writes a line into the Gateway's log");
    console.keys(&["j", "j", "j", "enter"]);
    console.sees("OnRefusedAgain  eh_log_handler");
    // The event goes with its last handler.
    console.keys(&["d"]);
    console.sees_no("OnRefusedAgain");
    save(&console);
    let written: serde_json::Value = serde_json::from_str(&read(&console, "orders.json")).unwrap();
    assert_eq!(written["event_handlers"]["events"], serde_json::json!({}));
}

#[test]
fn where_the_token_is_and_tags_are_set_by_their_names() {
    let console = form("orders.json", CLASSIC);
    select(&console, "token header");
    console.keys(&["j"]);
    console.sees("Authorization, where none is set");
    console.keys(&["enter"]);
    console.drive.type_text("X-Token");
    console.keys(&["enter"]);
    console.sees("X-Token");
    select(&console, "tags");
    console.keys(&["enter"]);
    console.drive.type_text("eu, us");
    console.keys(&["enter"]);
    console.sees("eu, us");
    save(&console);
    let written: serde_json::Value = serde_json::from_str(&read(&console, "orders.json")).unwrap();
    assert_eq!(written["auth_configs"]["coprocess"]["auth_header_name"], "X-Token");
    assert_eq!(written["tags"], serde_json::json!(["eu", "us"]));
}

#[test]
fn a_bundle_of_tyk_oas_is_switched_on_with_its_name_and_goes_with_it() {
    let console = form("orders.json", OAS);
    select(&console, "bundle");
    console.keys(&["enter"]);
    console.drive.type_text("b.zip");
    console.keys(&["enter"]);
    console.sees("fetched             ‹ yes ›");
    console.keys(&["ctrl-s"]);
    console.sees("✓ saved");
    let config = |console: &Opened| -> serde_json::Value {
        let text: serde_json::Value = serde_json::from_str(&read(console, "orders.json")).unwrap();
        text["x-tyk-api-gateway"]["middleware"]["global"]["pluginConfig"].clone()
    };
    let bundle = serde_json::json!({"path": "b.zip", "enabled": true});
    assert_eq!(config(&console)["bundle"], bundle);
    console.keys(&["d"]);
    console.sees_no("fetched");
    save(&console);
    assert_eq!(config(&console), serde_json::json!({"driver": "grpc"}));
}

#[test]
fn the_older_form_is_written_as_lists_and_undone() {
    let console = form("orders.json", OAS);
    console.sees("Old");
    console.keys(&["U"]);
    console.sees("not saved");
    console.sees("Old");
    save(&console);
    assert!(read(&console, "orders.json").contains("\"prePlugins\": [{"));
    console.keys(&["U"]);
    console.sees("nothing of the older plugin form");
    console.keys(&["u"]);
    save(&console);
    assert_eq!(read(&console, "orders.json"), OAS);
}

#[test]
fn a_plain_openapi_document_is_given_what_a_gateway_needs() {
    const PLAIN: &str = "openapi: 3.0.3 # ours\ninfo: {title: Pets, version: '1'}\npaths: {}\n";
    let console = Opened::with(110, 40, &[], |folder| {
        std::fs::create_dir(folder.join("apis")).unwrap();
        std::fs::write(folder.join("apis/pets.yaml"), PLAIN).unwrap();
    });
    console.keys(&["2", "tab"]);
    console.sees("enter gives it one");
    console.keys(&["enter"]);
    console.sees("/pets/");
    save(&console);
    let written = read(&console, "pets.yaml");
    assert!(written.starts_with(PLAIN), "{written}");
    assert!(written.contains("x-tyk-api-gateway:\n"), "{written}");
    // As JSON beside it, asked first, and never over a file that is there.
    console.keys(&["C"]);
    console.sees("Write it as JSON?");
    console.sees("as pets.json");
    console.keys(&["y"]);
    console.sees("✓ wrote");
    console.sees("apis/pets.json");
    let json: serde_json::Value = serde_json::from_str(&read(&console, "pets.json")).unwrap();
    assert_eq!(json["x-tyk-api-gateway"]["server"]["listenPath"]["value"], "/pets/");
    console.sees("━━ apis/pets.json");
    console.keys(&["C"]);
    console.sees("only a definition that is YAML");
    console.keys(&["tab", "j", "C", "y"]);
    console.sees("there is a file of this name already");
    assert_eq!(read(&console, "pets.yaml"), written);
}

#[rstest]
#[case("classic", 0)]
#[case("oas", 1)]
fn a_new_definition_is_written_where_the_project_finds_it(#[case] kind: &str, #[case] down: usize) {
    let console = Opened::new(100, 40);
    console.keys(&["2"]);
    console.sees("No API definitions yet");
    console.keys(&["N"]);
    console.sees("New API definition");
    console.keys(&vec!["j"; down]);
    console.keys(&["enter"]);
    console.sees("Its name");
    console.keys(&["enter"]);
    console.sees("the name is empty");
    console.drive.type_text("Pet Store");
    console.keys(&["enter"]);
    console.sees("/pet-store/");
    console.drive.type_text(" x");
    console.sees("is no listen path");
    console.keys(&["backspace", "backspace", "enter"]);
    console.sees("Its upstream");
    console.keys(&["enter"]);
    console.sees("✓ wrote");
    // It is open, and what a Gateway would load.
    console.sees("▌ name            Pet Store");
    console.sees(kind);
    let text = std::fs::read_to_string(console.folder.join("apis/pet-store.json")).unwrap();
    let definition = tyk_tui::domain::api::Definition::open(text).unwrap();
    assert_eq!(definition.kind().word(), kind);
    assert_eq!(definition.summary().listen_path.text(), "/pet-store/");
}

#[test]
fn known_keys_are_offered_in_the_text() {
    let console = form("orders.json", CLASSIC);
    console.keys(&["]", "enter", "ctrl-g"]);
    console.drive.type_text("custom_middleware.driver");
    console.keys(&["enter"]);
    console.sees("driver: what runs the hooks; case counts");
    console.keys(&["ctrl-g"]);
    console.drive.type_text("proxy.listen_path");
    console.keys(&["enter"]);
    console.sees("listen_path: where callers find the API: /orders/");
    console.keys(&["ctrl-g"]);
    console.drive.type_text("name");
    console.keys(&["enter", "end"]);
    console.drive.type_text("\n\"even");
    console.sees("what is called at events");
    console.keys(&["tab"]);
    console.drive.type_text("\"ev");
    console.sees("handlers by the event's name");
    console.keys(&["tab"]);
    console.drive.type_text("\"AuthF");
    console.sees("a caller was refused");
}

#[test]
fn the_diff_of_the_question_scrolls_and_says_where_it_is() {
    let hooks: Vec<_> = (0..60).map(|at| format!("    {{\"name\": \"H{at}\"}}")).collect();
    let text = CLASSIC.replace(
        "\"auth_check\"",
        &format!("\"pre\": [\n{}\n  ], \"auth_check\"", hooks.join(",\n")),
    );
    let console = form("orders.json", &text);
    select(&console, "target");
    console.keys(&["enter"]);
    console.drive.type_text("/x");
    console.keys(&["enter"]);
    console.sees("9000/x");
    let theirs = text.replace("\"H", "\"Their");
    std::fs::write(console.folder.join("apis/orders.json"), &theirs).unwrap();
    console.keys(&["ctrl-s"]);
    console.sees("Overwrite the API definition?");
    console.sees("↑↓ 1–");
    console.keys(&["pagedown"]);
    console.sees_no("↑↓ 1–");
    console.keys(&["G"]);
    console.sees("H59");
    console.keys(&["g"]);
    console.sees("↑↓ 1–");
    wheel(&console);
    console.sees("↑↓ 4–");
}

fn wheel(console: &Opened) {
    use crossterm::event::{KeyModifiers, MouseEvent, MouseEventKind};
    console.drive.mouse(MouseEvent {
        kind: MouseEventKind::ScrollDown,
        column: 50,
        row: 20,
        modifiers: KeyModifiers::NONE,
    });
}

#[test]
fn changes_of_the_manifest_are_seen_before_they_are_saved() {
    let console = Opened::new(80, 24);
    console.sees("‹ grpc ›");
    console.keys(&["D"]);
    console.sees("nothing has changed");
    console.keys(&["enter"]);
    console.sees("Driver");
    console.keys(&["j", "enter"]);
    console.sees("‹ python ›");
    console.keys(&["D"]);
    console.sees("manifest.json, when it is saved:  −1 +1");
    console.sees("-    \"driver\": \"grpc\"");
    console.sees("+    \"driver\": \"python\"");
    console.keys(&["D"]);
    console.sees_no("when it is saved");
    // While one types, too.
    console.keys(&["]", "enter", "alt-d"]);
    console.sees("+    \"driver\": \"python\"");
}

#[test]
fn a_file_that_vanishes_or_is_locked_is_said_and_no_edit_is_lost() {
    let console = form("orders.json", CLASSIC);
    let path = console.folder.join("apis/orders.json");
    lock(&path, true);
    console.keys(&["R"]);
    console.sees("orders.json · read-only");
    select(&console, "target");
    console.keys(&["enter"]);
    console.drive.type_text("/x");
    console.keys(&["enter"]);
    console.sees("9000/x");
    console.keys(&["ctrl-s"]);
    console.sees("it is read-only");
    lock(&path, false);
    std::fs::remove_file(&path).unwrap();
    console.keys(&["2"]);
    console.sees("orders.json is gone");
    console.sees("not saved · its file is gone");
    console.keys(&["ctrl-s"]);
    console.sees("Another program has moved or removed it");
    console.keys(&["y"]);
    console.sees("✓ saved");
    assert_eq!(read(&console, "orders.json"), CLASSIC.replace(":9000", ":9000/x"));
    // What has no changes goes with its file.
    std::fs::remove_file(&path).unwrap();
    console.keys(&["R"]);
    console.sees("No API definitions yet");
}

fn lock(path: &Path, locked: bool) {
    let mut permissions = std::fs::metadata(path).unwrap().permissions();
    permissions.set_readonly(locked);
    std::fs::set_permissions(path, permissions).unwrap();
}

/// CRLF, tabs, a byte order mark, no final newline, a key that is there twice: each stays through a change of one value.
#[rstest]
#[case(&CLASSIC.replace('\n', "\r\n"))]
#[case(&CLASSIC.replace("  \"", "\t\""))]
#[case(&format!("\u{feff}{CLASSIC}"))]
#[case(CLASSIC.trim_end())]
#[case(&CLASSIC.replacen("\"api_id\"", "\"name\": \"orders\",\n  \"api_id\"", 1))]
fn what_is_odd_in_a_text_stays(#[case] text: &str) {
    let console = form("orders.json", text);
    select(&console, "target");
    console.keys(&["enter"]);
    console.drive.type_text("/x");
    console.keys(&["enter"]);
    console.sees("9000/x");
    console.keys(&["D"]);
    console.sees("−1 +1");
    console.keys(&["ctrl-s"]);
    console.sees("✓ saved");
    assert_eq!(read(&console, "orders.json"), text.replace(":9000", ":9000/x"));
}

#[rstest]
#[case("{\"name\": \n", "✗ ")]
#[case("", "the text is empty")]
#[case("3", "expected an API definition")]
#[case("[{\"api_id\": \"a\"}]", "a list of API definitions (give one of them)")]
#[case("{\"file_list\": [], \"custom_middleware\": {}}", "this looks like")]
#[case("{\"api_definition\": 1}", "api_definition is a number")]
fn what_is_no_definition_is_shown_as_text_with_why(#[case] text: &str, #[case] said: &str) {
    let console = Opened::with(110, 30, &[], |folder| {
        std::fs::create_dir(folder.join("apis")).unwrap();
        std::fs::write(folder.join("apis/a.json"), text).unwrap();
    });
    console.keys(&["2"]);
    console.sees("▐text▌");
    console.sees(said);
}

#[test]
fn a_file_of_20_mib_opens_is_changed_in_the_form_and_saved() {
    let padding = "x".repeat(1 << 10);
    let many: Vec<_> = (0..20 << 10).map(|at| format!("    \"k{at}\": \"{padding}\"")).collect();
    let text = CLASSIC.replace(
        "\"name\": \"orders\",",
        &format!("\"name\": \"orders\",\n  \"config_data\": {{\n{}\n  }},", many.join(",\n")),
    );
    assert!(text.len() > 20 << 20);
    let console = form("orders.json", &text);
    select(&console, "target");
    console.keys(&["enter"]);
    console.drive.type_text("/x");
    console.keys(&["enter"]);
    console.sees("9000/x");
    console.keys(&["D"]);
    console.sees("−1 +1");
    console.keys(&["ctrl-s"]);
    console.sees("✓ saved");
    assert!(read(&console, "orders.json") == text.replace(":9000", ":9000/x"));
}

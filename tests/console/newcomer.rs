//! A newcomer's day: an API definition of the Dashboard, opened, given a plugin's authentication, and saved.

use std::path::Path;

use super::opened::Opened;

const WRAPPED: &str = include_str!("../fixtures/console/wrapped.json");

fn definition(folder: &Path) -> String {
    std::fs::read_to_string(folder.join("apis/orders.json")).unwrap()
}

fn opened() -> Opened {
    let console = Opened::with(100, 40, &[], |folder| {
        std::fs::create_dir(folder.join("apis")).unwrap();
        std::fs::write(folder.join("apis/orders.json"), WRAPPED).unwrap();
    });
    console.keys(&["2"]);
    console.sees("apis/orders.json");
    console.sees("keyless         ‹ yes ›");
    console
}

#[test]
fn authentication_by_a_bundle_its_mistake_seen_and_mended_by_a_key() {
    let console = opened();
    // Into the form, down to custom auth, on; then the bundle.
    console.keys(&["tab", "j", "j", "j", "j", "j", "j", "enter"]);
    console.sees("custom auth     ‹ yes ›");
    console.keys(&["j", "j", "enter"]);
    console.drive.type_text("orders-1.zip");
    console.keys(&["enter"]);
    console.sees("bundle          orders-1.zip");
    console.keys(&["ctrl-s"]);
    console.sees("✓ saved");
    // The mistake is marked, said where it is, and mended by a key.
    console.keys(&["k", "k", "k"]);
    console.sees("anybody gets in");
    console.sees("fix: set api_definition.use_keyless to false");
    console.keys(&["f"]);
    console.sees("keyless         ‹ no ›");
    // What saving changes is seen before it is saved: one line.
    console.keys(&["D"]);
    console.sees("apis/orders.json, when it is saved:  −1 +1");
    console.sees("-    \"use_keyless\": true,");
    console.sees("+    \"use_keyless\": false,");
    console.keys(&["ctrl-s"]);
    console.sees_no("when it is saved");
    console.sees("✓ saved");
    console.sees_no("not saved");
    let expected = WRAPPED.replace("\"use_keyless\": true", "\"use_keyless\": false").replace(
        "    \"custom_plugin_auth_enabled\": false,\n    \"custom_middleware_bundle\": \"\",",
        "    \"custom_plugin_auth_enabled\": true,\n    \"custom_middleware_bundle\": \"orders-1.zip\",",
    );
    assert_ne!(expected, WRAPPED);
    assert_eq!(definition(&console.folder), expected);
}

#[test]
fn one_undo_for_form_and_text() {
    let console = opened();
    console.keys(&["tab", "j", "j", "j", "j", "j", "enter"]);
    console.sees("keyless         ‹ no ›");
    console.keys(&["]"]);
    console.sees("\"use_keyless\": false");
    console.keys(&["u"]);
    console.sees("\"use_keyless\": true");
    console.keys(&["]"]);
    console.sees("keyless         ‹ yes ›");
    assert_eq!(definition(&console.folder), WRAPPED);
}

#[test]
fn what_another_program_wrote_is_not_overwritten_unasked() {
    let console = opened();
    console.keys(&["tab", "j", "j", "j", "j", "j", "enter"]);
    console.sees("keyless         ‹ no ›");
    let theirs = WRAPPED.replace("orders", "theirs");
    std::fs::write(console.folder.join("apis/orders.json"), &theirs).unwrap();
    console.keys(&["ctrl-s"]);
    console.sees("Another program");
    // As a diff is read: each line with its sign and its indentation.
    console.sees("-    \"name\": \"theirs\",");
    console.sees("+    \"name\": \"orders\",");
    assert_eq!(definition(&console.folder), theirs);
}

#[test]
fn hooks_of_yaml_are_moved_with_their_comments() {
    const YAML: &str = include_str!("../fixtures/console/commented.yaml");
    let console = Opened::with(100, 40, &[], |folder| {
        std::fs::create_dir(folder.join("apis")).unwrap();
        std::fs::write(folder.join("apis/orders.yaml"), YAML).unwrap();
    });
    console.keys(&["2", "tab"]);
    console.sees("▌ name            orders");
    // Down to the first hook of pre.
    console.keys(&["j"; 10]);
    console.sees("▌   one");
    console.keys(&["J"]);
    console.sees("not saved");
    console.keys(&["ctrl-s"]);
    console.sees("✓ saved");
    let saved = std::fs::read_to_string(console.folder.join("apis/orders.yaml")).unwrap();
    let (rest, hooks) = YAML.split_once("      prePlugins:\n").unwrap();
    let hooks: Vec<_> = hooks.lines().collect();
    let [comment, one, two] = hooks[..] else { panic!("{hooks:?}") };
    assert_eq!(saved, format!("{rest}      prePlugins:\n{two}\n{comment}\n{one}\n"));
}

#[test]
fn what_is_no_definition_says_why_where_it_is_shown() {
    let console = Opened::with(100, 40, &[], |folder| {
        std::fs::create_dir(folder.join("apis")).unwrap();
        std::fs::write(folder.join("apis/list.json"), "[1]\n").unwrap();
    });
    console.keys(&["2"]);
    console.sees("apis/list.json");
    console.sees("✗ this is a list, expected an API definition");
    console.keys(&["f"]);
    console.sees("no fix is known for this");
}

//! One key from the manifest to a bundle that can be downloaded.

use crate::opened::Opened;

#[test]
fn one_key_publishes_to_the_host() {
    let console = Opened::new(80, 24);
    console.sees("MyAuth");
    console.keys(&["5"]);
    console.sees("bundle_base_url");
    console.keys(&["1", "B"]);
    console.sees("✓ push");
    console.sees("no API is chosen");
    console.sees("✓ shipped orders-auth-");
    let names: Vec<_> = std::fs::read_dir(console.folder.join("bundles"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.starts_with('.'))
        .collect();
    assert_eq!(names.len(), 1, "{names:?}");
    assert!(names[0].starts_with("orders-auth-"), "{names:?}");
    console.keys(&["esc", "3"]);
    console.sees("✓ covered");
    console.sees("never covered");
    console.sees("✓ loads, and is sound");
}

#[test]
fn a_step_that_fails_says_what_to_do_and_the_log_has_it_all() {
    let console = Opened::with(80, 24, &[], |folder| {
        std::fs::remove_file(folder.join("settings.json")).unwrap();
    });
    console.sees("not there");
    console.keys(&["B"]);
    console.sees("✗ lint");
    console.sees("No API was changed");
    console.keys(&["0"]);
    console.sees("settings.json");
}

#[test]
fn an_encrypted_key_is_asked_for_its_passphrase_and_never_shows_it() {
    let key = include_str!("../fixtures/console/encrypted.pem");
    let console = Opened::with(80, 24, &[], |folder| {
        std::fs::write(folder.join("key.pem"), key).unwrap();
        std::fs::write(folder.join("tyk-tui.toml"), "[project]\nkey = \"key.pem\"\n").unwrap();
    });
    console.sees("MyAuth");
    console.keys(&["B"]);
    console.sees("Passphrase");
    console.drive.type_text("wrong");
    console.sees("•••••");
    console.keys(&["enter"]);
    console.sees("not the passphrase");
    console.drive.type_text("secret");
    console.sees("••••••");
    assert!(!console.drive.text().contains("secret"));
    console.keys(&["enter"]);
    console.sees("✓ sign");
    console.sees("✓ shipped");
}

#[test]
fn the_bundle_pane_builds_and_looks_into_it() {
    let console = Opened::new(120, 40);
    console.keys(&["3"]);
    console.sees("No bundle yet");
    console.keys(&["b"]);
    console.sees("✓ built");
    console.sees("settings.json");
    console.sees("checksum   100e360cc768f15a35ed9ddf05e354ce ✓");
    console.keys(&["tab", "y"]);
    console.sees("copied the checksum");
    assert_eq!(console.drive.copies(), ["100e360cc768f15a35ed9ddf05e354ce"]);
}

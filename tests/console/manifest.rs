//! The Manifest pane.

use crate::opened::{MANIFEST, Opened};

#[test]
fn a_change_keeps_everything_else_and_is_saved_when_told() {
    let console = Opened::new(80, 24);
    console.sees("MyPre");
    // Down to `MyPre`, and its name.
    console.keys(&["j", "j", "j", "j", "enter"]);
    console.sees("Hook MyPre");
    console.keys(&["enter"]);
    console.sees("enter done");
    console.drive.type_text("Two");
    console.keys(&["enter"]);
    console.sees("MyPreTwo");
    console.sees("not saved");
    assert_eq!(console.manifest(), MANIFEST);
    console.keys(&["ctrl-s"]);
    console.sees("✓ saved");
    assert_eq!(console.manifest(), MANIFEST.replace("MyPre", "MyPreTwo"));
}

#[test]
fn hooks_and_files_are_added_and_taken_out_and_undone() {
    let console = Opened::new(80, 24);
    console.sees("settings.json");
    console.keys(&["j", "a"]);
    console.sees("Add a file");
    console.drive.type_text("vendor/a.py");
    console.keys(&["enter"]);
    console.sees("vendor/a.py");
    console.sees("not there");
    console.keys(&["u"]);
    console.sees_no("vendor/a.py");
    console.sees_no("not saved");
    console.keys(&["j", "d"]);
    console.sees_no("settings.json");
}

#[test]
fn a_driver_is_chosen_and_the_stream_says_what_that_means() {
    let console = Opened::new(80, 24);
    console.sees("‹ grpc ›");
    console.keys(&["enter"]);
    console.sees("Driver");
    console.keys(&["j", "enter"]);
    console.sees("‹ python ›");
    console.keys(&["6"]);
    console.sees("never reach a plugin server");
}

#[test]
fn what_others_wrote_is_noticed_before_it_is_written_over() {
    let console = Opened::new(80, 24);
    console.sees("‹ grpc ›");
    console.keys(&["enter"]);
    console.sees("Driver");
    console.keys(&["j", "enter"]);
    console.sees("‹ python ›");
    std::fs::write(console.folder.join("manifest.json"), "{}").unwrap();
    console.keys(&["ctrl-s"]);
    console.sees("Overwrite the manifest?");
    console.keys(&["n"]);
    console.sees_no("Overwrite");
    assert_eq!(console.manifest(), "{}");
    console.keys(&["ctrl-s"]);
    console.sees("Overwrite the manifest?");
    console.keys(&["y"]);
    console.sees("✓ saved");
    assert!(console.manifest().contains("\"python\""));
}

#[test]
fn leaving_with_changes_asks() {
    let console = Opened::new(80, 24);
    console.sees("MyPre");
    console.keys(&["j", "j", "d"]);
    console.sees("not saved");
    console.keys(&["q"]);
    console.sees("changes that are not saved");
    console.keys(&["n"]);
    console.sees_no("Quit?");
    console.keys(&["q"]);
    console.sees("Quit?");
    console.keys(&["y"]);
    assert_eq!(console.manifest(), MANIFEST);
    console.drive.ended().unwrap();
}

#[test]
fn bad_manifests_are_shown_as_text_with_what_is_wrong() {
    for (bytes, what) in
        [(b"{\"file_list\": [\n".as_slice(), "2:1"), (b"\xef\xbb\xbf{}", "1:1"), (b"[]", "1:1")]
    {
        let console = Opened::with(80, 24, &[], |folder| {
            std::fs::write(folder.join("manifest.json"), bytes).unwrap();
        });
        console.sees("▐text▌");
        console.sees(what);
    }
}

#[test]
fn a_folder_without_a_manifest_says_what_to_do() {
    let console = Opened::with(80, 24, &[], |folder| {
        std::fs::remove_file(folder.join("manifest.json")).unwrap();
    });
    console.sees("There is no manifest.json");
    console.keys(&["B"]);
    console.sees("there is no manifest to build from");
    console.keys(&["a"]);
    console.sees("‹ grpc ›");
    console.keys(&["ctrl-s"]);
    console.sees("✓ saved");
    assert!(console.manifest().contains("\"driver\": \"grpc\""));
}

#[test]
fn the_editor_gets_the_file_and_what_it_wrote_is_read() {
    let console = Opened::new(80, 24);
    console.sees("MyPre");
    console.drive.editor_writes(MANIFEST.replace("MyPre", "FromEditor"));
    console.keys(&["e"]);
    console.sees("FromEditor");
    console.sees_no("not saved");
}

#[test]
fn what_cannot_be_taken_is_said_while_one_types_and_refused() {
    let console = Opened::new(80, 24);
    console.sees("settings.json");
    console.keys(&["j", "a"]);
    console.sees("Add a file");
    console.drive.type_text("../secret.pem");
    console.sees("✗ ");
    console.keys(&["enter"]);
    console.sees("Add a file");
    for _ in 0.."../secret.pem".len() {
        console.keys(&["backspace"]);
    }
    console.drive.type_text("a.py");
    console.sees_no("✗ `");
    console.keys(&["enter"]);
    console.sees("not there");
}

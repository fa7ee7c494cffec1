//! The editor of the manifest's text, by keys.

use crate::opened::{MANIFEST, Opened};

/// A console whose manifest is shown as text.
fn text(width: u16, height: u16) -> Opened {
    let console = Opened::new(width, height);
    console.sees("MyPre");
    console.keys(&["]"]);
    console.sees("▐text▌");
    console
}

#[test]
fn what_is_typed_is_in_the_text_and_in_the_form_and_undone_in_either() {
    let console = text(160, 30);
    console.keys(&["enter", "ctrl-g"]);
    console.drive.type_text("custom_middleware.pre[0].name");
    console.keys(&["enter"]);
    console.sees("custom_middleware.pre[0].name  4:14");
    console.keys(&["end", "left", "left", "left", "left"]);
    console.drive.type_text("Two");
    console.sees("MyPreTwo");
    console.sees("not saved");
    console.keys(&["esc", "["]);
    console.sees("▐form▌");
    console.sees("MyPreTwo");
    console.keys(&["u"]);
    console.sees_no("MyPreTwo");
    console.keys(&["ctrl-r", "]", "enter", "ctrl-s"]);
    console.sees("✓ saved");
    assert_eq!(console.manifest(), MANIFEST.replace("MyPre", "MyPreTwo"));
}

#[test]
fn keys_of_the_pane_are_letters_while_one_types_until_esc() {
    let console = text(80, 24);
    console.keys(&["enter", "ctrl-end"]);
    console.drive.type_text("q1]");
    console.sees("found q");
    console.keys(&["ctrl-u"]);
    console.sees_no("found q");
    console.keys(&["esc", "3"]);
    console.sees("▐3 Bundle▌");
}

#[test]
fn mistakes_are_marked_as_one_types_and_said_below() {
    let console = text(120, 30);
    console.keys(&["enter", "ctrl-g"]);
    console.drive.type_text("8");
    console.keys(&["enter", "end"]);
    console.drive.type_text("x");
    console
        .drive
        .wait(|screen| screen.lines().any(|line| line.contains("✗  8    \"mine\"")))
        .unwrap();
    console.sees("✗ found");
}

#[test]
fn objects_fold_to_a_line_that_counts() {
    let console = text(120, 30);
    console.sees("\"auth_check\"");
    console.keys(&["j", "j", "h"]);
    console.sees("\"custom_middleware\": { … 3 },");
    console.sees_no("\"auth_check\"");
    console.keys(&["l"]);
    console.sees("\"auth_check\"");
    console.keys(&["enter", "alt-o"]);
    console.sees("\"custom_middleware\": { … 3 },");
    console.keys(&["alt-u"]);
    console.sees("\"auth_check\"");
}

#[test]
fn search_and_replace_count_and_can_be_undone() {
    let console = text(120, 30);
    console.keys(&["enter", "alt-r"]);
    console.drive.type_text("my");
    console.sees("1 of 2");
    console.keys(&["enter"]);
    console.drive.type_text("Your");
    console.keys(&["enter", "a"]);
    console.sees("replaced 2");
    console.sees("YourAuth");
    console.keys(&["ctrl-u"]);
    console.sees("MyAuth");
}

#[test]
fn a_paste_and_a_copy_go_through_the_clipboard() {
    let console = text(120, 30);
    console.keys(&["enter", "ctrl-a"]);
    console.drive.paste("{\r\n\"driver\": 1}");
    console.sees("1  {");
    console.sees("2  \"driver\": 1}");
    console.keys(&["ctrl-a", "alt-c"]);
    console.sees("copied the text");
    assert_eq!(console.drive.copies(), ["{\n\"driver\": 1}"]);
}

#[test]
fn help_shows_the_editors_keys_first_while_one_edits() {
    let console = text(80, 24);
    console.keys(&["enter", "f1"]);
    console.sees("Take the last change of the text back");
    console.keys(&["esc", "ctrl-p"]);
    console.sees("All actions");
    console.drive.type_text("lay out");
    console.keys(&["enter"]);
    console.sees("[\n");
}

#[test]
fn what_is_too_large_is_left_to_the_users_own_editor() {
    let console = Opened::with(80, 24, &[], |folder| {
        let padding = " ".repeat(4 << 20);
        std::fs::write(folder.join("manifest.json"), format!("[{padding}]")).unwrap();
    });
    console.sees("▐text▌");
    console.keys(&["enter"]);
    console.sees("larger than 4 MiB: e opens it in your own editor");
}

#[test]
fn known_keys_and_values_are_offered_with_what_they_mean() {
    let console = text(120, 30);
    console.keys(&["enter", "ctrl-g"]);
    console.drive.type_text("custom_middleware.driver");
    console.keys(&["enter"]);
    console.sees("driver: what runs the hooks; case counts");
    console.keys(&["end", "backspace", "backspace", "backspace", "backspace", "backspace"]);
    console.drive.type_text("p");
    console.sees("inside the Gateway (CPython)");
    console.keys(&["tab"]);
    console.sees_no("inside the Gateway (CPython)");
    console.drive.type_text(",\n");
    console.keys(&["ctrl-space"]);
    console.sees("how an id is found in a request");
}

#[test]
fn the_keys_of_vim_are_an_option() {
    let console = Opened::with(120, 30, &[("ui.vim", "true")], |_| {});
    console.sees("MyPre");
    console.keys(&["]", "enter"]);
    console.sees("NORMAL");
    console.drive.type_text("/MyPre");
    console.keys(&["enter"]);
    console.drive.type_text("ciwMine");
    console.sees("INSERT");
    console.keys(&["esc"]);
    console.sees("NORMAL");
    console.drive.type_text(":w");
    console.keys(&["enter"]);
    console.sees("✓ saved");
    assert_eq!(console.manifest(), MANIFEST.replace("MyPre", "Mine"));
    console.drive.type_text("u");
    console.sees("MyPre");
    console.drive.type_text(":q");
    console.keys(&["enter", "3"]);
    console.sees("▐3 Bundle▌");
}

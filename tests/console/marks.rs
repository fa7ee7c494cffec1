//! Rows of the Stream that are marked, with notes.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use tyk_tui::flows::session::Opened as Session;

use crate::opened::Opened;
use crate::session::Server;

/// A console on a session of six calls: pre, `post_key_auth` and post of two requests.
fn six() -> (Opened, tempfile::TempDir) {
    let (path, folder) = six_recorded();
    (on(&path), folder)
}

fn on(path: &Path) -> Opened {
    let console = Opened::attached(120, 36, Session::new(path).unwrap());
    console.sees("6 · following");
    console
}

/// That session.
fn six_recorded() -> (PathBuf, tempfile::TempDir) {
    let server = Server::new();
    for _ in 0..2 {
        for name in ["1-Pre-echo_pre", "3-PostKeyAuth-echo_post_key_auth", "4-Post-echo_post"] {
            server.called(name);
        }
    }
    server.end()
}

impl Opened {
    /// Waits until the record of this number is open.
    #[track_caller]
    fn is_at(&self, seq: u64) {
        self.sees(&format!("─ {seq} · "));
    }

    /// Marks a row with a note.
    fn notes(&self, seq: u64, note: &str) {
        self.keys(&["M"]);
        self.sees(&format!("Note on {seq}"));
        self.drive.type_text(note);
        self.keys(&["enter"]);
    }

    fn filters(&self, filter: &str) {
        self.keys(&["/", "ctrl-u"]);
        self.drive.type_text(filter);
        self.keys(&["enter"]);
        self.sees(&format!("Dispatches ❯ {filter}"));
    }
}

#[test]
fn rows_are_marked_noted_gone_to_and_filtered_by_it() {
    let (console, _folder) = six();
    console.keys(&["."]);
    console.sees("nothing is marked yet: m marks the selected row");
    console.keys(&["g"]);
    console.is_at(1);
    console.keys(&["m"]);
    console.sees("◆");
    console.keys(&["j", "j", "j"]);
    console.is_at(4);
    console.keys(&["M"]);
    console.sees("Note on 4");
    console.drive.type_text("the wrong tenant");
    console.keys(&["enter"]);
    console.sees("◈ the wrong tenant");
    // Round the end, and back.
    console.keys(&["."]);
    console.is_at(1);
    console.sees_no("◈ the wrong tenant");
    console.keys(&["."]);
    console.is_at(4);
    console.keys(&[","]);
    console.is_at(1);
    console.filters("mark");
    console.sees("2 of 6");
    console.filters("note:TENANT");
    console.sees("1 of 6");
    console.filters("!mark & hook:pre");
    console.sees("0 of 6");
    // What is no longer meant leaves the list.
    console.filters("mark");
    console.sees("2 of 6");
    console.keys(&["g"]);
    console.is_at(1);
    console.keys(&["m"]);
    console.sees("1 of 6");
    console.is_at(4);
    // A note is not lost by one key.
    console.keys(&["m"]);
    console.sees("Unmark this row?");
    console.keys(&["n"]);
    console.sees("1 of 6");
    console.keys(&["m", "y"]);
    console.sees("Nothing here is meant by mark");
}

#[test]
fn a_row_that_was_gone_to_is_selected_again_once_a_filter_has_it() {
    let (console, _folder) = six();
    console.keys(&["g", "j"]);
    console.is_at(2);
    // On the way to what it will be, a filter means others.
    console.keys(&["/"]);
    console.drive.type_text("hook:post");
    console.sees("2 of 6");
    console.is_at(3);
    console.drive.type_text("_key_auth");
    console.sees("Dispatches ❯ hook:post_key_auth");
    console.is_at(2);
    console.keys(&["ctrl-u"]);
    console.drive.type_text("nothing_has_this");
    console.sees("Nothing here is meant by");
    console.keys(&["esc"]);
    console.is_at(2);
    // Who has followed since has left it.
    console.keys(&["G"]);
    console.is_at(6);
    console.keys(&["space"]);
    console.sees("paused");
    console.keys(&["/"]);
    // Until it is closed it means nothing, so that no other filter is on its way.
    console.drive.type_text("(!hook:post_key_auth)");
    console.keys(&["enter"]);
    console.sees("4 of 6");
    console.keys(&["k"]);
    console.is_at(4);
}

#[test]
fn all_that_a_filter_means_is_marked_exported_and_cleared() {
    let (console, _folder) = six();
    console.filters("hook:post");
    console.sees("2 of 6");
    console.keys(&["a"]);
    console.sees("mark what the filter shows (2)");
    console.keys(&["enter"]);
    console.sees("2 more marked");
    console.keys(&["esc", "g"]);
    console.is_at(1);
    console.keys(&["E"]);
    console.sees("this row");
    console.keys(&["right"]);
    console.sees("what is marked");
    console.keys(&["down", "left", "left"]);
    console.sees("jsonl");
    console.keys(&["enter"]);
    console.sees("copied");
    let copies = console.drive.copies();
    let seqs: Vec<u64> = copies[0]
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).unwrap()["seq"].as_u64().unwrap()
        })
        .collect();
    assert_eq!(seqs, [3, 6]);
    console.keys(&["esc"]);
    console.filters("seq<=4");
    console.sees("4 of 6");
    console.keys(&["a", "down"]);
    console.sees("unmark what the filter shows");
    console.keys(&["enter"]);
    console.sees("1 unmarked");
    console.keys(&["esc", "a", "end", "enter"]);
    console.sees("Clear the one mark?");
    console.keys(&["y"]);
    console.sees_no("◆");
}

#[test]
fn a_sorted_list_keeps_the_row_that_was_gone_to_and_marks_are_walked_in_its_order() {
    let (console, _folder) = six();
    // By hook, as a Gateway calls them: 1 and 4, 2 and 5, 3 and 6.
    console.keys(&["g", "m", "j", "m", "j", "j", "m"]);
    console.is_at(4);
    console.keys(&["j"]);
    console.is_at(5);
    console.keys(&["c", "j", "s", "esc"]);
    console.sees("▲HOOK");
    console.is_at(5);
    console.keys(&["k"]);
    console.is_at(2);
    console.keys(&[","]);
    console.is_at(4);
    console.keys(&[","]);
    console.is_at(1);
    console.keys(&["."]);
    console.is_at(4);
    console.keys(&["."]);
    console.is_at(2);
    console.keys(&["."]);
    console.is_at(1);
    // Whoever stands on the first row sees the first one of the other order.
    console.keys(&["c", "j", "s", "esc"]);
    console.sees("▼HOOK");
    console.is_at(6);
    console.keys(&["f"]);
    console.sees("· following");
    console.is_at(6);
}

#[test]
fn what_is_marked_in_a_session_is_there_when_it_is_opened_again() {
    let (path, _folder) = six_recorded();
    let console = on(&path);
    console.keys(&["g", "m"]);
    console.sees("◆");
    console.keys(&["j", "j", "j"]);
    console.is_at(4);
    console.notes(4, "the wrong tenant");
    console.sees("◈ the wrong tenant");
    drop(console);

    let console = on(&path);
    console.sees("◆");
    console.keys(&["."]);
    console.is_at(1);
    console.keys(&["."]);
    console.is_at(4);
    console.sees("◈ the wrong tenant");
    console.filters("mark");
    console.sees("2 of 6");
    // Another note, none at all. While one types, the row that was gone to may be filtered out.
    console.keys(&["g"]);
    console.is_at(1);
    console.keys(&["j"]);
    console.is_at(4);
    console.keys(&["M"]);
    console.sees("Note on 4");
    console.drive.type_text(", and late");
    console.keys(&["enter"]);
    console.sees("◈ the wrong tenant, and late");
    console.keys(&[","]);
    console.is_at(1);
    console.keys(&["m"]);
    console.sees("1 of 6");
    drop(console);

    let console = on(&path);
    console.filters("mark");
    console.sees("1 of 6");
    console.is_at(4);
    console.sees("◈ the wrong tenant, and late");
}

#[test]
fn what_is_marked_while_a_console_records_is_in_its_session() {
    let console = Opened::at_home(120, 36);
    let address = console.address();
    let traffic = tyk_tui::flows::demo::Traffic::start(&address, tyk_tui::flows::demo::Pace::BRISK);
    console.keys(&["6"]);
    console.drive.wait(|screen| screen.matches(" pre ").count() > 2).unwrap();
    drop(traffic);
    // Marked before, meanwhile, and once it has ended.
    console.keys(&["g", "m"]);
    console.is_at(1);
    console.keys(&["5", "w"]);
    console.sees("● recording");
    console.keys(&["6", "j"]);
    console.is_at(2);
    console.notes(2, "while it is written");
    console.sees("◈ while it is written");
    console.keys(&["5", "w"]);
    console.sees_no("● recording");
    console.keys(&["6", "j"]);
    console.is_at(3);
    console.notes(3, "afterwards");
    console.sees("◈ afterwards");
    let sessions = console.folder.parent().unwrap().join("home/state/sessions");
    // Another one at that home: the first has ended.
    let _home = console.reopened(120, 36);
    let (listed, problems) = tyk_tui::flows::session::list(&sessions).unwrap();
    assert!(problems.is_empty() && listed.len() == 1, "{problems:?} {listed:?}");

    let console = Opened::attached(120, 36, Session::new(&listed[0].path).unwrap());
    console.filters("mark");
    console.sees("3 of ");
    console.filters("note:written");
    console.sees("◈ while it is written");
    console.filters("note:after");
    console.sees("◈ afterwards");
}

#[test]
fn a_session_that_may_only_be_read_keeps_no_marks_and_that_is_told() {
    let (path, _folder) = six_recorded();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o400)).unwrap();
    let console = on(&path);
    console.keys(&["g", "m"]);
    console.sees("the session cannot be written to: marks are in this console alone");
    console.sees("◆");
    console.filters("mark");
    console.sees("1 of 6");
    drop(console);
    let console = on(&path);
    console.keys(&["."]);
    console.sees("nothing is marked yet");
}

#[test]
fn a_note_with_a_secret_of_its_record_is_shown_without_it_and_kept_with_it() {
    let secret = "47a0c79c427728b3df4af62b9228c8ae";
    let (path, _folder) = six_recorded();
    let console = on(&path);
    console.keys(&["g"]);
    console.is_at(1);
    console.keys(&["j"]);
    console.is_at(2);
    console.notes(2, &format!("key {secret}!"));
    console.sees("◈ key «redacted ");
    console.keys(&["M"]);
    console.sees("Note on 2");
    console.sees_no(secret);
    console.keys(&["enter", "m"]);
    console.sees("Its note goes with the mark:");
    console.sees_no(secret);
    console.keys(&["n", "x"]);
    console.sees(&format!("◈ key {secret}!"));
    drop(console);
    // What was not changed is what it was, in the file.
    let console = on(&path);
    console.keys(&["."]);
    console.sees("◈ key «redacted ");
    console.keys(&["x"]);
    console.sees(&format!("◈ key {secret}!"));
}

#[test]
fn what_another_console_marks_in_the_session_is_seen() {
    let (path, _folder) = six_recorded();
    let [one, two] = [(); 2].map(|()| on(&path));
    one.keys(&["g"]);
    one.is_at(1);
    one.notes(1, "the wrong tenant");
    one.sees("◈ the wrong tenant");
    two.sees("◈");
    two.filters("note:tenant");
    two.sees("1 of 6");
    two.keys(&["."]);
    two.is_at(1);
    two.sees("◈ the wrong tenant");
    one.keys(&["m"]);
    one.sees("Unmark this row?");
    one.keys(&["y"]);
    one.sees_no("◈ the wrong tenant");
    two.sees("0 of 6");
}

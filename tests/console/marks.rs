//! Rows of the Stream that are marked, with notes.

use tyk_tui::flows::session::Opened as Session;

use crate::opened::Opened;
use crate::session::Server;

/// A console on a session of six calls: pre, `post_key_auth` and post of two requests.
fn six() -> (Opened, tempfile::TempDir) {
    let server = Server::new();
    for _ in 0..2 {
        for name in ["1-Pre-echo_pre", "3-PostKeyAuth-echo_post_key_auth", "4-Post-echo_post"] {
            server.called(name);
        }
    }
    let (path, folder) = server.end();
    let console = Opened::attached(120, 36, Session::new(&path).unwrap());
    console.sees("6 · following");
    (console, folder)
}

impl Opened {
    /// Waits until the record of this number is open.
    #[track_caller]
    fn is_at(&self, seq: u64) {
        self.sees(&format!("─ {seq} · "));
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

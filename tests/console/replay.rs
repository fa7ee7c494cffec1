//! Replays from the Stream pane: one row, edited or not, and what the list shows.

use std::path::Path;

use tyk_tui::flows::session::Opened as Session;

use crate::export::{HOOKS, attached};
use crate::opened::Opened;
use crate::session::Server;

/// A rule that tags what a pre hook is asked.
fn rules(folder: &Path) {
    std::fs::create_dir_all(folder.join("rules")).unwrap();
    let rules = "[[rule]]\nname = \"tag\"\n[rule.when]\nhook = \"pre\"\n[[rule.do]]\nset_headers = { X-Plugin = \"one\" }\n";
    std::fs::write(folder.join("rules/tag.toml"), rules).unwrap();
    std::fs::write(folder.join("tyk-tui.toml"), "rules = [\"rules/*.toml\"]\n").unwrap();
}

#[test]
fn a_row_is_answered_as_it_was_and_otherwise_by_other_rules() {
    let (console, _kept) = attached(|_| {});
    console.keys(&["r"]);
    console.sees("╭─ Replay ");
    console.sees("this row  #1");
    console.sees("‹ our rules ›");
    console.keys(&["enter"]);
    console.sees("✓ the call is answered by our rules as it was recorded");
    console.sees("passed, then and now");
    console.keys(&["esc"]);
    console.sees_no("╭─ Replay ");

    let (console, _kept) = attached(rules);
    console.keys(&["r", "enter"]);
    console.sees("⚠ the call is answered by our rules otherwise");
    console.sees("then passed, now changed");
    console.sees("~ request.setHeaders");
    console.sees("X-Plugin");
    console.sees("what this answer changes");
    console.sees("✓ request.setHeaders.X-Plugin");
}

#[test]
fn what_the_list_shows_is_replayed_and_each_call_that_differs_leads_to_its_record() {
    let (console, _kept) = attached(rules);
    console.keys(&["R"]);
    console.sees("what the list shows  5");
    console.sees("‹ as fast as it goes ›");
    console.keys(&["enter"]);
    console.sees("5 replayed against our rules: ");
    console.sees("#1 pre echo_pre all-hooks GET ");
    console.keys(&["enter"]);
    console.sees_no("╭─ Replay ");
    console.sees("── 1 ");

    // Only what a filter shows, against a server elsewhere; its address is remembered.
    let other = Opened::new(80, 24);
    let address = other.address();
    console.keys(&["/"]);
    console.drive.type_text("hook:post");
    console.keys(&["enter"]);
    console.sees("1 of 5");
    console.keys(&["R", "l"]);
    console.sees("‹ another server ›");
    console.keys(&["enter"]);
    console.sees("the server's address is wanted");
    console.drive.type_text(&address);
    console.keys(&["enter"]);
    console.sees(&format!("✓ 1 replayed against {address}: 1 as recorded, 0 otherwise"));
    console.keys(&["esc", "r"]);
    console.sees(&address);
    drop(other);
    console.keys(&["enter"]);
    console.sees("cannot call the plugin server");
}

#[test]
fn a_request_is_edited_before_it_is_sent_again() {
    let (console, _kept) = attached(rules);
    console.keys(&["r", "j", "l"]);
    console.sees("‹ edited ›");
    console
        .drive
        .editor_writes("{\n  \"hookType\": \"Pre\",\n  \"request\": {\"uri\": \"/x\"}\n}\n");
    console.keys(&["enter"]);
    console.sees("This is no Object. Edit again?");
    console.sees("line 3, column ");
    console.sees("MiniRequestObject has no field");
    console.drive.editor_writes(
        "{\n  \"hookType\": \"Post\",\n  \"hookName\": \"echo_pre\",\n  \"request\": {\"url\": \"/x\", \"returnOverrides\": {}}\n}\n",
    );
    console.keys(&["y"]);
    // No rule is for it: what came is the answer, and that was edited.
    console
        .sees("✓ the call, edited, is answered by our rules as it was recorded, but for the edit");
    console.sees("places differ as the request was edited");
    console.keys(&["esc", "r", "j", "l"]);
    console.drive.editor_writes(
        "{\"hookType\": \"Pre\", \"request\": {\"url\": \"/x\", \"returnOverrides\": {}}}",
    );
    console.keys(&["enter"]);
    console.sees("⚠ the call, edited, is answered by our rules otherwise");
    console.sees("~ request.setHeaders");
    console.sees_no("~ request.url");
    // No is no.
    console.keys(&["esc", "r", "j", "l"]);
    console.drive.editor_writes("[");
    console.keys(&["enter"]);
    console.sees("Edit again?");
    console.keys(&["n"]);
    console.sees_no("Edit again?");
    console.sees("╭─ Replay ");
}

#[test]
fn a_replay_at_the_recorded_pace_is_cancelled_and_goes_on_where_it_is_hidden() {
    let server = Server::new();
    let now = jiff::Timestamp::now();
    for (hours, hook) in HOOKS.iter().enumerate() {
        let later = jiff::SignedDuration::from_hours(i64::try_from(hours).unwrap());
        server.called_at(hook, now + later);
    }
    let (path, _kept) = server.end();
    let console = Opened::attached(100, 36, Session::new(&path).unwrap());
    console.sees("5 · following");
    console.keys(&["R", "j", "l"]);
    console.sees("‹ one after the other ›");
    console.keys(&["l"]);
    console.sees("‹ as it was recorded ›");
    console.keys(&["enter"]);
    console.sees("▸ replay: 1 of 5");
    console.keys(&["enter"]);
    console.sees("a replay is under way");
    console.keys(&["esc"]);
    console.sees_no("╭─ Replay ");
    console.sees("▸ replay: 1 of 5");
    console.keys(&["q"]);
    console.sees("A replay is under way; it would be cut off.");
    console.keys(&["n", "ctrl-x"]);
    console.sees("the replay was cancelled");
    console.sees_no("▸ replay");
    console.keys(&["ctrl-x"]);
    console.sees("nothing is under way");
}

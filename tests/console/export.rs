//! Exports from the Stream pane: to the clipboard, and into files.

use std::os::unix::fs::PermissionsExt as _;

use tyk_tui::flows::session::Opened as Session;

use crate::opened::Opened;
use crate::session::Server;

/// The hooks of one recorded request.
pub(crate) const HOOKS: [&str; 5] = [
    "1-Pre-echo_pre",
    "2-CustomKeyCheck-auth_ok_key",
    "3-PostKeyAuth-echo_post_key_auth",
    "4-Post-echo_post",
    "5-Response-echo_response",
];

/// A console on a session of them; the first one is selected.
pub(crate) fn attached(prepare: impl FnOnce(&std::path::Path)) -> (Opened, tempfile::TempDir) {
    let server = Server::new();
    for hook in HOOKS {
        server.called(hook);
    }
    let (path, kept) = server.end();
    let console = Opened::attached_in(100, 36, Session::new(&path).unwrap(), prepare);
    console.sees("5 · following");
    console.keys(&["g"]);
    console.sees("▌");
    (console, kept)
}

/// The key of the recording.
const SECRET: &str = "47a0c79c427728b3df4af62b9228c8ae";

#[test]
fn a_row_is_copied_as_a_command_and_it_is_said_how() {
    let (console, _kept) = attached(|_| {});
    console.keys(&["E"]);
    console.sees("╭─ Export ");
    console.sees("‹ this row ›  #1");
    console.sees("‹ curl ›");
    console.sees("marks stand for them");
    console.keys(&["enter"]);
    console.sees("copied the command of curl: on paper");
    console.sees_no("╭─ Export ");
    let copied = console.drive.copies().pop().unwrap();
    assert!(copied.starts_with("# redacted by tyk-tui"), "{copied}");
    assert!(copied.contains("\ncurl ") && !copied.contains(SECRET), "{copied}");
    // The format is the last one's, and secrets are written where that is chosen.
    console.keys(&["E", "j", "l", "j", "l"]);
    console.sees("‹ grpcurl ›");
    console.sees("‹ as they are ›");
    console.keys(&["enter"]);
    console.sees("copied the command of grpcurl: on paper");
    let copied = console.drive.copies().pop().unwrap();
    assert!(copied.starts_with("grpcurl -plaintext -d @ 127.0.0.1:50051 "), "{copied}");
    assert!(copied.contains(SECRET), "{copied}");
}

#[test]
fn what_a_filter_shows_goes_into_a_file_and_none_is_written_over_unasked() {
    let (console, _kept) = attached(|_| {});
    console.keys(&["/"]);
    console.drive.type_text("!hook:response");
    console.keys(&["enter"]);
    console.sees("4 of 5");
    // As a session, which is a file; of what the filter shows.
    console.keys(&["E", "l"]);
    console.sees("‹ what the filter shows ›  4");
    console.keys(&["j", "l", "l"]);
    console.sees("‹ session ›");
    console.sees("‹ file ›");
    console.sees(".tyks");
    console.keys(&["j", "l", "j", "j", "ctrl-u"]);
    console.drive.type_text("kept.tyks");
    console.keys(&["enter"]);
    console.sees("exported 4 to ");
    let path = console.folder.join("kept.tyks");
    assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let first = std::fs::read(&path).unwrap();

    console.keys(&["E", "k", "ctrl-u"]);
    console.drive.type_text("kept.tyks");
    console.keys(&["enter"]);
    console.sees("Replace it?");
    console.keys(&["n"]);
    console.sees_no("Replace it?");
    assert_eq!(std::fs::read(&path).unwrap(), first);
    console.keys(&["enter"]);
    console.sees("Replace it?");
    console.keys(&["y"]);
    console.sees("exported 1 to ");
    console.sees("it cannot be replayed");
    let reopened = Opened::attached(100, 36, Session::new(&path).unwrap());
    reopened.sees("1 · following");
    reopened.keys(&["r", "enter"]);
    reopened.sees("the secrets of this session were redacted");
}

#[test]
fn what_cannot_be_written_is_said_and_asked_again() {
    let (console, _kept) = attached(|_| {});
    console.keys(&["E", "j", "h", "j", "j", "l", "j", "ctrl-u"]);
    console.sees("‹ har ›");
    console.keys(&["enter"]);
    console.sees("a file's name is wanted");
    console.drive.type_text("nowhere/x.har");
    console.keys(&["enter"]);
    console.sees("its folder does not exist");
    console.sees("╭─ Export ");
    console.keys(&["ctrl-u"]);
    console.drive.type_text("x.har");
    console.keys(&["enter"]);
    console.sees("exported 1 to ");
    let har: serde_json::Value =
        serde_json::from_slice(&std::fs::read(console.folder.join("x.har")).unwrap()).unwrap();
    assert_eq!(har["log"]["entries"][0]["_dispatches"][0]["hook"], "pre");
}

#[test]
fn with_nothing_captured_the_key_says_so() {
    let console = Opened::new(100, 30);
    console.keys(&["6", "E"]);
    console.sees("nothing was captured yet");
    console.keys(&["r"]);
    console.sees("no row is selected");
    console.keys(&["R"]);
    console.sees("the list shows nothing");
}

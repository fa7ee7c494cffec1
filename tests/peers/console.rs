//! The console in a pseudo-terminal, with Python's grpcio as its Gateway.

use std::process::{Command, Stdio};

use super::pty::Terminal;

#[test]
#[ignore = "peers: grpcio and protobuf for Python"]
fn a_dispatch_of_grpcio_is_on_the_screen_with_its_json() {
    let python = std::env::var_os("TYK_TUI_PEERS_PYTHON")
        .expect("TYK_TUI_PEERS_PYTHON names a Python with grpcio and protobuf");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/peers/dispatch.py");
    let recording = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/dispatch/demo/legacy.0");

    let mut terminal = Terminal::shell(160, 40, &[], "read go; \"$0\"; echo ended $?");
    let before = terminal.settings();
    terminal.types("go\n");
    terminal.sees("MyPre");
    terminal.types("6");
    let address = terminal.between("\"tcp://", '"');
    let sent = Command::new(python)
        .args([script, &address, recording])
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    assert!(sent.status.success(), "{script} failed");
    let sent = String::from_utf8(sent.stdout).unwrap();
    let last = sent.lines().last().expect("a recording was sent");
    let last: serde_json::Value = serde_json::from_str(last).unwrap();
    let object = &last["json"];

    // Its row, which is the newest and so the selected one, and its JSON beside it.
    let method = object["request"]["method"].as_str().unwrap();
    let url = object["request"]["url"].as_str().unwrap();
    terminal.until("the row", |screen| {
        let contents = screen.contents();
        let mut rows = contents.lines().filter(|line| line.contains('▌'));
        rows.any(|line| line.contains(" legacy ") && line.contains(method) && line.contains(url))
    });
    for name in ["hookType", "hookName"] {
        terminal.sees(&format!("{name}  {}", object[name]));
    }
    terminal.sees(&format!("url  \"{url}\""));

    // The server had traffic just now: a question comes first.
    terminal.types("q");
    terminal.sees("traffic in the last minute");
    terminal.types("y");
    terminal.sees("ended 0");
    assert_eq!(terminal.ends(), 0);
    terminal.is_as_before(&before);
}

//! The console in a pseudo-terminal: what a user's terminal sees, and what is left of it afterwards.

use std::io::{Read as _, Write as _};
use std::os::unix::fs::PermissionsExt as _;

use crate::home::Home;
use crate::pty::{MANIFEST, Terminal};

#[test]
fn from_start_over_one_key_to_quit() {
    let mut terminal = Terminal::shell(80, 24, &[], "read go; \"$0\"; echo ended $?");
    let before = terminal.settings();
    terminal.types("go\n");
    terminal.sees("1 Manifest");
    terminal.sees("MyPre");
    // From a host that still starts nothing is downloaded.
    terminal.sees("● host");
    terminal.types("B");
    terminal.sees("✓ push");
    // One that is under way would be taken back first.
    terminal.until("the ship to end", |screen| !screen.contents().contains("cancel"));
    // Together the two would be alt-q.
    terminal.types("\x1b");
    terminal.until("the overlay to go", |screen| !screen.contents().contains("✓ push"));
    terminal.types("q");
    terminal.sees("ended 0");
    assert_eq!(terminal.ends(), 0);
    terminal.is_as_before(&before);
}

#[test]
fn ctrl_z_gives_the_terminal_back_and_fg_returns() {
    let script = "set -m; read go; \"$0\"; echo stopped; read go; fg >/dev/null; echo ended";
    let mut terminal = Terminal::shell(80, 24, &[], script);
    let before = terminal.settings();
    terminal.types("go\n");
    terminal.sees("MyPre");
    terminal.types("\x1a");
    terminal.sees("stopped");
    terminal.is_as_before(&before);
    terminal.types("go\n");
    terminal.sees("MyPre");
    terminal.types("6");
    terminal.sees("6 Stream▌");
    terminal.types("q");
    terminal.sees("ended");
    terminal.ends();
    terminal.is_as_before(&before);
}

#[test]
fn sigterm_restores_and_ends() {
    let script = "read go; \"$0\" & wait $! ; echo ended $?";
    let script = format!("set -m; {}", script.replace("& wait $! ;", ";"));
    let mut terminal = Terminal::shell(80, 24, &[], &script);
    let before = terminal.settings();
    terminal.types("go\n");
    terminal.sees("MyPre");
    // The console is its own process group: the one in the foreground of the terminal.
    let group = terminal.master.process_group_leader().unwrap();
    let group = rustix::process::Pid::from_raw(group).unwrap();
    rustix::process::kill_process(group, rustix::process::Signal::TERM).unwrap();
    terminal.sees("ended 0");
    terminal.ends();
    terminal.is_as_before(&before);
}

#[test]
fn the_editor_has_the_terminal_to_itself() {
    let editor = tempfile::tempdir().unwrap();
    let script = editor.path().join("editor");
    let text = "#!/bin/sh\nprintf 'your turn\\n'\nread -r line\nprintf '%s' \"$line\" > \"$1\"\n";
    std::fs::write(&script, text).unwrap();
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).unwrap();
    let variables = [("EDITOR", script.to_str().unwrap())];
    let mut terminal = Terminal::shell(80, 24, &variables, "exec \"$0\"");
    terminal.sees("MyPre");
    terminal.types("e");
    terminal.sees("your turn");
    // Every letter is the editor's: `q` and `6` are no keys of ours now.
    let line = MANIFEST.replace("MyPre", "q6FromEditor");
    terminal.types(&format!("{line}\n"));
    // The line is echoed while it is typed; the console is back once its tabs are.
    terminal.until("the new name in the console", |screen| {
        let text = screen.contents();
        text.contains("1 Manifest") && text.contains("q6FromEditor")
    });
    terminal.types("q");
    assert_eq!(terminal.ends(), 0);
    let path = terminal.home.project().join("manifest.json");
    assert_eq!(std::fs::read_to_string(path).unwrap(), line);
}

#[test]
fn ten_columns_and_three_rows_are_met_with_a_word() {
    let mut terminal = Terminal::shell(10, 3, &[], "exec \"$0\"");
    terminal.sees("too small");
    terminal.types("q");
    assert_eq!(terminal.ends(), 0);
}

#[test]
fn no_color_has_no_colour() {
    let mut terminal = Terminal::shell(80, 24, &[("NO_COLOR", "1")], "exec \"$0\"");
    terminal.sees("MyPre");
    let screen = terminal.screen.screen();
    let coloured = |row, column| {
        screen.cell(row, column).is_some_and(|cell| {
            cell.fgcolor() != vt100::Color::Default || cell.bgcolor() != vt100::Color::Default
        })
    };
    assert!(!(0..24).any(|row| (0..80).any(|column| coloured(row, column))));
    terminal.types("q");
    terminal.ends();
}

#[test]
fn without_a_terminal_it_is_wrong_use() {
    let ran = Home::new().run(&[]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(format!("{ran:?}").contains("needs a terminal"), "{ran:?}");
}

#[test]
fn a_download_is_seen_with_the_host_and_in_the_log() {
    let mut terminal = Terminal::shell(100, 30, &[], "exec \"$0\"");
    terminal.sees("MyPre");
    // From a host that still starts nothing is downloaded.
    terminal.sees("● host");
    terminal.types("B");
    terminal.sees("✓ push");
    terminal.types("\x1b");
    terminal.until("the overlay to go", |screen| !screen.contents().contains("✓ push"));
    terminal.types("5");
    let host = terminal.between("bundle_base_url\": \"http://", '/');
    let name = terminal.between("last published: ", ' ');
    let mut socket = std::net::TcpStream::connect(host).unwrap();
    write!(socket, "GET /{name} HTTP/1.0\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    socket.read_to_end(&mut answer).unwrap();
    assert!(answer.starts_with(b"HTTP/1.0 200"));
    let peer = socket.local_addr().unwrap().to_string();
    terminal.sees(&format!("200 GET /{name}"));
    terminal.sees(&peer);
    terminal.sees(" downloads ");
    terminal.types("0");
    terminal.sees("▐0 Log");
    terminal.sees(&format!("{peer} GET /{name} 200"));
    terminal.types("q");
    assert_eq!(terminal.ends(), 0);
}

#[test]
fn what_was_typed_comes_back_after_kill_9() {
    let script = "\"$0\"; echo killed; read go; exec \"$0\"";
    let mut terminal = Terminal::shell(100, 30, &[], &format!("set -m; {script}"));
    terminal.sees("MyPre");
    // The text, and a word into it.
    terminal.types("]");
    terminal.sees("form │▐text▌");
    terminal.types("\r");
    terminal.types("not yet saved ");
    terminal.sees("not yet saved {");
    // Kept when the typing pauses: the file is there when all of it is on the disk.
    let kept = terminal.home.path().join(".local/state/tyk-tui/unsaved");
    let is_entry =
        |entry: &std::fs::DirEntry| !entry.file_name().to_string_lossy().starts_with('.');
    let deadline = std::time::Instant::now() + std::time::Duration::from_mins(2);
    while !std::fs::read_dir(&kept).into_iter().flatten().flatten().any(|it| is_entry(&it)) {
        assert!(std::time::Instant::now() < deadline, "nothing was kept in {}", kept.display());
        std::thread::yield_now();
    }
    let group = terminal.master.process_group_leader().unwrap();
    let group = rustix::process::Pid::from_raw(group).unwrap();
    rustix::process::kill_process(group, rustix::process::Signal::KILL).unwrap();
    terminal.until("the shell", |screen| screen.contents().contains("killed"));
    let path = terminal.home.project().join("manifest.json");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), MANIFEST);
    // A shell after a killed console: the terminal is still raw, so enter is a carriage return that is no line's end.
    terminal.types("\n");
    terminal.sees("Bring unsaved changes back?");
    terminal.types("y");
    terminal.sees("the changes are back, not saved yet");
    terminal.sees("not yet saved {");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), MANIFEST);
}

#[test]
fn a_console_whose_terminal_takes_nothing_any_more_ends_when_it_is_told_to() {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::{Duration, Instant};

    let mut terminal = Terminal::shell(200, 60, &[], "exec \"$0\"");
    terminal.sees("MyPre");
    // From here on nobody reads what it draws: keys that open other panes are taken until it waits in the middle of a frame.
    let (mut keys, typed) = (terminal.deaf(), Arc::new(AtomicUsize::new(0)));
    let counted = Arc::clone(&typed);
    std::thread::spawn(move || {
        while keys.write_all(b"56").is_ok() {
            counted.fetch_add(2, Ordering::Relaxed);
        }
    });
    let (mut before, mut since) = (0, Instant::now());
    while before == 0 || since.elapsed() < Duration::from_secs(3) {
        let now = typed.load(Ordering::Relaxed);
        if now != before {
            (before, since) = (now, Instant::now());
        }
        std::thread::yield_now();
    }
    terminal.terminated();
    assert_eq!(terminal.ends_deaf(), 0);
}

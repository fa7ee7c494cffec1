//! Files that are no session, one of a newer version, one that was cut: what each command says of them, and what it still shows.

use prost::Message as _;

use super::pty::Terminal;
use super::ran::{Ran, program};
use super::serving::{Serve, object};

/// The commands that read a session, with what of it they are given.
const COMMANDS: [&[&str]; 4] = [
    &["session", "export", "FILE"],
    &["wait", "hook:pre", "FILE", "--count", "100000"],
    &["replay", "FILE"],
    &["attach", "FILE"],
];

fn run(folder: &std::path::Path, command: &[&str], file: &str) -> Ran {
    let arguments = command.iter().map(|word| if *word == "FILE" { file } else { word });
    Ran::of(program(folder).args(arguments))
}

#[test]
fn what_is_no_session_is_said_by_each_command() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
    write("empty.tyks", b"");
    write("text.tyks", b"just words\n");
    write("noise.tyks", &[7; 10_000]);
    let other = rusqlite::Connection::open(folder.path().join("other.tyks")).unwrap();
    other.execute_batch("CREATE TABLE record (seq)").unwrap();
    drop(other);
    let newer = rusqlite::Connection::open(folder.path().join("newer.tyks")).unwrap();
    newer.execute_batch("CREATE TABLE later (it)").unwrap();
    newer.pragma_update(None, "application_id", 0x7479_6b73).unwrap();
    newer.pragma_update(None, "user_version", 9).unwrap();
    drop(newer);
    for (file, said) in [
        ("empty.tyks", "this is no session of tyk-tui"),
        ("text.tyks", "this is no session of tyk-tui"),
        ("noise.tyks", "this is no session of tyk-tui"),
        ("other.tyks", "this is no session of tyk-tui"),
        ("newer.tyks", "a newer tyk-tui wrote this session (format 9; this one reads up to 1)"),
        ("gone.tyks", "there is no such session"),
    ] {
        for command in COMMANDS {
            let ran = run(folder.path(), command, file);
            assert_eq!(ran.code, Some(3), "{command:?} {file}: {ran:?}");
            assert!(ran.stderr.contains(&format!("{file}: {said}")), "{command:?}: {ran:?}");
            assert!(ran.stderr.contains("help: "), "{command:?}: {ran:?}");
            assert_eq!(ran.stdout, "", "{command:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_one_that_was_cut_the_beginning_is_shown_and_then_the_damage_said() {
    let folder = tempfile::tempdir().unwrap();
    let mut serve = Serve::with(folder, |command| {
        command.args(["--json", "--record=whole.tyks"]);
    })
    .read();
    let gateway = serve.connect().await;
    for number in 0..300 {
        let mut object = object();
        let request = object.request.as_mut().unwrap();
        request.url = format!("/orders/{number}");
        // What does not compress: the file has pages to lose.
        request.raw_body = vec![0; 600];
        getrandom::fill(&mut request.raw_body).unwrap();
        gateway.dispatch(&object.encode_to_vec()).await.unwrap();
    }
    serve.terminate();
    serve.ended();
    let folder = serve.folder.path();
    let bytes = std::fs::read(folder.join("whole.tyks")).unwrap();
    // Within a page, as a rule: SQLite takes the rest of it as zeros, and finds records behind those that are gone.
    std::fs::write(folder.join("cut.tyks"), &bytes[..bytes.len() * 6 / 10]).unwrap();
    let ran = run(folder, COMMANDS[0], "cut.tyks");
    assert_eq!(ran.code, Some(3), "{}", ran.stderr);
    let lines = ran.stdout.lines().count();
    assert!((20..300).contains(&lines), "{lines}");
    assert!(
        ran.stderr.contains(&format!("cut.tyks: the session is damaged after number {lines}")),
        "{}",
        ran.stderr
    );
    let ran = run(folder, COMMANDS[1], "cut.tyks");
    assert_eq!(ran.code, Some(3), "{}", ran.stderr);
    assert!(ran.stderr.contains("the session is damaged after number"), "{}", ran.stderr);
    assert!(ran.stdout.lines().count() > 20);
    // In the console: what could be read is listed, and that there was more is said.
    let cut = folder.join("cut.tyks").to_string_lossy().into_owned();
    let attach = "exec \"$0\" attach \"$CUT\"";
    let mut terminal = Terminal::shell(110, 30, &[("CUT", &cut)], attach);
    terminal.sees(&format!("/orders/{} ", lines - 1));
    terminal.sees("damaged");
    terminal.types("q");
    assert_eq!(terminal.ends(), 0);
}

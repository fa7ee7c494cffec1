//! What is marked in a console is in the session: after kill -9, for commands, and in what they write.

use super::home::{Home, Ran};
use super::pty::Terminal;
use super::serving::{Gateway, Serve, object, wait_for};
use prost::Message as _;
use serde_json::Value;
use tonic::transport::Channel;

/// A call of a pre hook.
async fn call(gateway: &Gateway, path: &str) {
    let mut object = object();
    path.clone_into(&mut object.request.as_mut().unwrap().url);
    gateway.dispatch(&object.encode_to_vec()).await.unwrap();
}

async fn calls(address: &str, count: usize) {
    let channel = Channel::from_shared(format!("http://{address}")).unwrap();
    let gateway = Gateway(channel.connect().await.unwrap());
    for number in 1..=count {
        call(&gateway, &format!("/orders/{number}")).await;
    }
}

fn numbers(ran: &Ran) -> Vec<u64> {
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let seq = |line| serde_json::from_str::<Value>(line).unwrap()["seq"].as_u64().unwrap();
    ran.stdout.lines().map(seq).collect()
}

/// A console that records has five calls, of which the second is marked and the fourth has a note with a secret; then
/// it is killed.
async fn killed() -> Terminal {
    let script = "\"$0\"; echo killed; read go; exec \"$0\" attach";
    let record = [("TYK_TUI_CAPTURE_RECORD", "true")];
    let mut terminal = Terminal::shell(110, 30, &record, &format!("set -m; {script}"));
    terminal.sees("● server :");
    let port = terminal.between("● server :", ' ');
    terminal.sees("● recording");
    calls(&format!("127.0.0.1:{port}"), 5).await;
    terminal.types("6");
    terminal.sees("/orders/5");
    terminal.types("gj");
    terminal.sees("─ 2 · ");
    terminal.types("m");
    terminal.sees("◆");
    terminal.types("jj");
    terminal.sees("─ 4 · ");
    terminal.types("M");
    terminal.sees("Note on 4");
    terminal.types("who sent s3cr3t-t0k3n?\r");
    terminal.sees("◈ who sent «redacted ");
    let home = &terminal.home;
    let marked = || home.run(&["session", "export", "--filter", "mark"]).stdout.lines().count();
    wait_for("marks in the file", || marked() == 2);
    let group = terminal.master.process_group_leader().unwrap();
    let group = rustix::process::Pid::from_raw(group).unwrap();
    rustix::process::kill_process(group, rustix::process::Signal::KILL).unwrap();
    terminal.until("the shell", |screen| screen.contents().contains("killed"));
    terminal
}

#[tokio::test(flavor = "multi_thread")]
async fn marks_outlive_a_killed_console_and_commands_know_them() {
    let mut terminal = killed().await;
    let home = &terminal.home;
    let run = |arguments: &[&str]| home.run(arguments);
    assert_eq!(numbers(&run(&["session", "export"])), [1, 2, 3, 4, 5]);
    assert_eq!(numbers(&run(&["session", "export", "--filter", "mark"])), [2, 4]);
    assert_eq!(numbers(&run(&["session", "export", "--filter", "!mark & seq<4"])), [1, 3]);
    assert_eq!(numbers(&run(&["session", "export", "--filter", "| has(\"note\")"])), [2, 4]);
    let noted = run(&["session", "export", "--filter", "note:WHO"]).json();
    let note = noted["note"].as_str().unwrap();
    assert!(note.starts_with("who sent «redacted ") && note.ends_with("»?"), "{note}");
    let shown = run(&["session", "export", "--filter", "note:who", "--show-secrets"]).json();
    assert_eq!(shown["note"], "who sent s3cr3t-t0k3n?");
    let waited = run(&["wait", "mark", "--count", "2", "--json"]);
    assert_eq!(numbers(&waited), [2, 4]);
    assert!(waited.stdout.contains("«redacted ") && !waited.stdout.contains("s3cr3t"));
    let replayed = run(&["replay", "--filter", "mark", "--json"]);
    assert!(replayed.stdout.ends_with(&format!("{}\n", total(2))), "{replayed:?}");

    // Written elsewhere they are there, too: as a session, and as lines.
    for (form, name) in [("session", "some.tyks"), ("jsonl", "some.jsonl")] {
        for (secrets, word) in [(true, "s3cr3t-t0k3n"), (false, "«redacted ")] {
            let _ = std::fs::remove_file(home.project().join(name));
            let mut arguments =
                vec!["session", "export", "--filter", "seq>2", "--format", form, "-o", name];
            arguments.extend(secrets.then_some("--show-secrets"));
            assert_eq!(run(&arguments).code, Some(0));
            let again = ["session", "export", name, "--show-secrets", "--filter", "mark"];
            // Lines without their secrets are none to be read again.
            if secrets || form == "session" {
                let read = run(&again).json();
                assert!(read["note"].as_str().unwrap().contains(word), "{form}: {read}");
            }
        }
    }

    terminal.types("\n");
    terminal.sees("5 · following");
    terminal.types(".");
    terminal.sees("─ 2 · ");
    terminal.types(".");
    terminal.sees("◈ who sent «redacted ");
    terminal.types("q");
    assert_eq!(terminal.ends(), 0);
}

/// The last line of a replay of so many calls, all answered as they were.
fn total(calls: u64) -> String {
    serde_json::json!({ "total": {
        "replayed": calls, "same": calls, "differ": 0, "failed": 0, "ignored": 0, "left_out": 0,
    }})
    .to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_marked_at_a_server_by_itself_is_in_its_session_and_waited_for() {
    let home = Home::new();
    let folder = tempfile::tempdir().unwrap();
    let serve = Serve::with(folder, |command| {
        command.current_dir(home.project()).env("HOME", home.path());
        command.args(["--json", "--record=here.tyks"]);
    })
    .read();
    calls(&serve.address, 3).await;
    let run = |arguments: &[&str]| home.run(arguments);
    let script =
        format!("cd {0}/project; HOME={0}; export HOME; exec \"$0\"", home.path().display());
    let mut terminal = Terminal::shell(110, 30, &[], &script);
    terminal.sees(&format!("of pid {}", serve.child.id()));
    terminal.types("6");
    terminal.sees("/orders/3");
    // Told once somebody marks it, though it was there long before.
    let mut waiting =
        home.command(&["wait", "note:late", "here.tyks", "--json", "--timeout", "60"]);
    let waiting = std::thread::spawn(move || {
        waiting.stdout(std::process::Stdio::piped());
        Ran::of(waiting)
    });
    terminal.types("gjM");
    terminal.sees("Note on 2");
    terminal.types("late\r");
    terminal.sees("◈ late");
    assert_eq!(numbers(&waiting.join().unwrap()), [2]);
    // Still a session that grows, with the marks in it when it is whole.
    calls(&serve.address, 2).await;
    let all = || run(&["session", "export", "here.tyks"]).stdout.lines().count();
    wait_for("all records", || all() == 5);
    terminal.types("q");
    assert_eq!(terminal.ends(), 0);
    let mut serve = serve;
    serve.terminate();
    assert!(serve.ended().success());
    assert_eq!(numbers(&run(&["session", "export", "here.tyks", "--filter", "mark"])), [2]);
    assert_eq!(std::fs::read_dir(home.project()).unwrap().count(), 1, "one file");
}

#[test]
fn where_nothing_is_marked_the_words_are_refused() {
    let home = Home::new();
    for word in ["mark", "hook:pre & !note:x"] {
        let ran = home.run(&["serve", "--listen", "127.0.0.1:0", "--filter", word]);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.stderr.contains("nothing that only just comes is marked"), "{ran:?}");
    }
    home.write("tyk-tui.toml", "[capture]\nkeep = 'mark'\n");
    let ran = home.run(&["serve", "--listen", "127.0.0.1:0"]);
    assert_ne!(ran.code, Some(0));
    assert!(ran.stderr.contains("nothing that only just comes is marked"), "{ran:?}");
}

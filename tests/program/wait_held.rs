//! `tyk-tui wait` for what is held at a breakpoint, which the socket of its server alone tells.

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use prost::Message as _;
use serde_json::Value;
use tyk_tui::domain::object::coprocess::HookType;

use super::outlive::{break_at_pre, call, called};
use super::own_server::console;
use super::pty::Terminal;
use super::serving::{Gateway, object};

/// A console with a server of its own that breaks at the pre hook.
async fn breaking(records: bool) -> (Terminal, Gateway) {
    let (mut terminal, _, gateway) = console("exec \"$0\"").await;
    if records {
        terminal.types("5w");
        terminal.sees("recording to the session ");
    }
    gateway.dispatch(&called("/before")).await.unwrap();
    terminal.types("6");
    terminal.sees("/before");
    break_at_pre(&mut terminal);
    (terminal, gateway)
}

async fn counted_once(records: bool) {
    let (mut terminal, gateway) = breaking(records).await;
    let filter = "path:/held & (outcome:held || outcome:passed)";
    let mut command = terminal.home.command(&["wait", filter, "--count", "2", "--json"]);
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let held = call(&gateway, "/held/1");
    let line = lines.next().unwrap().unwrap();
    assert!(!line.contains("s3cr3t"), "{line}");
    let line: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(line["request"]["request"]["url"], "/held/1");
    assert_eq!((&line["outcome"], &line["seq"]), (&"held".into(), &Value::Null));
    // It ends before the next one comes, which nothing holds.
    terminal.types("!");
    terminal.sees("Held: 1 of at most");
    terminal.types("A");
    held.await.unwrap();
    let mut next = object();
    next.hook_type = HookType::Post.into();
    "/held/2".clone_into(&mut next.request.as_mut().unwrap().url);
    gateway.dispatch(&next.encode_to_vec()).await.unwrap();
    let line: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
    assert_eq!(line["request"]["request"]["url"], "/held/2");
    assert_eq!(line["outcome"], "passed");
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_held_is_told_at_once_and_not_again_once_it_has_ended() {
    counted_once(false).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_held_is_told_where_its_server_records_too() {
    counted_once(true).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_held_before_is_not_new_and_what_has_ended_is_not_held() {
    let (mut terminal, gateway) = breaking(true).await;
    let held = call(&gateway, "/held");
    terminal.sees("1 held, ! opens");
    let home = &terminal.home;
    let ran = home.run(&["wait", "path:/held & outcome:held"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.stdout.contains("/held") && ran.stdout.contains("  held"), "{ran:?}");
    let ran = home.run(&["wait", "outcome:held", "--only-new", "--timeout", "1"]);
    assert_eq!((ran.code, &*ran.stdout), (Some(1), ""), "{ran:?}");
    // Who does not ask for what is held waits for its end.
    let ran = home.run(&["wait", "path:/held", "--timeout", "1"]);
    assert_eq!((ran.code, &*ran.stdout), (Some(1), ""), "{ran:?}");
    let ran = home.run(&["wait", "path:/before & !outcome:held"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    terminal.types("q");
    terminal.sees("Quit?");
    terminal.types("y");
    assert_eq!(terminal.ends(), 0);
    held.await.unwrap();
    // No server runs: its session has what has ended.
    let home = &terminal.home;
    let ran = home.run(&["wait", "path:/held & outcome:held"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.stderr.contains("nothing that has ended is held any more"), "{ran:?}");
    assert!(ran.stderr.contains("character 14"), "{ran:?}");
    let ran = home.run(&["wait", "path:/held & held>0"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
}

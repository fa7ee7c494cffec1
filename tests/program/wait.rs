//! `tyk-tui wait` at a server that records nothing: by its socket.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use prost::Message as _;
use serde_json::Value;

use super::ran::Ran;
use super::serving::{Serve, binary, object, wait_for};

/// A rule that names a header in which callers send a credential.
const RULES: &str = r#"
[[rule]]
name = "keys"
when.hook = "auth_check"
[[rule.do]]
static_key = { auth_header_name = "X-Pass", keys = ["p4ssw0rd-of-x"] }
"#;

fn serve() -> Serve {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("rules.toml"), RULES).unwrap();
    Serve::with(folder, |command| {
        command.args(["--json", "--rules", "rules.toml"]);
    })
    .read()
}

fn wait(serve: &Serve, arguments: &[&str]) -> Command {
    let mut command = binary(serve.folder.path());
    command.arg("wait").args(arguments).stdin(Stdio::null());
    command
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_running_server_has_in_memory_and_what_comes_is_found_without_a_session() {
    let mut serve = serve();
    let gateway = serve.connect().await;
    let mut sent = object();
    if let Some(request) = &mut sent.request {
        request.headers.insert("X-Pass".to_owned(), "p4ssw0rd-of-x".to_owned());
    }
    let sent = sent.encode_to_vec();
    gateway.dispatch(&sent).await.unwrap();
    serve.line();
    // What was there already, redacted by the names of the server's own rules, which this command does not read.
    let ran = Ran::of(&mut wait(&serve, &["hook:pre & path:/orders/1", "--json"]));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let line: Value = serde_json::from_str(ran.stdout.trim()).unwrap();
    let header = line["request"]["request"]["headers"]["X-Pass"].as_str().unwrap();
    assert!(header.starts_with("«redacted "), "{header}");
    assert!(!ran.stdout.contains("p4ssw0rd") && !ran.stdout.contains("s3cr3t"), "{ran:?}");
    // What never comes.
    let ran = Ran::of(&mut wait(&serve, &["hook:pre", "--only-new", "--timeout", "1"]));
    assert_eq!((ran.code, &*ran.stdout), (Some(1), ""), "{ran:?}");
    assert!(ran.stderr.contains("0 of 1 came in time"), "{ran:?}");
    // Where nothing is kept nothing is marked.
    let ran = Ran::of(&mut wait(&serve, &["mark"]));
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.stderr.contains("nothing that only just comes is marked"), "{ran:?}");
    // What comes while it waits: two more beside the one that was there.
    let mut child = wait(&serve, &["hook:pre", "--count", "3", "--json"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    lines.next().unwrap().unwrap();
    for _ in 0..2 {
        gateway.dispatch(&sent).await.unwrap();
    }
    let came: Vec<String> = lines.map(Result::unwrap).collect();
    assert_eq!(came.len(), 2, "{came:?}");
    assert_eq!(child.wait().unwrap().code(), Some(0));
    // A server that ends.
    let mut child = wait(&serve, &["hook:response"]).stderr(Stdio::piped()).spawn().unwrap();
    let mut stderr = BufReader::new(child.stderr.take().unwrap()).lines();
    let socket = || std::fs::read_dir(serve.folder.path().join(".local/state/tyk-tui/run"));
    wait_for("its socket", || socket().is_ok());
    gateway.dispatch(&sent).await.unwrap();
    serve.terminate();
    assert!(serve.ended().success());
    let said = stderr.next().unwrap().unwrap();
    let code = child.wait().unwrap().code();
    // It may have come too late to meet the server, and finds no session then.
    let early = said.contains("0 of 1 came before the server ended") && code == Some(1);
    let late = said.contains("there is no session yet") && code == Some(3);
    assert!(early || late, "{said} {code:?}");
}

#[test]
fn without_server_and_session_it_says_how_to_have_one() {
    let folder = tempfile::tempdir().unwrap();
    let ran = Ran::of(binary(folder.path()).args(["wait", "hook:pre"]));
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(
        ran.stderr.contains("no session yet") && ran.stderr.contains("tyk-tui serve"),
        "{ran:?}"
    );
}

//! `forward` in front of a server by Python's grpcio.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use prost::Message as _;
use tyk_tui::domain::object::coprocess::Object;

use super::serving::{Serve, object};

#[tokio::test(flavor = "multi_thread")]
#[ignore = "peers: grpcio for Python"]
async fn grpcios_answers_go_back_with_the_calls_metadata_handed_on() {
    let python = std::env::var_os("TYK_TUI_PEERS_PYTHON").expect("a Python with grpcio");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/peers/dispatcher.py");
    let mut child = Command::new(python).arg(script).stdout(Stdio::piped()).spawn().unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let port = said.next().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let example = include_str!("../../assets/rules/forward.toml");
    let rules = example.replace("127.0.0.1:50052", &format!("127.0.0.1:{port}"));
    std::fs::write(folder.path().join("rules.toml"), rules).unwrap();
    let serve = Serve::with(folder, |command| {
        command.args(["--json", "--show-secrets", "--rules", "rules.toml"]);
    })
    .read();
    let gateway = serve.connect().await;
    let dispatch = "/coprocess.Dispatcher/Dispatch";
    let trace = [("traceparent", "00-0af7-b7ad-01")];
    let answer = gateway.call_with(dispatch, &object().encode_to_vec(), &trace).await.unwrap();
    let answer = Object::decode(answer).unwrap();
    assert_eq!(answer.request.unwrap().set_headers["X-Trace"], "00-0af7-b7ad-01");
    let line = serve.line();
    assert_eq!((&line["rule"], &line["outcome"]), (&"forward".into(), &"changed".into()));
    gateway.call("/coprocess.Dispatcher/DispatchEvent", &[]).await.unwrap();
    assert_eq!(said.next().unwrap(), "event");
    // Half a megabyte and more goes through as well.
    let large = super::serving::object_with_body(600_000);
    let answer = gateway.dispatch(&large).await.unwrap();
    assert!(answer.starts_with(&large));
    child.kill().unwrap();
    child.wait().unwrap();
    let refused = gateway.dispatch(&Object { hook_type: 2, ..object() }.encode_to_vec()).await;
    assert!(refused.unwrap_err().message().contains(&port), "it is away, and post fails closed");
}

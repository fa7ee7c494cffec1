//! `serve` against Python's grpcio, protobuf, reflection and health clients.

use std::process::{Command, Stdio};

use serde_json::Value;

use super::serving::Serve;

fn fixtures() -> String {
    format!("{}/tests/fixtures/dispatch", env!("CARGO_MANIFEST_DIR"))
}

/// What the script printed, a line a recording.
fn sent_to(address: &str) -> Vec<Value> {
    let python = std::env::var_os("TYK_TUI_PEERS_PYTHON")
        .expect("TYK_TUI_PEERS_PYTHON names a Python with grpcio and protobuf");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/peers/dispatch.py");
    let output = Command::new(python)
        .args([script, address, &fixtures()])
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    assert!(output.status.success(), "{script} failed");
    let lines = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(lines.len() > 100, "the recordings are missing");
    lines
}

#[test]
#[ignore = "peers: grpcio and protobuf for Python"]
fn grpcio_gets_every_recording_back_and_its_json_is_googles() {
    let serve = Serve::json(&["--show-secrets"]);
    for sent in sent_to(&serve.address) {
        let stem = sent["stem"].as_str().unwrap();
        assert_eq!(sent["same"], true, "{stem}");
        let recorded = std::fs::read(format!("{stem}.request.json")).unwrap();
        let recorded: Value = serde_json::from_slice(&recorded).unwrap();
        let line = serve.line();
        assert_eq!(line["request"], recorded, "{stem}");
        assert_eq!(line["request"], sent["json"], "{stem}");
        if !stem.ends_with("-event") {
            assert_eq!(line["reply"], recorded, "{stem}");
        }
    }
}

#[test]
#[ignore = "peers: grpcio and protobuf for Python"]
fn grpcio_sends_every_recording_and_no_secret_is_printed() {
    let serve = Serve::json(&[]);
    let sent = sent_to(&serve.address);
    let secrets: Vec<String> = sent.iter().flat_map(|sent| secrets(&sent["json"])).collect();
    assert!(secrets.len() > 10, "the recordings hold secrets");
    let people = Serve::with(tempfile::tempdir().unwrap(), |_| {}).read();
    sent_to(&people.address);
    for _ in &sent {
        for text in [serve.text(), people.text()] {
            let leaked = secrets.iter().find(|secret| text.contains(secret.as_str()));
            assert_eq!(leaked, None, "{text}");
        }
    }
}

/// What is secret in an Object, long enough not to be part of other words.
fn secrets(object: &Value) -> Vec<String> {
    let headers = ["Authorization", "Cookie", "Proxy-Authorization", "X-Api-Key"];
    let headers = headers.iter().map(|name| object["request"]["headers"][*name].as_str());
    let tokens = [
        object["metadata"]["token"].as_str(),
        object["session"]["metadata"]["token"].as_str(),
        object["session"]["hmacSecret"].as_str(),
    ];
    let found = headers.chain(tokens).flatten().filter(|secret| secret.len() >= 8);
    found.map(str::to_owned).collect()
}

//! Commands that `session export` writes, run by the programs that they are for.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use super::home::Home;
use super::request::Server;

/// The first hook's Object of each recording that has one, sent to this host instead.
fn recorded(host: &str) -> Vec<Value> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/dispatch");
    let children = |folder: PathBuf| -> Vec<PathBuf> {
        let mut paths: Vec<_> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        paths
    };
    let groups = ["demo", "traffic", "oas"];
    let cases = groups.iter().flat_map(|group| children(root.join(group)));
    let objects = cases.filter_map(|case| {
        let first = |path: &PathBuf| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            name.starts_with("1-Pre-") && name.ends_with(".request.json")
        };
        let path = children(case).into_iter().find(first)?;
        let mut object: Value =
            serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        object["request"]["headers"]["Host"] = host.into();
        Some(object)
    });
    let mut objects: Vec<Value> = objects.collect();
    // What the recordings have none of.
    let mut odd = objects[0].clone();
    odd["request"]["method"] = "PUT".into();
    odd["request"]["url"] = "/a/../b%20c/./d?q[]=1&s={x}&t='it''s'".into();
    odd["request"]["headers"] =
        json!({"Host": host, "X-Quoted": "it's \"$HOME\" `id` \\ !!", "X-Empty": ""});
    odd["request"]["rawBody"] = "QDBcJwAKDQp/JXMl/w==".into();
    objects.push(odd.clone());
    odd["request"]["rawBody"] = "J2l0JyBpcyAkSE9NRSBgaWRgCg==".into();
    objects.push(odd);
    objects
}

/// A line of `--json` with this Object.
fn line(seq: usize, object: &Value) -> String {
    let line = json!({
        "seq": seq, "at": "2026-11-26T12:00:00Z", "took_us": 1, "kind": "dispatch",
        "request": object, "reply": object,
    });
    format!("{line}\n")
}

#[test]
#[ignore = "peers: curl"]
fn curl_sends_the_request_that_was_recorded() {
    let (mut server, home) = (Server::start(), Home::new());
    let host = server.url.strip_prefix("http://").unwrap().to_owned();
    let objects = recorded(&host);
    assert!(objects.len() > 30, "{}", objects.len());
    for (seq, object) in objects.iter().enumerate() {
        home.write("one.jsonl", line(seq + 1, object));
        let ran =
            home.run(&["session", "export", "one.jsonl", "--format", "curl", "--show-secrets"]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        let command = format!("{} --silent --show-error", ran.stdout.trim_end());
        let curl = Command::new("sh").args(["-c", &command]).output().unwrap();
        assert!(curl.status.success(), "{command}: {curl:?}");
        let got = server.got();
        let request = &object["request"];
        assert_eq!(got["method"], request["method"], "{command}");
        assert_eq!(got["path"], request["url"], "{command}");
        let body = request["rawBody"].as_str().unwrap_or_default();
        assert_eq!(got["body"], body, "{command}");
        // Python reads each byte as a character of its own.
        let read = |text: &str| text.bytes().map(char::from).collect::<String>();
        // The length is the body's, and how it was sent is between the two at its ends.
        let counts = |name: &str| !["content-length", "transfer-encoding"].contains(&name);
        let mut sent: Vec<(String, String)> = request["headers"]
            .as_object()
            .unwrap()
            .iter()
            .map(|(name, value)| (name.to_lowercase(), read(value.as_str().unwrap())))
            .filter(|(name, _)| counts(name))
            .collect();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let mut came: Vec<(String, String)> = got["headers"]
            .as_array()
            .unwrap()
            .iter()
            .map(|header| (text(&header[0]), text(&header[1])))
            .filter(|(name, _)| counts(name))
            .collect();
        sent.sort();
        came.sort();
        assert_eq!(came, sent, "{command}");
    }
}

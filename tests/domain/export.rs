//! Exports of recordings: what an archive says of a request is what the client of a real Gateway sent and got.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use tyk_tui::domain::address::Listen;
use tyk_tui::domain::effect;
use tyk_tui::domain::export::{Exporter, Format};
use tyk_tui::domain::object::{Head, Message, from_json, to_json};
use tyk_tui::domain::redact::Shown;

use super::recordings::{Case, cases};

/// The calls of a case as lines of `--json`; `None` where their bytes are not kept.
fn lines(case: &Case) -> Option<Vec<Value>> {
    let line = |(seq, dispatch): (usize, &Value)| {
        let request = case.bytes(dispatch, "request")?;
        let reply = case.bytes(dispatch, "reply");
        let head = Head::read(&request).unwrap();
        let answer = reply.as_deref().ok_or("no answer");
        let verdict = effect::judge(&request, answer, false, 4 << 20).unwrap();
        let json = |bytes: &[u8]| to_json(Message::Object, bytes, &Shown).unwrap();
        Some(json!({
            "seq": seq + 1, "at": format!("2026-11-26T12:00:00.{seq:06}Z"), "took_us": 300,
            "kind": "dispatch", "hook": head.hook.word(), "name": head.hook_name, "api": head.api_id,
            "outcome": verdict.outcome.word(), "status": verdict.status, "error": verdict.error,
            "request": json(&request), "reply": reply.as_deref().map(json),
        }))
    };
    case.dispatches().into_iter().enumerate().map(line).collect()
}

fn exported(format: Format, lines: &[Value]) -> String {
    let server: Listen = "127.0.0.1:50051".parse().unwrap();
    let mut exporter = Exporter::new(format, server, false);
    let mut text = exporter.begin();
    text.extend(lines.iter().map(|line| exporter.record(line)));
    text + &exporter.end().0
}

/// The bytes of a body in a case; `None` where only its size was kept.
fn body(of: &Value) -> Option<Vec<u8>> {
    match (&of["body"]["text"], &of["body"]["base64"]) {
        (Value::String(text), _) => Some(text.clone().into_bytes()),
        (_, Value::String(bytes)) => Some(BASE64_STANDARD.decode(bytes).unwrap()),
        _ => of["body"].is_null().then(Vec::new),
    }
}

/// The bytes of a body in an archive.
fn archived(of: &Value) -> Vec<u8> {
    let text = of["text"].as_str().unwrap_or_default();
    match of["encoding"].as_str().or(of["_encoding"].as_str()) {
        Some("base64") => BASE64_STANDARD.decode(text).unwrap(),
        _ => text.as_bytes().to_vec(),
    }
}

/// All values of a header in an archive.
fn values<'v>(headers: &'v Value, name: &str) -> Vec<&'v Value> {
    let named = |it: &&Value| it["name"].as_str().unwrap().eq_ignore_ascii_case(name);
    headers.as_array().unwrap().iter().filter(named).map(|it| &it["value"]).collect()
}

#[test]
fn an_archive_has_what_the_client_sent_and_got() {
    let (mut requests, mut answers, mut bodies) = (0, 0, 0);
    for case in cases() {
        let Some(lines) = lines(&case).filter(|lines| !lines.is_empty()) else { continue };
        let har: Value = serde_json::from_str(&exported(Format::Har, &lines)).unwrap();
        let entries = har["log"]["entries"].as_array().unwrap();
        let name = &case.name;
        // A rewritten URL makes two of one where nothing else ties its hooks together.
        let rewritten = |line: &Value| {
            line["request"]["request"]["requestUri"] != lines[0]["request"]["request"]["requestUri"]
        };
        if !lines.iter().any(rewritten) {
            assert_eq!(entries.len(), 1, "{name}: {entries:#?}");
            requests += 1;
        }
        // The one that is over first is written first.
        let first = entries.iter().find(|entry| entry["_dispatches"][0]["seq"] == 1);
        let (entry, sent) = (first.unwrap(), &case.recorded["http_request"]);
        let request = &entry["request"];
        if lines[0]["hook"] == "pre" && sent["method"].is_string() {
            assert_eq!(request["method"], sent["method"], "{name}");
            let path = sent["path"].as_str().unwrap();
            let url = request["url"].as_str().unwrap();
            // Behind a rewrite the Object has the URL that it was rewritten to.
            let as_sent = lines[0]["request"]["request"]["url"] == path;
            if as_sent && path.is_ascii() {
                assert!(url.ends_with(path), "{name}: {url} {path}");
            }
            if let Some(body) = body(sent) {
                assert_eq!(archived(&request["postData"]), body, "{name}");
                assert_eq!(request["bodySize"], body.len(), "{name}");
            }
        }
        let (response, got) = (&entry["response"], &case.recorded["http_response"]);
        if response["status"] == 0 || entries.len() > 1 {
            continue;
        }
        // Where the Gateway's connection broke there is none.
        let Some(status) = got["status"].as_u64() else { continue };
        assert_eq!(response["status"], status, "{name}");
        answers += 1;
        let (Some(got_body), Some(kept)) = (body(got), response["content"]["text"].as_str()) else {
            continue;
        };
        // Of some the client could not read all.
        if name.contains("override-own-") {
            continue;
        }
        let is_head = sent["method"] == "HEAD";
        if !is_head && !kept.is_empty() {
            assert_eq!(archived(&response["content"]), got_body, "{name}");
            bodies += 1;
        }
        for header_line in got["headers"].as_array().unwrap() {
            let (name, value) = (header_line[0].as_str().unwrap(), &header_line[1]);
            let archived = values(&response["headers"], name);
            if !archived.is_empty() && !["Date", "Content-Length"].contains(&name) {
                // The client of the recording read each byte as a character of its own.
                let read = |it: &Value| -> String {
                    it.as_str().unwrap().bytes().map(char::from).collect()
                };
                let is_there = archived.iter().any(|it| *it == value || read(it) == *value);
                assert!(is_there, "{}: {name} {archived:?}", case.name);
            }
        }
    }
    assert!(requests > 150 && answers > 80 && bodies > 50, "{requests} {answers} {bodies}");
}

#[test]
fn every_entry_has_what_the_specification_wants() {
    let wanted = [
        ("", &["startedDateTime", "time", "request", "response", "cache", "timings"][..]),
        (
            "/request",
            &[
                "method",
                "url",
                "httpVersion",
                "cookies",
                "headers",
                "queryString",
                "headersSize",
                "bodySize",
            ],
        ),
        (
            "/response",
            &[
                "status",
                "statusText",
                "httpVersion",
                "cookies",
                "headers",
                "content",
                "redirectURL",
                "headersSize",
                "bodySize",
            ],
        ),
        ("/response/content", &["size", "mimeType"]),
        ("/timings", &["send", "wait", "receive"]),
    ];
    for case in cases() {
        let Some(lines) = lines(&case) else { continue };
        let har: Value = serde_json::from_str(&exported(Format::Har, &lines)).unwrap();
        assert_eq!(har["log"]["version"], "1.2");
        assert!(
            har["log"]["creator"]["name"].is_string()
                && har["log"]["creator"]["version"].is_string()
        );
        for entry in har["log"]["entries"].as_array().unwrap() {
            for (part, names) in wanted {
                for name in names {
                    let there = entry.pointer(part).and_then(|part| part.get(name));
                    assert!(there.is_some_and(|it| !it.is_null()), "{}: {part}/{name}", case.name);
                }
            }
            assert!(entry["timings"]["wait"].as_f64().unwrap() >= 0.0);
            assert!(entry["request"]["url"].as_str().unwrap().is_ascii(), "{}", case.name);
            if let Some(posted) = entry["request"].get("postData") {
                assert!(posted["mimeType"].is_string() && posted["text"].is_string());
            }
        }
    }
}

#[test]
fn what_grpcurl_is_given_is_the_object() {
    let mut count = 0;
    for case in cases() {
        for line in lines(&case).into_iter().flatten() {
            let text = exported(Format::Grpcurl, std::slice::from_ref(&line));
            let json =
                text.split_once("<<'OBJECT'\n").unwrap().1.strip_suffix("\nOBJECT\n").unwrap();
            let json: Value = serde_json::from_str(json).unwrap();
            let [given, line] =
                [&json, &line["request"]].map(|json| from_json(Message::Object, json).unwrap());
            assert_eq!(given, line, "{}", case.name);
            count += 1;
        }
    }
    assert!(count > 300, "{count}");
}

//! Formats of text, made from lines.

use serde_json::json;

use super::*;
use crate::domain::address::Listen;

#[expect(clippy::needless_pass_by_value, reason = "each is made for its line")]
fn line(seq: u64, hook: &str, name: &str, request: Value) -> Value {
    json!({
        "seq": seq, "at": format!("2026-11-26T12:00:00.{seq:06}Z"), "took_us": 300, "held_us": 0,
        "kind": "dispatch", "peer": null, "hook": hook, "name": name, "api": "orders",
        "outcome": "passed", "status": null, "rule": null, "trimmed": false,
        "request": {"request": request}, "reply": {}, "error": null, "count": null,
    })
}

#[expect(clippy::needless_pass_by_value, reason = "it is written where it is used")]
fn sent(more: Value) -> Value {
    let mut request = json!({
        "method": "GET", "url": "/orders?a=b", "requestUri": "/orders?a=b", "scheme": "http",
        "headers": {"Host": "gw:8080", "User-Agent": "x", "Accept": "*/*"},
    });
    for (name, value) in more.as_object().unwrap() {
        request[name] = value.clone();
    }
    request
}

fn text(format: Format, alone: bool, lines: &[Value]) -> (String, Exported) {
    let server: Listen = "0.0.0.0:50051".parse().unwrap();
    let mut it = Exporter::new(format, server, alone);
    let mut text = it.begin();
    for line in lines {
        text.push_str(&it.record(line));
    }
    let (rest, exported) = it.end();
    (text + &rest, exported)
}

fn curl_of(request: Value) -> String {
    text(Format::Curl, true, &[line(1, "pre", "p", request)]).0
}

#[test]
fn curl_sends_what_the_object_has_and_nothing_of_its_own() {
    assert_eq!(
        curl_of(sent(json!({}))),
        "curl -H 'User-Agent: x' -H 'Accept: */*' 'http://gw:8080/orders?a=b'\n"
    );
    let bare = curl_of(sent(json!({"headers": {"Host": "gw"}, "method": "HEAD"})));
    assert_eq!(bare, "curl -I -H User-Agent: -H Accept: 'http://gw/orders?a=b'\n");
    let none = curl_of(sent(json!({"headers": {}, "scheme": "https", "url": "/a/../[b]"})));
    assert!(none.ends_with(" -g --path-as-is 'https://localhost/a/../[b]'\n"), "{none}");
    // What no URL can have came of a plugin: curl refuses it as it is.
    let wrong = curl_of(sent(json!({"url": "/a b\t?c=d é"})));
    assert!(wrong.ends_with(" 'http://gw:8080/a%20b%09?c=d%20é'\n"), "{wrong}");
    let upstream = curl_of(sent(json!({"url": "http://up:1/x?u=http://y"})));
    assert!(upstream.ends_with(" 'http://up:1/x?u=http://y'\n"), "{upstream}");
}

#[test]
fn curl_takes_bodies_of_any_bytes() {
    let body = |bytes: &[u8], headers: Value| {
        use base64::Engine as _;
        let raw = base64::prelude::BASE64_STANDARD.encode(bytes);
        curl_of(sent(json!({"method": "POST", "rawBody": raw, "headers": headers})))
    };
    let headers = json!({"Host": "gw", "User-Agent": "x", "Accept": "y", "Content-Type": "z"});
    let it = body(b"@it's\n", headers.clone());
    assert!(it.contains(r" --data-raw '@it'\''s") && it.contains("-H 'Content-Type: z'"), "{it}");
    let it = body(b"\xff\x001%", headers.clone());
    assert!(it.starts_with(r"printf '\377\0001%%' | curl "), "{it}");
    assert!(it.contains(" --data-binary @- "), "{it}");
    let it = body(&vec![b'a'; 200_000], headers);
    assert!(it.starts_with("printf 'aaa") && it.contains(" -H Expect: "), "{it:.80}");
    let it = body(b"x", json!({"Host": "gw", "X-Empty": "", "Content-Length": "1"}));
    let expected = "curl -H 'X-Empty;' -H User-Agent: -H Accept: -H Content-Type: --data-raw x";
    assert!(it.starts_with(expected), "{it}");
    let it = body(b"", json!({"Host": "gw", "Content-Length": "0"}));
    assert!(it.contains(" --data-raw '' "), "{it}");
}

#[test]
fn the_hooks_of_one_request_are_one_command_and_one_entry() {
    let lines = [
        line(1, "pre", "a", sent(json!({}))),
        line(2, "pre", "b", sent(json!({}))),
        // Another client's, at the same time.
        line(3, "pre", "a", sent(json!({"headers": {"Host": "gw:8080", "X-Client": "2"}}))),
        line(4, "auth_check", "c", sent(json!({"headers": {"Host": "gw:8080", "X-Client": "2"}}))),
        line(5, "auth_check", "c", sent(json!({"method": "PUT"}))),
        line(6, "pre", "a", sent(json!({"requestUri": "/other", "url": "/other"}))),
        json!({"kind": "event", "request": {"payload": "{}"}, "reply": {}}),
    ];
    let (curl, exported) = text(Format::Curl, false, &lines);
    assert_eq!((exported.records, exported.written, exported.left_out), (7, 3, 1));
    let heads: Vec<&str> = curl.lines().filter(|line| line.starts_with('#')).collect();
    assert_eq!(heads[0], "# #1 2026-11-26T12:00:00.000001Z pre a orders");
    assert_eq!((heads.len(), curl.matches("\ncurl ").count()), (3, 3), "{curl}");
    let (har, exported) = text(Format::Har, false, &lines);
    let har: Value = serde_json::from_str(&har).unwrap();
    let seqs: Vec<Vec<u64>> = har["log"]["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| {
            let hooks = entry["_dispatches"].as_array().unwrap().iter();
            hooks.map(|hook| hook["seq"].as_u64().unwrap()).collect()
        })
        .collect();
    assert_eq!(seqs, [vec![1, 2, 5], vec![3, 4], vec![6]]);
    assert_eq!((exported.written, exported.left_out), (3, 1));
}

#[test]
fn a_request_of_which_one_hook_is_meant_is_exported_whole_and_no_other_is() {
    let other = || sent(json!({"requestUri": "/other", "url": "/other"}));
    let upstream = sent(json!({"url": "http://up:1/orders"}));
    let lines = [
        line(1, "pre", "a", sent(json!({}))),
        line(2, "pre", "a", other()),
        line(3, "post", "b", other()),
        line(4, "response", "c", upstream),
    ];
    let event = json!({"kind": "event", "request": {"payload": "{}"}, "reply": {}});
    let export = |format: Format| {
        let mut it = Exporter::new(format, "127.0.0.1:1".parse().unwrap(), false);
        let mut text = it.begin();
        text.extend(lines[..3].iter().map(|line| it.other(line)));
        text.push_str(&it.other(&event));
        text.push_str(&it.record(&lines[3]));
        let (rest, exported) = it.end();
        (text + &rest, exported)
    };
    let (curl, exported) = export(Format::Curl);
    assert!(
        curl.starts_with("# #1 ") && curl.ends_with(" 'http://gw:8080/orders?a=b'\n"),
        "{curl}"
    );
    assert_eq!((exported.records, exported.written, exported.left_out), (2, 1, 0));
    let (har, exported) = export(Format::Har);
    let har: Value = serde_json::from_str(&har).unwrap();
    assert_eq!((exported.records, exported.written), (2, 1), "{har}");
    let entry = &har["log"]["entries"][0];
    assert_eq!(entry["request"]["url"], "http://gw:8080/orders?a=b");
    assert_eq!(entry["_dispatches"].as_array().unwrap().len(), 2);
    // What has a line for each record has those alone that are meant.
    assert_eq!(export(Format::Jsonl).0, format!("{}\n", lines[3]));
    assert_eq!(export(Format::Grpcurl).1.written, 1);
}

/// What fails only at the upstream has hooks behind it; what fails at once has none.
#[test]
fn hooks_behind_an_answer_that_fails_at_the_upstream_are_of_its_entry() {
    for (overrides, entries) in [(json!({"responseCode": -1}), 1), (Value::Null, 2)] {
        let mut failed = line(1, "pre", "a", sent(json!({})));
        failed["outcome"] = "failed".into();
        failed["status"] = 500.into();
        failed["error"] = "why".into();
        failed["reply"] = json!({"request": {"url": "/orders?a=b", "returnOverrides": overrides}});
        let lines = [failed, line(2, "post", "b", sent(json!({})))];
        let (har, exported) = text(Format::Har, false, &lines);
        let har: Value = serde_json::from_str(&har).unwrap();
        assert_eq!(exported.written, entries, "{har}");
        let response = &har["log"]["entries"][0]["response"];
        assert_eq!(response["status"], 500);
        assert_eq!(response["comment"], "the request fails by the plugin's answer: why");
    }
    let mut refused = line(1, "pre", "a", sent(json!({})));
    refused["outcome"] = "failed".into();
    refused["error"] = "why".into();
    refused["reply"] = Value::Null;
    let (har, _) = text(Format::Har, false, &[refused]);
    let har: Value = serde_json::from_str(&har).unwrap();
    let response = &har["log"]["entries"][0]["response"];
    assert_eq!(response["comment"], "the plugin's call failed: why");
}

#[test]
fn what_was_noted_is_beside_its_request() {
    let mut lines = [line(1, "pre", "a", sent(json!({}))), line(2, "post", "b", sent(json!({})))];
    lines[0]["note"] = "slow\nhere".into();
    lines[1]["note"] = "".into();
    let (har, _) = text(Format::Har, false, &lines);
    let har: Value = serde_json::from_str(&har).unwrap();
    assert_eq!(har["log"]["entries"][0]["comment"], "slow\nhere");
    let (grpcurl, _) = text(Format::Grpcurl, false, &lines);
    assert_eq!(grpcurl.matches("# note: slow here\n").count(), 1, "{grpcurl}");
    assert_eq!(grpcurl.matches("# note:").count(), 1, "{grpcurl}");
}

#[test]
fn a_trace_id_is_believed_before_anything_else() {
    let traced = |seq, hook, trace: &str, uri: &str| {
        let headers = json!({"Host": "gw", "Traceparent": trace});
        line(seq, hook, "f", sent(json!({"headers": headers, "requestUri": uri})))
    };
    let lines = [
        traced(1, "pre", "00-a", "/x"),
        traced(2, "pre", "00-b", "/x"),
        traced(3, "post", "00-b", "/rewritten"),
        traced(4, "post", "00-a", "/x"),
    ];
    let (har, _) = text(Format::Har, false, &lines);
    let har: Value = serde_json::from_str(&har).unwrap();
    let second = &har["log"]["entries"][1]["_dispatches"];
    assert_eq!((&second[0]["seq"], &second[1]["seq"]), (&json!(2), &json!(3)));
}

#[test]
fn what_hides_a_secret_says_so_in_itself() {
    let hidden = sent(json!({"headers": {"Host": "gw", "Authorization": "«redacted 9f31c2»"}}));
    let lines = [line(1, "pre", "p", hidden), line(2, "pre", "p", sent(json!({})))];
    for (format, times) in [(Format::Curl, 1), (Format::Grpcurl, 1), (Format::Har, 1)] {
        let (text, exported) = text(format, false, &lines);
        assert_eq!(text.matches("it cannot be replayed").count(), times, "{text}");
        assert_eq!(exported.redacted, 1);
    }
    let (har, _) = text(Format::Har, true, &lines[1..]);
    assert!(!har.contains("redacted"), "{har}");
}

#[test]
fn grpcurl_sends_the_object_to_who_listens_everywhere_and_at_a_socket() {
    let (text, exported) = text(Format::Grpcurl, true, &[line(1, "pre", "p", sent(json!({})))]);
    let head =
        "grpcurl -plaintext -d @ 127.0.0.1:50051 coprocess.Dispatcher/Dispatch <<'OBJECT'\n{\n";
    assert!(text.starts_with(head) && text.ends_with("\n}\nOBJECT\n"), "{text}");
    let json = text.strip_prefix(&head[..head.len() - 2]).unwrap();
    let json: Value = serde_json::from_str(json.strip_suffix("\nOBJECT\n").unwrap()).unwrap();
    assert_eq!(json["request"]["url"], "/orders?a=b");
    assert_eq!(exported.written, 1);
    let event = json!({"kind": "event", "request": {"payload": "it's"}, "reply": {}});
    let socket = Listen::Unix("/run/a b.sock".into());
    let mut it = Exporter::new(Format::Grpcurl, socket, true);
    let text = it.record(&event);
    let head = "grpcurl -plaintext -d @ -unix '/run/a b.sock' coprocess.Dispatcher/DispatchEvent";
    assert!(text.starts_with(head), "{text}");
    assert_eq!(it.record(&json!({"kind": "dropped", "request": null})), "");
}

#[test]
fn entries_of_an_http_archive_are_in_the_order_in_which_their_requests_began() {
    let of = |path: &str| sent(json!({"url": path, "requestUri": path}));
    let mut refused = line(2, "pre", "p", of("/b"));
    refused["outcome"] = "refused".into();
    let lines = [
        line(1, "pre", "p", of("/a")),
        refused,
        line(3, "pre", "p", of("/c")),
        line(4, "post", "q", of("/a")),
    ];
    let (har, exported) = text(Format::Har, false, &lines);
    assert_eq!(exported.written, 3);
    let har: Value = serde_json::from_str(&har).unwrap();
    let entries = har["log"]["entries"].as_array().unwrap();
    let began: Vec<&str> =
        entries.iter().map(|it| it["startedDateTime"].as_str().unwrap()).collect();
    assert!(began.is_sorted(), "{began:?}");
    assert_eq!(entries[0]["_dispatches"].as_array().unwrap().len(), 2);
}

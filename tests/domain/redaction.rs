//! No secret of a recording is anywhere in what is shown of it: in clear, percent-encoded, or in base64.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;
use tyk_tui::domain::object::{Message, to_json};
use tyk_tui::domain::redact::{Policy, Redacted};

use crate::recordings::sides;

/// The shortest that is looked for: shorter ones stand in words that are no secret.
const SHORTEST: usize = 5;

fn headers(map: &Value, secrets: &mut BTreeSet<String>) {
    for (name, value) in map.as_object().into_iter().flatten() {
        header(name, value.as_str().unwrap_or_default(), secrets);
    }
}

fn header(name: &str, value: &str, secrets: &mut BTreeSet<String>) {
    let name = name.to_ascii_lowercase();
    if name.ends_with("authorization") {
        secrets.insert(value.to_owned());
        secrets.extend(value.split_once(' ').map(|(_, credentials)| credentials.to_owned()));
    }
    if name.ends_with("cookie") {
        secrets.insert(value.to_owned());
        let pairs = value.split(';').take(if name == "cookie" { 99 } else { 1 });
        secrets.extend(pairs.filter_map(|pair| Some(pair.split_once('=')?.1.to_owned())));
    }
}

/// By an own, plain reading of what is secret in a message.
fn secrets(message: Message, json: &Value) -> BTreeSet<String> {
    let mut secrets = BTreeSet::new();
    let mut add = |value: &Value| secrets.extend(value.as_str().map(str::to_owned));
    if message == Message::Event {
        let payload: Value = serde_json::from_str(json["payload"].as_str().unwrap()).unwrap();
        let meta = &payload["message"]["Meta"];
        add(&meta["Key"]);
        let request =
            BASE64_STANDARD.decode(meta["OriginatingRequest"].as_str().unwrap_or_default());
        for line in String::from_utf8_lossy(&request.unwrap()).lines() {
            if let Some((name, value)) = line.split_once(": ") {
                header(name, value, &mut secrets);
            }
        }
        return secrets;
    }
    add(&json["metadata"]["token"]);
    let session = &json["session"];
    for place in ["/metadata/token", "/keyId", "/hmacSecret", "/jwtData/secret"] {
        session.pointer(place).into_iter().for_each(&mut add);
    }
    session.pointer("/basicAuthData/password").into_iter().for_each(&mut add);
    add(&json["request"]["params"]["key"]);
    for multivalue in json["response"]["multivalueHeaders"].as_array().into_iter().flatten() {
        for value in multivalue["values"].as_array().into_iter().flatten() {
            header(multivalue["key"].as_str().unwrap(), value.as_str().unwrap(), &mut secrets);
        }
    }
    headers(&json["request"]["headers"], &mut secrets);
    headers(&json["request"]["setHeaders"], &mut secrets);
    headers(&json["response"]["headers"], &mut secrets);
    let body = json["request"]["body"].as_str().unwrap_or_default();
    if let Some((_, password)) = body.split_once("password=") {
        let password = password.split('&').next().unwrap();
        secrets.insert(password.to_owned());
        secrets.insert(password.replace('+', " "));
    }
    secrets
}

/// All texts of a JSON value, and what is base64 in them, twice over.
fn texts(value: &Value, out: &mut Vec<String>) {
    match value {
        Value::String(text) => unfold(text, 0, out),
        Value::Array(items) => items.iter().for_each(|item| texts(item, out)),
        Value::Object(members) => members.iter().for_each(|(name, value)| {
            out.push(name.clone());
            texts(value, out);
        }),
        _ => {}
    }
}

fn unfold(text: &str, depth: usize, out: &mut Vec<String>) {
    out.push(text.to_owned());
    if depth == 3 {
        return;
    }
    let of_base64 = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/');
    for run in text.split(|c| !of_base64(c)).filter(|run| run.len() > 6) {
        let run = &run[..run.len() - run.len() % 4];
        if let Ok(bytes) = base64_lenient(run) {
            unfold(&String::from_utf8_lossy(&bytes), depth + 1, out);
        }
    }
    if let Ok(bytes) = BASE64_STANDARD.decode(text) {
        unfold(&String::from_utf8_lossy(&bytes), depth + 1, out);
    }
}

fn base64_lenient(run: &str) -> Result<Vec<u8>, base64::DecodeError> {
    base64::prelude::BASE64_STANDARD_NO_PAD.decode(run)
}

#[test]
fn no_secret_of_a_recording_is_shown() {
    let redacted = Redacted::new(Policy::default(), [42; 32]);
    let mut looked_for = 0;
    for side in sides() {
        let shown = to_json(side.message, &side.bytes, &redacted).unwrap();
        let mut lines = Vec::new();
        texts(&shown, &mut lines);
        for secret in secrets(side.message, &side.json) {
            if secret.len() < SHORTEST {
                continue;
            }
            looked_for += 1;
            let percent: String = secret
                .bytes()
                .map(|b| {
                    if b.is_ascii_alphanumeric() {
                        char::from(b).to_string()
                    } else {
                        format!("%{b:02X}")
                    }
                })
                .collect();
            for line in &lines {
                assert!(
                    !line.contains(&secret) && !line.contains(&percent),
                    "{}: {secret:?} in {line}",
                    side.name
                );
            }
        }
    }
    assert!(looked_for > 700, "{looked_for}");
}

/// Redaction hides what is secret and little else: the same members, and the places that hold none as they were.
#[test]
fn what_is_not_secret_is_shown_as_it_was() {
    let redacted = Redacted::new(Policy::default(), [42; 32]);
    for side in sides() {
        if side.message != Message::Object {
            continue;
        }
        let shown = to_json(side.message, &side.bytes, &redacted).unwrap();
        for place in ["/hookType", "/request/method", "/request/headers/User-Agent", "/spec"] {
            assert_eq!(shown.pointer(place), side.json.pointer(place), "{}{place}", side.name);
        }
        let keys = |json: &Value| json.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(keys(&shown), keys(&side.json), "{}", side.name);
    }
}

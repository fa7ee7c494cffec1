//! What we say that a Gateway will do with an answer, against what it did.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;
use tyk_tui::domain::effect::{Edited, Fate, Outcome, Verdict, changes, fates, judge};
use tyk_tui::domain::object::{Message, to_json};
use tyk_tui::domain::redact::Shown;

use crate::recordings::{Case, cases, file};

const LIMIT: usize = 4 << 20;

/// The verdict on one call, where its bytes are kept.
fn verdict(case: &Case, dispatch: &serde_json::Value) -> Option<Verdict> {
    let request = case.bytes(dispatch, "request")?;
    let reply = case.bytes(dispatch, "reply");
    let error = dispatch["error"].as_str();
    let answer = match (&reply, error) {
        (_, Some(error)) => Err(error),
        (Some(reply), None) => Ok(&reply[..]),
        (None, None) => return None,
    };
    let limit = if case.name.contains("recv-") { usize::MAX } else { LIMIT };
    judge(&request, answer, false, limit).ok()
}

#[test]
fn the_status_that_the_last_answer_fixes_is_what_the_client_got() {
    let mut fixed = 0;
    for case in cases() {
        let Some(last) = case.dispatches().pop() else { continue };
        let Some(verdict) = verdict(&case, last) else { continue };
        let seen = case.status();
        if let Some(status) = verdict.status {
            fixed += 1;
            assert_eq!(Some(u64::from(status)), seen, "{} {verdict:?}", case.name);
        }
        if seen.is_none() {
            assert_eq!((verdict.outcome, verdict.status), (Outcome::Failed, None), "{}", case.name);
        }
        if verdict.outcome == Outcome::Failed {
            assert!(
                verdict.error.is_some() && case.recorded["upstream_saw"].is_null()
                    || last["file"].as_str().unwrap().contains("Response"),
                "{}",
                case.name
            );
        }
    }
    assert!(fixed > 100, "{fixed}");
}

#[test]
fn each_recorded_answer_has_the_outcome_that_its_name_promises() {
    let mut seen = 0;
    for case in cases() {
        for dispatch in case.dispatches() {
            let Some(verdict) = verdict(&case, dispatch) else { continue };
            let name = file(dispatch);
            let auth = name.contains("CustomKeyCheck");
            let expected = match name.split_once('-').unwrap().1.split_once('-').unwrap().1 {
                name if name.starts_with("echo") && auth => Outcome::Refused,
                name if name.starts_with("echo") => Outcome::Passed,
                "set_headers" if auth => Outcome::Refused,
                "url_query" if case.name.ends_with("rewrite-and-plugin-url") => Outcome::Failed,
                "set_headers" | "auth_ok" | "resp_status" | "url_query" | "params" => {
                    Outcome::Changed
                }
                "grpc_error" | "empty" | "no_overrides" | "no_request" | "url_bad" => {
                    if name.contains("Response-no_request") {
                        Outcome::Changed
                    } else {
                        Outcome::Failed
                    }
                }
                "override_401" if name.contains("Response") => Outcome::Changed,
                "unnamed" | "auth_deny" | "override_401" | "oe_401" | "oe_401_err" => {
                    Outcome::Refused
                }
                "override_200" | "override_302" | "oe_200" | "oe_200_err" => Outcome::Overridden,
                _ => continue,
            };
            seen += 1;
            assert_eq!(verdict.outcome, expected, "{}/{name} {verdict:?}", case.name);
        }
    }
    assert!(seen > 300, "{seen}");
}

/// What a client or an upstream gets, as far as answers decide it.
#[derive(Debug, Default, PartialEq)]
struct Got {
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Got {
    fn set(&mut self, name: &str, value: &str) {
        self.delete(name);
        self.headers.push((name.to_lowercase(), value.to_owned()));
    }

    fn delete(&mut self, name: &str) {
        self.headers.retain(|(key, _)| !key.eq_ignore_ascii_case(name));
    }

    fn sorted(mut self) -> Self {
        self.headers.sort();
        self
    }
}

fn headers(list: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let list = list.as_array().into_iter().flatten();
    list.map(|pair| (text(&pair[0]).to_lowercase(), text(&pair[1]))).collect()
}

/// The upstream's own host, which it sees whatever the client and the plugins named: each recorder's upstream was on loopback.
fn upstream_of(case: &Case) -> String {
    let seen = headers(&case.recorded["upstream_saw"]["headers"]);
    let host = seen.iter().find(|(name, _)| name == "host").map(|(_, value)| value.clone());
    host.filter(|host| host.starts_with("127.0.0.1:")).unwrap_or_default()
}

/// What the client got as a body.
fn body_of(client: &Value) -> Vec<u8> {
    let body = &client["body"];
    match (body["text"].as_str(), body["base64"].as_str()) {
        (Some(text), _) => text.as_bytes().to_vec(),
        (None, Some(bytes)) => BASE64_STANDARD.decode(bytes).unwrap(),
        (None, None) => Vec::new(),
    }
}

/// What the upstream gets where nothing is edited: the client's request, without the listen path.
fn as_sent(case: &Case, sent: &Value) -> Got {
    let request = &case.recorded["http_request"];
    let path = request["path"].as_str().unwrap();
    let stripped =
        path.find('/').and_then(|_| path[1..].find('/')).map_or("/", |at| &path[at + 1..]);
    let body = sent["request"]["rawBody"].as_str().unwrap_or_default();
    Got {
        method: request["method"].as_str().unwrap().to_owned(),
        path: stripped.to_owned(),
        headers: [
            headers(&request["headers"]).into_iter().filter(|(name, _)| name != "host").collect(),
            vec![("host".into(), upstream_of(case))],
        ]
        .concat(),
        body: BASE64_STANDARD.decode(body).unwrap(),
    }
}

/// Headers that the Gateway and the machinery around it write.
const MADE: [&str; 8] = [
    "user-agent",
    "accept",
    "accept-encoding",
    "content-length",
    "x-forwarded-for",
    "date",
    "server",
    "x-generator",
];

fn without_made(got: Got) -> Got {
    let kept = |(name, _): &(String, String)| {
        !MADE.contains(&name.as_str()) && !name.starts_with("x-ratelimit")
    };
    Got { headers: got.headers.into_iter().filter(kept).collect(), ..got }.sorted()
}

/// Does to a request what is said to be applied, and nothing else; whether its query may be written anew.
fn apply(got: &mut Got, edits: &[Edited]) -> bool {
    let mut anew = false;
    let loses = edits.iter().any(|edit| edit.fate == Fate::Applied && edit.why.contains("loses"));
    let (mut path, mut query) = parted(&if loses { readable(&got.path) } else { got.path.clone() });
    for edit in edits.iter().filter(|edit| edit.fate == Fate::Applied) {
        let text = edit.change.after.as_ref().and_then(Value::as_str).unwrap_or_default();
        let at: Vec<&str> = edit.change.path.iter().map(String::as_str).collect();
        anew |= matches!(at.get(1), Some(&("url" | "addParams" | "deleteParams")));
        match at.as_slice() {
            ["request", "setHeaders", name] => got.set(name, text),
            ["request", "deleteHeaders", name] => got.delete(name),
            ["request", "method"] => text.clone_into(&mut got.method),
            ["request", "rawBody"] => got.body = BASE64_STANDARD.decode(text).unwrap(),
            ["request", "url"] => {
                let to = text.split('?').next().unwrap();
                let after = to.split_once(':').filter(|_| edit.why.contains("after the colon"));
                after.map_or(to, |(_, after)| after).clone_into(&mut path);
            }
            ["request", "addParams", name] => {
                query.retain(|(key, _)| key != name);
                query.push(((*name).to_owned(), text.to_owned()));
            }
            ["request", "deleteParams", name] => query.retain(|(key, _)| key != name),
            ["session" | "metadata", ..] => {}
            at => panic!("{at:?} is applied to no request"),
        }
    }
    if anew {
        query.sort();
        got.path = format!("{path}?{}", written(&query));
    }
    anew
}

fn written(query: &[(String, String)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish()
}

/// The same without the pairs of its query that Go's parser leaves out.
fn readable(path: &str) -> String {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let is_escape =
        |rest: &str| rest.len() > 1 && rest[..2].bytes().all(|it| it.is_ascii_hexdigit());
    let is_read = |pair: &&str| !pair.contains(';') && pair.split('%').skip(1).all(is_escape);
    let pairs: Vec<&str> = query.split('&').filter(is_read).collect();
    format!("{path}?{}", pairs.join("&"))
}

/// A path, and the pairs of its query.
fn parted(path: &str) -> (String, Vec<(String, String)>) {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    (path.to_owned(), form_urlencoded::parse(query.as_bytes()).into_owned().collect())
}

fn canonical(bytes: &[u8]) -> Value {
    to_json(Message::Object, bytes, &Shown).unwrap()
}

/// An answer with which the request is said to fail.
fn fails(case: &Case, broken: &Edited) {
    let (name, client) = (&case.name, &case.recorded["http_response"]);
    assert!(broken.fix.is_some(), "{name}");
    if broken.change.path.get(2).is_some_and(|it| it == "headers") {
        // The client gets the status, and no whole body or one that it cannot read.
        let of = |wanted: &str| {
            let got = headers(&client["headers"]);
            got.into_iter().filter(|(name, _)| name == wanted).count()
        };
        return assert!(client["short"].is_string() || of("transfer-encoding") > 1, "{name}");
    }
    let status = client["status"].as_u64();
    let said = ["500", "403"].iter().find(|status| broken.why.starts_with(**status));
    assert_eq!(status, said.map(|status| status.parse().unwrap()), "{name}: {broken:?}");
}

/// A response hook's answer, and what the client got.
fn responds(case: &Case, sent: &Value, answer: &Value, edits: &[Edited]) {
    let (name, client) = (&case.name, &case.recorded["http_response"]);
    let mut got = Got {
        body: BASE64_STANDARD
            .decode(sent["response"]["rawBody"].as_str().unwrap_or_default())
            .unwrap(),
        ..Got::default()
    };
    for header in sent["response"]["multivalueHeaders"].as_array().unwrap() {
        for value in header["values"].as_array().unwrap() {
            let key = header["key"].as_str().unwrap().to_lowercase();
            got.headers.push((key, value.as_str().unwrap().to_owned()));
        }
    }
    let mut status = sent["response"]["statusCode"].as_u64();
    for edit in edits.iter().filter(|edit| edit.fate == Fate::Applied) {
        let path: Vec<&str> = edit.change.path.iter().map(String::as_str).collect();
        let after = edit.change.after.as_ref();
        let text = after.and_then(Value::as_str).unwrap_or_default();
        match path.as_slice() {
            ["response", "statusCode"] => status = after.and_then(Value::as_u64),
            ["response", "rawBody"] => got.body = BASE64_STANDARD.decode(text).unwrap(),
            ["response", "headers", name] if after.is_none() => got.delete(name),
            ["response", "headers", name] => got.set(name, text),
            ["response", "multivalueHeaders", name] => {
                got.delete(name);
                // Where it is gone, that of `headers` is left.
                let is_left = edit.why.contains("that value alone");
                let left = answer["response"]["headers"].get(name).filter(|_| is_left);
                let values = after.map(|after| after.as_array().unwrap().iter().collect());
                for value in values.unwrap_or(left.into_iter().collect::<Vec<_>>()) {
                    got.headers.push((name.to_lowercase(), value.as_str().unwrap().to_owned()));
                }
            }
            path => panic!("{name}: {path:?} is applied to no response"),
        }
    }
    let mut seen =
        Got { headers: headers(&client["headers"]), body: body_of(client), ..Got::default() };
    // Go's server sniffs a type where there is none, and takes it away with 304.
    if got.headers.iter().all(|(name, _)| name != "content-type") {
        seen.delete("content-type");
    }
    if status == Some(304) {
        got.delete("content-type");
    }
    // Where the client asked for it.
    seen.delete("connection");
    got.delete("connection");
    if matches!(status, Some(204 | 304)) {
        got.body.clear();
    }
    assert_eq!(client["status"].as_u64(), status, "{name}");
    assert_eq!(without_made(seen), without_made(got), "{name}");
}

/// A request hook's answer that is said to end the request, and what the client got.
fn overrides(case: &Case, answer: &Value, edits: &[Edited]) {
    let (name, client) = (&case.name, &case.recorded["http_response"]);
    let upstream = &case.recorded["upstream_saw"];
    let client_body = client["body"]["text"].as_str().unwrap_or_default();
    let applied = |pointer: &[&str]| {
        edits.iter().find(|edit| edit.fate == Fate::Applied && edit.change.path == pointer)
    };
    assert!(upstream.is_null(), "{name}");
    let overrides = &answer["request"]["returnOverrides"];
    assert_eq!(client["status"], overrides["responseCode"], "{name}");
    let got = headers(&client["headers"]);
    for (header, value) in overrides["headers"].as_object().into_iter().flatten() {
        let is_said = applied(&["request", "returnOverrides", "headers", header]).is_some();
        // Go's server writes these itself.
        let of_body = ["content-length", "transfer-encoding"];
        if !is_said && of_body.contains(&header.to_lowercase().as_str()) {
            continue;
        }
        let value = value.as_str().unwrap().replace(['\r', '\n'], " ");
        // The recorder's HTTP client took each byte for a character.
        let value = value.trim_matches([' ', '\t']).bytes().map(char::from).collect();
        assert_eq!(got.contains(&(header.to_lowercase(), value)), is_said, "{name} {header}");
    }
    for field in ["responseError", "responseBody"] {
        let Some(text) = overrides[field].as_str() else { continue };
        let said = edits.iter().find(|edit| edit.change.path.last().unwrap() == field).unwrap();
        let escaped = text.replace('"', "\\\"").replace('\'', "\\'");
        let text_is_there = client_body.contains(&escaped) || client_body.contains(text);
        assert_eq!(said.fate == Fate::Applied, text_is_there, "{name} {said:?} {client_body}");
        let as_it_is = said.why.contains("as it is") || said.why.contains("as which");
        if said.fate == Fate::Applied {
            assert_eq!(client_body == text, as_it_is, "{name} {said:?} {client_body}");
        }
    }
}

/// Goes the way of a request: does to it what is said of each answer, and compares what comes out with what the upstream and
/// the client saw. The error: why nothing can be compared.
fn compare(case: &Case) -> Result<(), &'static str> {
    let name = &case.name;
    let upstream = &case.recorded["upstream_saw"];
    let client = &case.recorded["http_response"];
    let mut calls = case.dispatches().into_iter().peekable();
    if calls.peek().is_none() {
        return Err("no hook was called");
    }
    let mut got: Option<(Got, bool)> = None;
    let mut compared = false;
    while let Some(call) = calls.next() {
        let Some(sent) = case.bytes(call, "request") else { return Err("its bytes are not kept") };
        let sent = canonical(&sent);
        let Some(answer) = case.bytes(call, "reply") else {
            // There is nothing to tell of edits: the call itself failed.
            let verdict = verdict(case, call).unwrap();
            assert_eq!(verdict.outcome, Outcome::Failed, "{name}");
            assert_eq!(client["status"].as_u64(), verdict.status.map(u64::from), "{name}");
            return Ok(());
        };
        let answer = canonical(&answer);
        let edits = fates(&sent, &answer, false);
        // Each edit is told of, and no edit is where there is none.
        assert_eq!(changes(&sent, &answer).is_empty(), sent == answer, "{name}");
        for change in changes(&sent, &answer) {
            assert!(edits.iter().any(|edit| edit.change == change), "{name} {change:?}");
        }
        for edit in &edits {
            let says = edit.why.starts_with("depends on ");
            assert_eq!(edit.fate == Fate::Depends, says, "{name} {edit:?}");
        }
        if let Some(broken) = edits.iter().find(|edit| edit.fate == Fate::Breaks) {
            assert!(sent["hookType"] == "Response" || upstream.is_null(), "{name}");
            let of_answer = broken.change.path.get(2).is_some_and(|it| it == "headers");
            assert!(of_answer || edits.iter().all(|edit| edit.fate != Fate::Applied), "{name}");
            fails(case, broken);
            assert!(calls.next().is_none(), "{name}: a hook after {broken:?}");
            return Ok(());
        }
        if sent["hookType"] == "Response" {
            responds(case, &sent, &answer, &edits);
            compared = true;
            continue;
        }
        let (request, anew) = got.get_or_insert_with(|| (as_sent(case, &sent), false));
        let code = |edit: &Edited| {
            edit.fate == Fate::Applied && edit.change.path.last().unwrap() == "responseCode"
        };
        if edits.iter().any(code) {
            overrides(case, &answer, &edits);
            assert!(calls.next().is_none(), "{name}: a hook after an override");
            return Ok(());
        }
        *anew |= apply(request, &edits);
    }
    if let (Some((got, anew)), false) = (got, upstream.is_null()) {
        let mut seen = Got {
            method: upstream["method"].as_str().unwrap().to_owned(),
            path: upstream["path"].as_str().unwrap().to_owned(),
            headers: headers(&upstream["headers"]),
            body: BASE64_STANDARD.decode(upstream["body"].as_str().unwrap()).unwrap(),
        };
        if anew {
            let (path, mut query) = parted(&seen.path);
            query.sort();
            seen.path = format!("{path}?{}", written(&query));
        }
        assert_eq!(without_made(seen), without_made(got), "{name}");
        compared = true;
    }
    if compared { Ok(()) } else { Err("nobody says what the upstream saw") }
}

/// The cases of which nothing can be compared, and why.
const NOT_COMPARED: [(&str, &str); 1] = [("effects/auth-not-enabled", "no hook was called")];

/// Cases in which the Gateway does more to an echoed request than any plugin asked for.
const OF_ITS_OWN: [&str; 8] = [
    "more/absolute-form",
    "more/connection-headers",
    "more/method-transform",
    "more/otel-incoming",
    "more/otel-incoming-unsampled",
    "more/otel-no-incoming",
    "more/rewrite-and-echo",
    "more/websocket-upgrade",
];

#[test]
fn what_is_said_to_be_applied_and_ignored_is_what_upstream_and_client_saw_in_each_case() {
    let cases: Vec<Case> = cases();
    let of_its_own = |case: &Case| OF_ITS_OWN.contains(&case.name.as_str());
    assert_eq!(cases.iter().filter(|case| of_its_own(case)).count(), OF_ITS_OWN.len());
    let mut compared = 0;
    let mut left = Vec::new();
    for case in cases.iter().filter(|case| !of_its_own(case)) {
        match compare(case) {
            Ok(()) => compared += 1,
            Err(why) => left.push((case.name.as_str(), why)),
        }
    }
    assert!(compared > 180, "{compared}");
    let of_effects =
        |case: &&str| case.starts_with("effects/") || case.starts_with("extra/override-");
    left.retain(|(case, _)| of_effects(case));
    assert_eq!(left, NOT_COMPARED);
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/dispatch/effects");
    let effects = cases.iter().filter(|case| case.name.starts_with("effects/"));
    assert_eq!(effects.count(), std::fs::read_dir(folder).unwrap().count());
}

#[test]
fn a_session_is_kept_of_auth_check_alone() {
    let mut seen = 0;
    for case in cases() {
        let of = |dispatch: &Value| {
            let sides = ["request", "reply"].map(|side| case.bytes(dispatch, side));
            let [Some(sent), Some(answer)] = sides else { return None };
            Some((canonical(&sent), canonical(&answer)))
        };
        let calls: Vec<_> = case.dispatches().into_iter().filter_map(of).collect();
        for pair in calls.windows(2) {
            let [(sent, answer), (next, _)] = pair else { continue };
            let edits = fates(sent, answer, false);
            for edit in edits.iter().filter(|edit| edit.change.path[0] == "session") {
                seen += 1;
                if edit.fate == Fate::Depends {
                    continue;
                }
                let pointer = format!("/{}", edit.change.path.join("/"));
                let is_there =
                    next.pointer(&pointer).is_some_and(|value| match (&edit.change.after, value) {
                        // What the Gateway adds to a new session is its own.
                        (Some(Value::Object(made)), Value::Object(kept)) => {
                            ["rate", "per"].iter().all(|key| made.get(*key) == kept.get(*key))
                        }
                        (after, value) => after.as_ref() == Some(value),
                    });
                assert_eq!(edit.fate == Fate::Applied, is_there, "{} {edit:?}", case.name);
            }
        }
    }
    assert!(seen > 5, "{seen}");
}

//! Answers of which there is no recording, or none whose bytes are kept.

use super::*;
use crate::domain::object::wire::{put_bytes, put_entry, put_text, put_varint};

const LIMIT: usize = 1000;

fn object(hook: u8, request: &[u8], rest: &[u8]) -> Vec<u8> {
    let mut out = vec![0x08, hook];
    put_bytes(&mut out, 3, request);
    out.extend_from_slice(rest);
    out
}

/// A request with overrides of this code.
fn request(code: u16) -> Vec<u8> {
    let mut out = Vec::new();
    put_text(&mut out, 5, "/x");
    let mut overrides = vec![0x08];
    put_varint(&mut overrides, u64::from(code));
    put_bytes(&mut out, 10, &overrides);
    out
}

fn verdict(hook: u8, answer: &[u8]) -> (Outcome, Option<u16>) {
    let verdict = judge(&object(hook, &request(0), &[]), Ok(answer), false, LIMIT).unwrap();
    assert_eq!(verdict.error.is_some(), verdict.outcome == Outcome::Failed, "{verdict:?}");
    (verdict.outcome, verdict.status)
}

#[test]
fn what_the_gateway_cannot_take_fails_with_403_from_auth_hooks_and_500_from_others() {
    let mut long = object(1, &request(0), &[]);
    put_text(&mut long, 2, &"x".repeat(LIMIT));
    let mut not_text = object(1, &request(0), &[]);
    put_bytes(&mut not_text, 2, &[0xff]);
    let truncated = &object(1, &request(0), &[])[..5];
    for answer in [Err("gone"), Ok(&long[..]), Ok(&not_text[..]), Ok(truncated)] {
        for (hook, status) in [(1, 500), (2, 500), (3, 500), (4, 403), (5, 500)] {
            let verdict = judge(&object(hook, &[], &[]), answer, false, LIMIT).unwrap();
            assert_eq!((verdict.outcome, verdict.status), (Outcome::Failed, Some(status)));
            assert!(verdict.error.is_some());
        }
    }
    let exact = LIMIT - (long.len() - LIMIT);
    let mut fits = object(1, &request(0), &[]);
    put_text(&mut fits, 2, &"x".repeat(exact));
    assert_eq!(fits.len(), LIMIT);
    assert_eq!(verdict(1, &fits), (Outcome::Changed, None));
}

#[test]
fn codes_that_are_no_status_panic_the_gateway() {
    for code in [1, 99, 1000] {
        assert_eq!(verdict(2, &object(2, &request(code), &[])), (Outcome::Failed, None));
    }
    assert_eq!(verdict(2, &object(2, &request(103), &[])), (Outcome::Overridden, None));
    assert_eq!(verdict(2, &object(2, &request(399), &[])), (Outcome::Overridden, Some(399)));
    assert_eq!(verdict(2, &object(2, &request(400), &[])), (Outcome::Refused, Some(400)));
    let response = object(5, &[], &[0x3a, 0x02, 0x08, 0x32]);
    assert_eq!(verdict(5, &response), (Outcome::Failed, None));
    // An informational status of a response is followed by 200, and 101 is not written at all.
    for status in [100, 101, 103] {
        let response = object(5, &[], &[0x3a, 0x02, 0x08, status]);
        assert_eq!(verdict(5, &response), (Outcome::Changed, Some(200)));
    }
}

#[test]
fn header_values_that_go_will_not_send_fail() {
    for (name, value, fails) in [
        ("X-A", "one\ntwo", true),
        ("X-A", "one\rtwo", true),
        ("X-A", "\0", true),
        ("X-A", "\x7f", true),
        ("X A", "v", true),
        ("", "v", true),
        ("X-A", "tab\there, ümlaut", false),
        // The Gateway's proxy takes it away before Go looks at it.
        ("Proxy-Connection", "one\ntwo", false),
    ] {
        let mut request = request(0);
        put_entry(&mut request, 2, name, value);
        let expected = if fails { (Outcome::Failed, Some(500)) } else { (Outcome::Changed, None) };
        assert_eq!(verdict(1, &object(1, &request, &[])), expected, "{name:?} {value:?}");
    }
}

#[test]
fn a_method_that_go_will_not_send_fails_and_so_does_a_url_without_a_slash() {
    for (method, url, fails) in
        [("PUT", "/x", false), ("", "/y", false), ("A B", "/x", true), ("GET", "x", true)]
    {
        let mut request = request(0);
        put_text(&mut request, 5, url);
        put_text(&mut request, 11, method);
        let expected = if fails { (Outcome::Failed, Some(500)) } else { (Outcome::Changed, None) };
        let answer = object(1, &request, &[]);
        assert_eq!(verdict(1, &answer), expected, "{method:?} {url:?}");
        // The URL is read at once; the method is the client's matter, which sends the request to the upstream.
        let sent = object(1, &[], &[]);
        let late = fails_late(&Head::read(&sent).unwrap(), &answer);
        assert_eq!(late, method == "A B", "{method:?} {url:?}");
    }
}

/// Of an edit of each of these alone: its path, what it is set to, and what is said of it. Sources: `domain::effect::fate`.
#[test]
fn what_rests_on_the_gateways_code_alone_is_told_so() {
    use serde_json::json;

    let sent = json!({
        "hookType": "Post",
        "request": {
            "url": "/x?a=1",
            "requestUri": "/x?a=1",
            "method": "GET",
            "headers": { "Connection": "X-Hop, close" },
            "returnOverrides": { "responseCode": -1 },
        },
    });
    let mut rewritten = sent.clone();
    rewritten["request"]["url"] = json!("http://upstream/x?a=1");
    let mut with_te = sent.clone();
    with_te["request"]["headers"] = json!({ "Te": "trailers" });
    let response = json!({ "hookType": "Response", "response": { "statusCode": 200 } });
    let not_modified = json!({ "hookType": "Response", "response": { "statusCode": 304 } });
    for (sent, at, to, fate) in [
        (&sent, "/request/setHeaders", json!({ "X-A": "1" }), Fate::Applied),
        (&sent, "/request/setHeaders", json!({ "X-Hop": "1" }), Fate::Ignored),
        (&sent, "/request/setHeaders", json!({ "Content-Length": "1" }), Fate::Ignored),
        (&sent, "/request/setHeaders", json!({ "keep-alive": "1" }), Fate::Ignored),
        (&sent, "/request/setHeaders", json!({ "TE": "trailers" }), Fate::Applied),
        (&sent, "/request/setHeaders", json!({ "TE": "gzip" }), Fate::Ignored),
        (&with_te, "/request/setHeaders", json!({ "TE": "gzip" }), Fate::Applied),
        (&sent, "/request/setHeaders", json!({ "Upgrade": "websocket" }), Fate::Depends),
        (&sent, "/request/url", json!("https://elsewhere.test/x?a=1"), Fate::Ignored),
        (&sent, "/request/setHeaders", json!({ "X-Forwarded-For": "::1" }), Fate::Applied),
        (&sent, "/request/deleteHeaders", json!(["Host"]), Fate::Ignored),
        (&sent, "/request/deleteHeaders", json!(["User-Agent"]), Fate::Applied),
        (&sent, "/request/method", json!("A B"), Fate::Breaks),
        (&sent, "/request/url", json!("x"), Fate::Breaks),
        (&sent, "/request/extendedParams", json!({ "a": "2" }), Fate::Ignored),
        (&sent, "/request/requestUri", json!("/y"), Fate::Ignored),
        (&sent, "/request/scheme", json!("https"), Fate::Ignored),
        (&sent, "/request/addParams", json!({ "a": "2" }), Fate::Applied),
        (&rewritten, "/request/addParams", json!({ "a": "2" }), Fate::Ignored),
        (&rewritten, "/request/deleteParams", json!(["a"]), Fate::Ignored),
        (&rewritten, "/request/url", json!("http://upstream/y"), Fate::Applied),
        (&rewritten, "/request/url", json!("/y"), Fate::Breaks),
        (&sent, "/metadata", json!({ "a": "2" }), Fate::Ignored),
        (&sent, "/hookName", json!("other"), Fate::Ignored),
        (&response, "/response/headers", json!({ "X-A": "1" }), Fate::Applied),
        (&response, "/response/headers", json!({ "content-length": "1" }), Fate::Ignored),
        (&response, "/response/headers", json!({ "Connection": "close" }), Fate::Ignored),
        (&response, "/response/headers", json!({ "X A": "1" }), Fate::Ignored),
        (&response, "/response/headers", json!({ "X-A": "1\n2" }), Fate::Applied),
        (&response, "/response/headers", json!({ "X-RateLimit-Limit": "1" }), Fate::Depends),
        (&response, "/response/headers", json!({ "Content-Type": "a/b" }), Fate::Applied),
        (&not_modified, "/response/headers", json!({ "Content-Type": "a/b" }), Fate::Ignored),
        (&response, "/response/statusCode", json!(304), Fate::Applied),
        (&response, "/response/statusCode", json!(103), Fate::Ignored),
        (&response, "/response/statusCode", json!(101), Fate::Ignored),
        (&sent, "/request/setHeaders", json!({ "Proxy-Connection": "\n" }), Fate::Ignored),
        (&sent, "/request/setHeaders", json!({ "Proxy-Connection": "" }), Fate::Applied),
        (&response, "/metadata", json!({ "a": "2" }), Fate::Ignored),
    ] {
        let mut answer = sent.clone();
        let (parent, name) = at.rsplit_once('/').unwrap();
        answer.pointer_mut(parent).unwrap()[name] = to.clone();
        let said = fates(sent, &answer, false);
        let of: Vec<Fate> = said.iter().map(|edit| edit.fate).collect();
        assert_eq!(of, [fate], "{at} {to} {said:?}");
        assert_eq!(said[0].why.starts_with("depends on "), fate == Fate::Depends);
    }
}

#[test]
fn where_the_request_fails_no_edit_is_said_to_be_applied() {
    use serde_json::json;

    let overrides = json!({ "responseCode": -1 });
    let sent = json!({ "hookType": "CustomKeyCheck", "request": { "returnOverrides": overrides } });
    let mut answer = sent.clone();
    answer["request"]["setHeaders"] = json!({ "X-A": "1", "Upgrade": "x" });
    let said: Vec<Fate> = fates(&sent, &answer, false).iter().map(|it| it.fate).collect();
    assert_eq!(said, [Fate::Breaks, Fate::Ignored, Fate::Ignored]);
    answer["session"] = json!({ "rate": 1, "metadata": { "token": "t" } });
    let said: Vec<Fate> = fates(&sent, &answer, false).iter().map(|it| it.fate).collect();
    assert_eq!(said, [Fate::Depends, Fate::Applied, Fate::Applied]);
}

#[test]
fn of_a_session_that_is_made_each_part_is_named_that_the_gateway_does_not_keep() {
    use serde_json::json;

    let overrides = json!({ "responseCode": -1 });
    let sent = json!({
        "hookType": "CustomKeyCheck",
        "request": { "returnOverrides": overrides },
        "spec": { "OrgID": "ours" },
    });
    let mut answer = sent.clone();
    answer["metadata"] = json!({ "token": "t" });
    let mut said = |session: serde_json::Value| {
        answer["session"] = session;
        let all = fates(&sent, &answer, false);
        let parts = all.iter().filter(|it| it.change.path[0] == "session");
        parts.map(|it| (it.change.path.join("."), it.fate)).collect::<Vec<_>>()
    };
    let kept = json!({ "rate": 1, "orgId": "ours", "keyId": "t" });
    assert_eq!(said(kept), [("session".to_owned(), Fate::Applied)]);
    let session = json!({
        "rate": 1,
        "quotaRemaining": "4",
        "orgId": "other",
        "keyId": "other",
        "postExpiryAction": "delete",
        "postExpiryGracePeriod": "5",
    });
    let part = |name: &str, fate| (format!("session.{name}"), fate);
    let expected = [
        part("postExpiryAction", Fate::Ignored),
        part("postExpiryGracePeriod", Fate::Ignored),
        part("quotaRemaining", Fate::Depends),
        ("session".to_owned(), Fate::Applied),
        part("orgId", Fate::Ignored),
        part("keyId", Fate::Ignored),
    ];
    assert_eq!(said(session), expected);
}

#[test]
fn an_override_ends_the_chain_before_a_bad_header_is_sent_but_after_a_bad_url_is_parsed() {
    let mut answer = request(401);
    put_entry(&mut answer, 2, "X-A", "\n");
    assert_eq!(verdict(1, &object(1, &answer, &[])), (Outcome::Refused, Some(401)));
    put_text(&mut answer, 5, "http://[");
    assert_eq!(verdict(1, &object(1, &answer, &[])), (Outcome::Failed, Some(500)));
}

#[test]
fn a_session_needs_a_token_and_the_objects_own_goes_over_the_sessions() {
    let mut session = Vec::new();
    let mut metadata = Vec::new();
    put_entry(&mut metadata, 23, "token", "t");
    put_bytes(&mut session, 4, &metadata);
    let judged = |rest: &[u8]| {
        let sent = object(4, &request(0), &[]);
        judge(&sent, Ok(&object(4, &request(0), rest)), false, LIMIT).unwrap()
    };
    assert_eq!(judged(&session).outcome, Outcome::Changed);
    put_entry(&mut session, 5, "token", "");
    let refused = judged(&session);
    assert_eq!((refused.outcome, refused.status), (Outcome::Refused, Some(403)));
    assert!(refused.error.unwrap().contains("token"));
}

#[test]
fn only_what_trimming_leaves_out_does_not_count() {
    let mut whole = request(0);
    put_text(&mut whole, 4, "body");
    let (sent, answer) = (object(1, &whole, &[]), object(1, &request(0), &[]));
    let outcome =
        |answer: &[u8], trimmed| judge(&sent, Ok(answer), trimmed, LIMIT).unwrap().outcome;
    assert_eq!(outcome(&answer, true), Outcome::Passed);
    assert_eq!(outcome(&answer, false), Outcome::Changed);
    let mut edited = request(0);
    put_text(&mut edited, 4, "other");
    assert_eq!(outcome(&object(1, &edited, &[]), true), Outcome::Changed);
}

#[test]
fn a_request_that_is_no_object_is_an_error() {
    assert!(judge(&[0x1a, 9], Ok(&[]), false, LIMIT).is_err());
}

#[test]
fn a_header_that_is_set_twice_in_two_spellings_is_left_to_chance() {
    use serde_json::json;

    let sent = json!({ "hookType": "Pre", "request": { "returnOverrides": {} } });
    let mut answer = sent.clone();
    answer["request"]["setHeaders"] = json!({ "X-A": "1", "x-a": "2", "X-B": "3" });
    let said = fates(&sent, &answer, false);
    let of = |name: &str| said.iter().find(|it| it.change.path[2] == name).unwrap().fate;
    assert_eq!([of("X-A"), of("x-a"), of("X-B")], [Fate::Depends, Fate::Depends, Fate::Applied]);
    answer["request"]["setHeaders"] = json!({ "X-A": "1", "x-a": "1" });
    assert!(fates(&sent, &answer, false).iter().all(|it| it.fate == Fate::Applied));
}

#[test]
fn a_header_of_a_response_that_goes_own_makes_up_for_is_said_to_come_back() {
    use serde_json::json;

    let list = |names: &[&str]| -> Vec<_> {
        names.iter().map(|name| json!({ "key": name, "values": ["v"] })).collect()
    };
    let sent = json!({ "hookType": "Response", "response": {
        "statusCode": 200,
        "headers": { "Content-Type": "v", "Date": "v", "X-A": "v" },
        "multivalueHeaders": list(&["Content-Type", "Date", "X-A"]),
    }});
    let mut answer = sent.clone();
    answer["response"]["headers"] = json!({});
    let said = fates(&sent, &answer, false);
    let of = |name: &str| said.iter().find(|it| it.change.path[2] == name).unwrap().why.clone();
    assert!(of("Content-Type").contains("guesses"), "{said:?}");
    assert!(of("Date").contains("the Gateway's own"), "{said:?}");
    assert_eq!(of("X-A"), "the client does not get it");
    answer["response"]["headers"] = sent["response"]["headers"].clone();
    answer["response"]["multivalueHeaders"] = list(&["Date", "X-A"]).into();
    let said = fates(&sent, &answer, false);
    assert!(said[0].why.contains("guesses") && said[0].fix.is_some(), "{said:?}");
}

#[test]
fn of_an_answer_that_is_too_long_nothing_is_said_to_be_applied_and_the_way_out_is() {
    use serde_json::json;

    let sent = json!({ "hookType": "Pre", "request": { "returnOverrides": {} } });
    let mut answer = sent.clone();
    answer["request"]["setHeaders"] = json!({ "X-A": "1" });
    let said = of_failed(fates(&sent, &answer, false));
    assert_eq!(said.iter().map(|it| it.fate).collect::<Vec<_>>(), [Fate::Ignored]);
    let long = vec![0; LIMIT + 1];
    for (hook, left_out) in [(1, "request.body"), (5, "request, and response.body")] {
        // What was left out already is no way out.
        for trimmed in [false, true] {
            let verdict = judge(&object(hook, &[], &[]), Ok(&long), trimmed, LIMIT).unwrap();
            let error = verdict.error.unwrap();
            assert_eq!(error.contains(left_out), !trimmed, "{error}");
            assert!(error.contains("grpc_recv_max_size"), "{error}");
        }
    }
}

#[test]
fn what_our_server_left_out_of_a_response_hooks_answer_is_no_edit() {
    use serde_json::json;

    let sent =
        json!({ "hookType": "Response", "request": { "url": "/" }, "response": { "body": "b" } });
    let answer = json!({ "hookType": "Response", "response": {} });
    assert_eq!(fates(&sent, &answer, true), []);
    assert_eq!(fates(&sent, &answer, false).len(), 2);
}

#[test]
fn what_is_said_of_a_query_and_of_an_error_tells_what_the_gateway_breaks_of_them() {
    use serde_json::json;

    let said = |url: &str, kind: &str, add: bool, error: &str| {
        let sent = json!({ "hookType": "Pre", "request": {
            "url": url, "headers": { "Content-Type": kind }, "returnOverrides": {},
        }});
        let mut answer = sent.clone();
        if add {
            answer["request"]["addParams"] = json!({ "b": "1" });
        } else {
            answer["request"]["returnOverrides"] =
                json!({ "responseCode": 401, "responseError": error });
        }
        let of = if add { "b" } else { "responseError" };
        let said = fates(&sent, &answer, false);
        said.iter().find(|it| it.change.path.last().unwrap() == of).unwrap().why.to_string()
    };
    for (url, loses) in [("/x?a=1", false), ("/x?a=1;c=2", true), ("/x?a=%zz", true), ("/x", false)]
    {
        assert_eq!(said(url, "", true, "").contains("loses"), loses, "{url}");
    }
    for (kind, error, breaks) in [
        ("text/plain", "no", None),
        ("text/plain", "it's", Some("JSON")),
        ("text/xml; charset=utf-8", "it's", None),
        ("text/xml; charset=utf-8", "a < b", Some("XML")),
        ("text/plain", "a < b", None),
    ] {
        let why = said("/x", kind, false, error);
        let of = ["JSON", "XML"].into_iter().find(|it| why.contains(it));
        assert_eq!(of, breaks, "{kind} {error}: {why}");
    }
}

#[test]
fn a_response_that_an_answer_adds_is_judged_by_its_status() {
    use serde_json::json;

    let sent = json!({ "hookType": "Response", "request": { "url": "/" } });
    for (response, fate) in [
        (json!({ "statusCode": 200 }), Fate::Applied),
        (json!({ "statusCode": 7 }), Fate::Breaks),
        (json!({}), Fate::Breaks),
    ] {
        let answer =
            json!({ "hookType": "Response", "request": { "url": "/" }, "response": response });
        assert_eq!(fates(&sent, &answer, false)[0].fate, fate, "{answer}");
    }
}

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
    ] {
        let mut request = request(0);
        put_entry(&mut request, 2, name, value);
        let expected = if fails { (Outcome::Failed, Some(500)) } else { (Outcome::Changed, None) };
        assert_eq!(verdict(1, &object(1, &request, &[])), expected, "{name:?} {value:?}");
    }
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

//! Bodies in each form, what is said of them, and how they are searched.

use rstest::rstest;
use serde_json::json;

use super::*;

fn shown(bodies: &mut Bodies, width: usize) -> Vec<String> {
    bodies.settle(width, usize::MAX);
    (0..bodies.rows).map(|at| bodies.line(at).1).collect()
}

fn of(body: &[u8], kind: &str) -> Bodies {
    let raw = BASE64_STANDARD.encode(body);
    let request = json!({"request": {"headers": {"content-type": kind}, "rawBody": raw}});
    Bodies::new(&json!({"request": request, "reply": request}), &[], None)
}

#[rstest]
#[case::json(b"{\"a\": 1}", "application/json", Form::Json, None)]
#[case::hidden(
    b"[1]",
    "text/plain",
    Form::Json,
    Some("it is JSON, though Content-Type says text/plain")
)]
#[case::not_json(
    b"{\"a\": ",
    "application/json; charset=utf-8",
    Form::Text,
    Some("and it is no JSON: EOF")
)]
#[case::text("Grüße\n".as_bytes(), "text/plain", Form::Text, None)]
#[case::binary(b"\x00\x01\xff", "text/html", Form::Hex, Some("it is no text"))]
#[case::image(b"\x89PNG\r\n\x1a\n", "image/png", Form::Hex, None)]
fn the_form_is_what_the_bytes_are(
    #[case] body: &[u8],
    #[case] kind: &str,
    #[case] form: Form,
    #[case] doubt: Option<&str>,
) {
    let mut bodies = of(body, kind);
    assert_eq!(bodies.form, form);
    assert_eq!(bodies.all.len(), 1, "an answer that is the request has the same body");
    let lines = shown(&mut bodies, 200);
    assert!(lines[0].starts_with("request body · "), "{lines:?}");
    match doubt {
        Some(doubt) => assert!(lines[1].contains(doubt), "{lines:?}"),
        None => assert!(!lines.iter().any(|line| line.contains('⚠')), "{lines:?}"),
    }
}

#[test]
fn each_form_shows_every_byte() {
    let body: Vec<u8> = (0..=255).collect();
    let mut bodies = of(&body, "application/octet-stream");
    let lines = shown(&mut bodies, 80);
    assert_eq!(lines.len(), 1 + 16);
    assert!(lines[1].starts_with("00000000  00 01 02") && lines[16].contains("fe ff"), "{lines:?}");
    bodies.set(Form::Base64);
    let encoded = shown(&mut bodies, 40)[1..].concat();
    assert_eq!(BASE64_STANDARD.decode(&encoded).unwrap(), body);
    assert_eq!(bodies.text(), encoded);
}

#[test]
fn text_is_broken_at_line_ends_and_where_it_is_too_long() {
    let broken = |text: &str, width| -> Vec<String> {
        lines(text.as_bytes(), width).map(|piece| text[piece].to_owned()).collect()
    };
    assert_eq!(broken("a\r\n\nbcdef\n", 4), ["a", "", "bcde", "f"]);
    assert_eq!(broken("日本語x", 4), ["日本", "語x"]);
    assert_eq!(broken("", 4), [""; 0]);
}

#[test]
fn an_event_shows_the_request_that_it_carries() {
    let request = BASE64_STANDARD.encode("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    let payload = json!({"Meta": {"OriginatingRequest": request, "Path": "/"}}).to_string();
    let mut bodies = Bodies::new(&json!({"request": {"payload": payload}, "reply": {}}), &[], None);
    let lines = shown(&mut bodies, 80);
    assert_eq!(&lines[..3], ["request of the event · 27 B", "GET / HTTP/1.1", "Host: a"]);
}

#[test]
fn a_search_goes_round() {
    let mut bodies = of("one\ntwo\nthree\n".as_bytes(), "text/plain");
    bodies.settle(80, 1);
    assert!(bodies.search("TWO", true, true, 1) && bodies.top == 2);
    assert!(bodies.search("one", true, false, 1) && bodies.top == 1);
    assert!(bodies.search("three", false, false, 1) && bodies.top == 3);
    assert!(!bodies.search("four", true, false, 1));
}

#[test]
fn of_a_large_body_no_tree_is_made_and_its_rows_are_counted() {
    let item = br#"{"id": 1, "note": "some words"},"#;
    let large = [&b"["[..], &item.repeat((5 << 20) / item.len()), b"null]"].concat();
    let mut bodies = of(&large, "application/json");
    assert_eq!(bodies.form, Form::Text);
    bodies.settle(80, 20);
    assert!(bodies.rows > large.len() / 80 && bodies.blocks.len() < 10);
    assert!(!shown(&mut of(&large, "application/json"), 80)[1].contains('⚠'));
    bodies.set(Form::Hex);
    bodies.settle(80, 20);
    assert_eq!(bodies.rows, 1 + large.len().div_ceil(16));
    bodies.act(Action::Bottom, 20);
    bodies.settle(80, 20);
    assert!(bodies.line(bodies.rows - 1).1.contains("null]"), "{}", bodies.line(bodies.rows - 1).1);
    bodies.set(Form::Json);
    bodies.settle(80, 20);
    assert!(bodies.text().contains("look at it as text"), "{}", bodies.text());
    // What is binary is so from its beginning.
    let binary = [&[0xff_u8, 0xfe][..], &large].concat();
    assert_eq!(of(&binary, "application/octet-stream").form, Form::Hex);
}

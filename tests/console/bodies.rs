//! The bodies' view of a record, by keys, with real calls.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use tyk_tui::domain::object::coprocess;

use crate::hold::Calls;
use crate::opened::Opened;
use crate::serving::object;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A request whose body has this Content-Encoding, at this path.
fn encoded(path: &str, encoding: &str, body: Vec<u8>) -> coprocess::Object {
    let mut object = object();
    let request = object.request.as_mut().unwrap();
    path.clone_into(&mut request.url);
    request.headers.insert("Content-Encoding".into(), encoding.into());
    request.headers.insert("Content-Type".into(), "application/json".into());
    request.raw_body = body;
    object
}

#[test]
fn a_compressed_body_is_inflated_and_redacted_as_any() {
    let console = Opened::new(110, 36);
    let calls = Calls::new(&console);
    let json = br#"{"user": "alice", "password": "hunter2-hunter2"}"#;
    let sent = encoded("/gzip", "gzip", gzip(json));
    assert_eq!(calls.answer(calls.call(&sent)), sent);
    console.sees("/gzip");
    // What the record itself shows is a mark.
    console.keys(&["v"]);
    console.sees("request body · ");
    console.sees("gzip of ");
    console.sees("alice");
    console.sees("«redacted ");
    let text = console.drive.text();
    assert!(!text.contains("hunter2") && !text.contains("⚠"), "{text}");
    // As text, and copied.
    console.keys(&["v"]);
    console.sees(r#"{"user": "alice", "password": "«redacted "#);
    console.keys(&["x"]);
    console.sees(r#""password": "hunter2-hunter2"}"#);
    console.keys(&["enter", "y"]);
    console.sees("copied the body");
    assert_eq!(console.drive.copies()[0].as_bytes(), json);
    console.keys(&["esc", "x"]);
    console.sees_no("hunter2");
    // Another view of the record, and back.
    console.keys(&["["]);
    console.sees_no("gzip of");
    console.keys(&["v"]);
    console.sees("gzip of ");
}

#[test]
fn what_is_not_what_it_says_is_said_and_shown() {
    let console = Opened::new(110, 36);
    let calls = Calls::new(&console);
    let long: Vec<u8> =
        (0..9_000_u32).flat_map(|it| it.wrapping_mul(2_654_435_761).to_be_bytes()).collect();
    let whole = gzip(&long);
    for (path, encoding, body, said) in [
        (
            "/lies",
            "gzip",
            br#"{"a": "plain"}"#.to_vec(),
            "Content-Encoding says gzip, and it is none",
        ),
        ("/brotli", "br", vec![1, 2, 3], "Content-Encoding says br, and it is none"),
        ("/chunks", "chunked", b"{}".to_vec(), "`chunked` is no Content-Encoding"),
        ("/half", "gzip", whole[..whole.len() / 2].to_vec(), "gzip breaks off after"),
        (
            "/bomb",
            "gzip",
            gzip(&vec![b' '; 32 << 20]),
            "cut: gzip inflates to more than 256 times its size",
        ),
    ] {
        let sent = encoded(path, encoding, body);
        assert_eq!(calls.answer(calls.call(&sent)), sent);
        console.sees(path);
        console.keys(&["G"]);
        console.selects(path);
        if path == "/lies" {
            console.keys(&["v"]);
        }
        console.sees("⚠ ");
        console.sees(said);
        if path == "/lies" {
            console.sees("plain");
        }
    }
}

#[test]
fn the_end_of_a_long_json_body_is_seen_and_the_place_is_kept_where_its_secrets_are_shown() {
    let console = Opened::new(80, 24);
    let calls = Calls::new(&console);
    let mut sent = object();
    let request = sent.request.as_mut().unwrap();
    request.url = "/long".to_owned();
    request.headers.insert("Content-Type".into(), "application/json".into());
    let items: Vec<String> = (0..60).map(|it| format!("\"item-{it}\"")).collect();
    let body =
        format!(r#"{{"items": [{}], "password": "hunter2-hunter2", "t": 5}}"#, items.join(","));
    request.raw_body = body.into_bytes();
    assert_eq!(calls.answer(calls.call(&sent)), sent);
    console.sees("/long");
    console.keys(&["v"]);
    console.sees("request body · ");
    console.keys(&["enter", "G"]);
    let is_selected = |text: &'static str| {
        move |screen: &str| {
            screen.lines().any(|line| line.trim_start().starts_with('▌') && line.contains(text))
        }
    };
    let sees = |text| {
        let seen = console.drive.wait(is_selected(text));
        seen.unwrap_or_else(|screen| panic!("{text} is not selected:\n{screen}"));
    };
    sees("t  5");
    console.keys(&["k"]);
    sees("«redacted ");
    console.keys(&["x"]);
    sees("hunter2-hunter2");
    console.keys(&["/"]);
    console.keys(&["t", "e", "m", "-", "4", "7", "enter"]);
    sees("item-47");
}

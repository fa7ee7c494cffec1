//! `request` where the server, the key or the words are bad.

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;

use super::home::{Home, Ran};
use super::request_stand_in::{Echo, hang, rude};
use super::tls;

/// Half an answer.
const HALF: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this";

/// An answer of something that is no API.
const HTML: &[u8] =
    b"HTTP/1.1 502 Bad Gateway\r\nX-Any: \xff\xe9\r\nContent-Length: 13\r\n\r\n<html></html>";

fn failed(ran: &Ran, code: i32, what: &str, help: &str) {
    assert_eq!(ran.code, Some(code), "{ran:?}");
    assert!(ran.stderr.contains(what), "{what}: {ran:?}");
    assert!(ran.stderr.contains(help), "{help}: {ran:?}");
}

#[test]
fn a_server_that_is_down_hangs_or_is_none_is_told() {
    let home = Home::new();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let down = format!("http://{}/x?token=s3cr3t-s3cr3t", listener.local_addr().unwrap());
    drop(listener);
    let ran = home.run(&["request", &down, "--json"]);
    failed(&ran, 3, "cannot connect", "help: start the server");
    assert_eq!(
        ran.json()["error"]["what"].as_str().map(|it| it.starts_with("cannot connect")),
        Some(true)
    );
    // The URL is named without what is secret in it.
    assert!(ran.stderr.contains("/x?token=«redacted") && !ran.stdout.contains("s3cr3t"), "{ran:?}");
    // It is in the history, without a status.
    let ran = home.run(&["request", "--history"]);
    assert!(ran.stdout.contains("   -  none "), "{ran:?}");

    let hangs = format!("http://{}/", rude(b"", hang));
    let ran = home.run(&["request", "--max-time", "0.2", &hangs]);
    failed(&ran, 3, "no answer within 200ms", "--max-time SECONDS");
    let other = format!("http://{}/", rude(b"SSH-2.0-OpenSSH_9.2\r\n", drop));
    failed(&home.run(&["request", &other]), 3, "the answer cannot be read", "http or https");
    let none = home.run(&["request", "http://no-such-host.invalid/"]);
    failed(&none, 3, "no-such-host.invalid", "help: ");
}

#[test]
fn an_answer_that_breaks_off_shows_what_came() {
    let home = Home::new();
    let url = format!("http://{}/", rude(HALF, drop));
    let ran = home.run(&["request", &url, "-o", "out"]);
    failed(&ran, 3, "after 9 bytes of the body", "help: ");
    assert!(!home.project().join("out").exists(), "half a body is none");
    let url = format!("http://{}/", rude(HALF, drop));
    let ran = home.run(&["request", &url, "-i"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.stdout.ends_with("\n\nonly this"), "{ran:?}");
    let url = format!("http://{}/", rude(HALF, hang));
    let ran = home.run(&["request", &url, "--max-time", "0.3", "--json"]);
    failed(&ran, 3, "no answer within 300ms, after 9 bytes", "--max-time");
    assert!(ran.json()["error"]["what"].is_string());
}

#[test]
fn html_and_headers_of_any_bytes_are_answers() {
    let home = Home::new();
    let ran = home.run(&["request", "-i", &format!("http://{}/", rude(HTML, drop))]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.stdout.contains("x-any: \u{fffd}\u{fffd}\n"), "{ran:?}");
    assert!(ran.stdout.ends_with("<html></html>"), "{ran:?}");
}

#[test]
fn a_certificate_that_nobody_trusts_is_refused_unless_it_is_said() {
    let home = Home::new();
    let answers = rude(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\ntls", drop);
    let (_runtime, url) = tls::before(answers);
    let ran = home.run(&["request", &url]);
    failed(&ran, 3, "no TLS with this server", "-k");
    let ran = home.run(&["request", "-k", &url]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), "tls"), "{ran:?}");
    assert!(ran.stderr.contains("certificate is not checked"), "{ran:?}");
    let echo = Echo::start();
    let plain = format!("https://{}/", echo.address);
    failed(&home.run(&["request", &plain]), 3, "no TLS", "write http:// for https://");
}

#[test]
fn bad_words_are_wrong_use() {
    let home = Home::new();
    let echo = Echo::start();
    let url = echo.url("/");
    for (words, what) in [
        (&["-H", "no colon"][..], "no colon"),
        (&["-H", "A B: c"], "no name of a header"),
        (&["-H", "Täg: c"], "no name of a header"),
        (&["-H", "A: b\nC: d"], "line break"),
        (&["-H", "Accept:"], "it cannot be left out"),
        (&["-X", "G E T"], "no method"),
        (&["--max-time", "soon"], "no number of seconds"),
        (&["--max-time", "0"], "more than 0"),
        (&["--auth", "key"], "--key-env NAME or --key-file FILE"),
        (&["--auth", "hmac", "--key-env", "X"], "--key-id ID"),
        (&["--auth", "hmac", "--key-id", "a\"b", "--key-env", "HOME"], "holds a quote"),
        (
            &["--auth", "hmac", "--key-id", "a", "--key-env", "HOME", "--algorithm", "md5"],
            "hmac-sha512, hmac-sha256",
        ),
        (&["--auth", "jwt", "--key-env", "HOME", "--algorithm", "none"], "HS256"),
        (&["--auth", "jwt", "--key-env", "HOME", "--claims", "[1]"], "no JSON object"),
        (&["--auth", "basic", "--key-env", "HOME", "--user", "a:b"], "no colon"),
        (&["--claims", "{}"], "--claims means nothing with --auth none"),
        (&["--auth", "basic", "--key-id", "x"], "it belongs to --auth hmac"),
        (&["-d", "x", "--data-binary", "y"], "cannot be used with"),
    ] {
        let ran = home.run(&[&["request", url.as_str()], words].concat());
        assert_eq!(ran.code, Some(2), "{words:?}: {ran:?}");
        assert!(ran.stderr.contains(what), "{words:?}: {ran:?}");
    }
    assert_eq!(home.run(&["request"]).code, Some(2));
    assert!(echo.got().is_empty());
}

#[test]
fn a_key_or_body_that_cannot_be_read_is_told() {
    let home = Home::new();
    let echo = Echo::start();
    let url = echo.url("/");
    let path = home.write("key", "47a0c79c427728b3df4af62b9228c8ae");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
    let with = |file: &str| home.run(&["request", &url, "--auth", "key", "--key-file", file]);
    failed(&with("key"), 3, "others than its owner may read it", "chmod 600");
    failed(&with("none"), 3, "cannot read the secret", "none");
    failed(&with("."), 3, "no regular file", "");
    std::fs::write(&path, "two\nlines").unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    failed(&with("key"), 3, "line break", "help: ");
    let ran = home.run(&["request", &url, "-d", "@none"]);
    failed(&ran, 3, "cannot read the body: no such file", "none");
    let ran = home.run(&["request", &url, "--data-binary", "@none"]);
    failed(&ran, 3, "cannot read the body: no such file", "none");
    let ran = home.run(&["request", &url, "-o", "no/folder/out"]);
    failed(&ran, 3, "its folder does not exist", "mkdir -p");
    assert!(echo.got().is_empty());
}

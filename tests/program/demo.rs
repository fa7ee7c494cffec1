//! `demo --headless`, and `demo` where there is no terminal.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Command, Stdio};

use base64::Engine as _;
use serde_json::Value;
use tyk_tui::flows::demo::ALL;

use super::home::{Home, Ran};

/// The recordings' API key.
const KEY: &str = "47a0c79c427728b3df4af62b9228c8ae";

const KEYS: [&str; 17] = [
    "seq", "at", "took_us", "held_us", "kind", "count", "peer", "hook", "name", "api", "outcome",
    "status", "rule", "trimmed", "request", "reply", "error",
];

/// The demo, with a folder for temporary files that nobody else has.
fn demo(home: &Home, arguments: &[&str]) -> Command {
    let temporary = home.path().join("tmp");
    std::fs::create_dir_all(&temporary).unwrap();
    let mut command = home.command(&[&["demo"], arguments].concat());
    command.env("TMPDIR", temporary).stdin(Stdio::null());
    command
}

/// Everything below the home: what the user has.
fn left(home: &Home) -> Vec<String> {
    let mut left = Vec::new();
    let mut folders = vec![home.path().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            }
            left.push(entry.path().strip_prefix(home.path()).unwrap().display().to_string());
        }
    }
    left.sort();
    left
}

fn lines(ran: &Ran) -> Vec<Value> {
    ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn plays_what_was_recorded_as_lines_of_json_and_shows_no_secret() {
    let home = Home::new();
    let ran = Ran::of(demo(&home, &["--headless", "--seconds", "2"]));
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let lines = lines(&ran);
    assert!(lines.len() >= 20, "{} lines in two seconds\n{}", lines.len(), ran.stderr);
    // What is played, in the order in which it is.
    let recorded = ALL.iter().cycle().flat_map(|recording| {
        let last = recording.dispatches.len() - 1;
        let of = recording.name.split('.').next().unwrap();
        recording.dispatches.iter().enumerate().map(move |(number, dispatch)| {
            (of, dispatch.hook.word(), (number == last).then_some(recording.status))
        })
    });
    for ((seq, line), (api, hook, status)) in (1..).zip(&lines).zip(recorded) {
        let object = line.as_object().unwrap();
        let keys: BTreeSet<&str> = object.keys().map(String::as_str).collect();
        assert_eq!(keys, BTreeSet::from(KEYS), "{line}");
        assert_eq!((&line["seq"], &line["kind"]), (&seq.into(), &"dispatch".into()));
        assert_eq!((&line["api"], &line["hook"]), (&api.into(), &hook.into()), "{line}");
        assert!(line["request"].is_object() && line["reply"].is_object(), "{line}");
        // Why a rule refused somebody, and nothing else.
        let is_refused = (hook, status) == ("auth_check", Some(401));
        assert_eq!(line["error"].is_null(), !is_refused, "{line}");
        let outcome = match (hook, status) {
            ("auth_check", None) => "changed",
            ("pre" | "auth_check", Some(401)) => "refused",
            // Edited at every hook.
            _ if api == "payments" => "changed",
            _ => "passed",
        };
        assert_eq!(line["outcome"], outcome, "{line}");
        if let Some(status) = status {
            assert_eq!(line["status"], status, "{line}");
        }
    }
    let secrets = [KEY, "correct+horse", "correct horse"];
    for secret in secrets {
        assert!(!plain(&ran.stdout).contains(secret), "{secret}");
        assert!(!ran.stderr.contains(secret), "{secret}");
    }
    assert!(ran.stdout.contains("«redacted "));
    assert_eq!(left(&home), ["project", "tmp"], "nothing of the user's is touched");
}

/// A text with everything that is base64 in it decoded behind it, twice.
fn plain(text: &str) -> String {
    let mut all = text.to_owned();
    let mut last = text.to_owned();
    for _ in 0..2 {
        let word = |c: char| c.is_ascii_alphanumeric() || "+/=".contains(c);
        let next: String = last
            .split(|c| !word(c))
            .filter(|part| part.len() >= 16)
            .filter_map(|part| base64::engine::general_purpose::STANDARD.decode(part).ok())
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned() + "\n")
            .collect();
        all.push_str(&next);
        last = next;
    }
    all
}

#[test]
fn secrets_are_shown_where_that_is_asked_for() {
    let home = Home::new();
    let ran = Ran::of(demo(&home, &["--headless", "--seconds", "1", "--show-secrets"]));
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(lines(&ran)[0]["request"]["request"]["headers"]["Authorization"], KEY);
    assert!(!ran.stdout.contains("redacted"));
}

#[test]
fn serves_a_bundle_while_it_plays_and_ends_by_a_signal() {
    use rustix::process::{Pid, Signal, kill_process};
    for signal in [Signal::TERM, Signal::INT] {
        let home = Home::new();
        let mut child = demo(&home, &["--headless"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut first = String::new();
        stdout.read_line(&mut first).unwrap();
        assert!(first.starts_with("{\"seq\":1,"), "{first}");
        let stderr = BufReader::new(child.stderr.take().unwrap());
        let url = stderr
            .lines()
            .find_map(|line| {
                Some(line.unwrap().strip_prefix("tyk-tui: serving http://")?.to_owned())
            })
            .unwrap();
        let (address, path) = url.split_once('/').unwrap();
        let mut stream = TcpStream::connect(address).unwrap();
        write!(stream, "GET /{path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        assert!(answer.starts_with(b"HTTP/1.1 200 OK\r\n"));
        assert!(answer.windows(4).any(|bytes| bytes == b"PK\x03\x04"));

        kill_process(Pid::from_child(&child), signal).unwrap();
        let mut rest = String::new();
        stdout.read_to_string(&mut rest).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(0));
        assert!(rest.ends_with("}\n") || rest.is_empty(), "the last line is whole");
        assert_eq!(left(&home), ["project", "tmp"]);
    }
}

#[test]
fn without_a_terminal_it_says_what_to_use() {
    let home = Home::new();
    let ran = Ran::of(demo(&home, &[]));
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("--headless"), "{ran:?}");
    let ran = Ran::of(demo(&home, &["--seconds", "2"]));
    assert_eq!(ran.code, Some(2), "{ran:?}");
}

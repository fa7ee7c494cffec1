//! Exports of what a ring holds, into files and texts.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::*;
use crate::capture::session::{Facts, Reader};
use crate::capture::{Capture, Exchange, Recorder, SharedView, line};
use crate::config;
use crate::domain::export::{Exported, Format};
use crate::domain::filter::Filter;
use crate::domain::object::SecretNames;
use crate::domain::redact::{Policy, Redacted, Shown};
use crate::domain::task::{Kind as Gravity, Problem};

/// The calls that a real Gateway made in a recording, in a ring.
fn captured() -> (Recorder, Capture) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/dispatch/traffic");
    let limits = config::Settings::default().capture;
    let (recorder, capture) = Capture::start(&limits, Arc::new(Shown), 4 << 20);
    let mut files: Vec<_> = std::fs::read_dir(root.join("all-hooks.4"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_str().unwrap().ends_with(".request.pb"))
        .collect();
    files.sort();
    assert_eq!(files.len(), 5);
    for file in &files {
        let reply = file.to_str().unwrap().replace(".request.", ".reply.");
        recorder.offer(Exchange {
            at: jiff::Timestamp::from_microsecond(1_795_700_000_123_456).unwrap(),
            took: Duration::from_micros(300),
            peer: "127.0.0.1:40000".into(),
            ..Exchange::answered(std::fs::read(file).unwrap(), std::fs::read(reply).unwrap())
        });
    }
    while capture.next_seq() <= files.len() as u64 {
        std::thread::yield_now();
    }
    (recorder, capture)
}

fn redacted() -> SharedView {
    Arc::new(Redacted::new(Policy::default(), [7; 32]))
}

fn job(format: Format, shows_secrets: bool) -> Job {
    Job {
        format,
        view: if shows_secrets { Arc::new(Shown) } else { redacted() },
        shows_secrets,
        server: "127.0.0.1:50051".parse().unwrap(),
        alone: false,
        facts: Facts {
            began: "2026-11-26T12:00:00Z".parse().unwrap(),
            by: "0.1.0".into(),
            server: "127.0.0.1:50051".into(),
            answer_limit: 4 << 20,
            redacted: false,
            hidden: SecretNames::default(),
        },
    }
}

fn ring(capture: &Capture, filter: &str) -> Ring {
    let filter = (!filter.is_empty()).then(|| Filter::parse(filter).unwrap());
    Ring::new(capture.clone(), (0, u64::MAX - 1), filter, Arc::new(Shown))
}

fn write(records: Ring, job: &Job, path: &Path, replace: bool) -> Result<Exported, Problem> {
    let cancel = CancellationToken::new();
    to_file(records, job, path, replace, &mut Heard { cancel: &cancel, told: &mut |_| {} })
}

#[test]
fn a_session_of_what_a_filter_means_is_a_session() {
    let (_recorder, capture) = captured();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("some.tyks");
    let exported = write(
        ring(&capture, "hook:post_key_auth || hook:post"),
        &job(Format::Session, true),
        &path,
        false,
    );
    assert_eq!((exported.as_ref().unwrap().written, exported.unwrap().redacted), (2, 0));
    assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing lies beside it");
    let mut reader = Reader::open(&path).unwrap();
    assert!(!reader.facts().unwrap().redacted);
    let kept = reader.since(0, 10).unwrap();
    assert_eq!(kept.iter().map(|kept| kept.seq).collect::<Vec<_>>(), [3, 4]);
    for kept in kept {
        let record = capture.record(kept.seq).unwrap();
        assert_eq!(kept.exchange.request, record.exchange.request);
        assert_eq!(kept.exchange.reply, record.exchange.reply);
        assert_eq!(kept.exchange.at, record.exchange.at);
    }
    // What is there stays, but where that is wished.
    let again = write(ring(&capture, ""), &job(Format::Session, true), &path, false);
    assert_eq!(again.unwrap_err().what, "there is a file already");
    write(ring(&capture, ""), &job(Format::Session, true), &path, true).unwrap();
    assert_eq!(Reader::open(&path).unwrap().count().unwrap(), 5);
}

#[test]
fn a_session_without_its_secrets_says_so_and_has_none() {
    let (_recorder, capture) = captured();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("some.tyks");
    let exported = write(ring(&capture, ""), &job(Format::Session, false), &path, false).unwrap();
    assert_eq!(exported.written, 5);
    assert!(exported.redacted > 0, "{exported:?}");
    let mut reader = Reader::open(&path).unwrap();
    assert!(reader.facts().unwrap().redacted);
    let secret = "47a0c79c427728b3df4af62b9228c8ae";
    for kept in reader.since(0, 10).unwrap() {
        let record = capture.record(kept.seq).unwrap();
        assert!(format!("{:?}", record.exchange.request).contains(secret));
        let both = [kept.exchange.request.clone(), kept.exchange.reply.clone().ok()];
        for side in both.into_iter().flatten() {
            assert!(!format!("{side:?}").contains(secret));
        }
        // It shows what the screen shows of the original, and ended as that did.
        let judge = crate::capture::Judge { view: redacted(), answer_limit: 4 << 20 };
        let again = judge.record(kept.seq, kept.exchange);
        let original = line::to_json(&record, &*redacted());
        let shown = line::to_json(&again, &Shown);
        assert_eq!(again.row.outcome, record.row.outcome);
        assert_eq!(shown["request"], original["request"]);
        assert_eq!(shown["reply"], original["reply"]);
    }
}

#[test]
fn what_is_marked_goes_with_its_record_and_without_its_secrets() {
    let (_recorder, capture) = captured();
    let secret = "47a0c79c427728b3df4af62b9228c8ae";
    let note = format!("the key is {secret}, not");
    capture.mark(&[(2, Some("".into())), (3, Some(note.as_str().into()))]);
    let folder = tempfile::tempdir().unwrap();
    let marks = |filter: &str, shows: bool| {
        let path = folder.path().join("some.tyks");
        write(ring(&capture, filter), &job(Format::Session, shows), &path, true).unwrap();
        Reader::open(&path).unwrap().marks(&(0..=u64::MAX), 10).unwrap()
    };
    assert_eq!(marks("", true), [(2, "".into()), (3, note.as_str().into())]);
    assert_eq!(marks("seq<3", true), [(2, "".into())]);
    assert_eq!(marks("mark & note:KEY", true), [(3, note.as_str().into())]);
    let redacted = marks("seq=3", false);
    let shown = redacted[0].1.strip_prefix("the key is «redacted ").unwrap();
    assert!(shown.ends_with("», not") && !shown.contains(secret), "{shown}");

    let lines = |shows: bool| -> Vec<serde_json::Value> {
        let path = folder.path().join("some.jsonl");
        write(ring(&capture, ""), &job(Format::Jsonl, shows), &path, true).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let [first, second, third, ..] = &lines(true)[..] else { panic!() };
    assert!(first.get("note").is_none());
    assert_eq!((&second["note"], &third["note"]), (&"".into(), &note.into()));
    assert_eq!(lines(false)[2]["note"], *redacted[0].1);
    // As jq sees it.
    assert_eq!(marks("| .note | test(\"key\")", true).len(), 1);
}

#[test]
fn texts_are_written_whole_or_not_at_all() {
    let (_recorder, capture) = captured();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("some.har");
    let exported = write(ring(&capture, ""), &job(Format::Har, false), &path, false).unwrap();
    assert_eq!((exported.records, exported.written), (5, 1));
    assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let har: serde_json::Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    assert_eq!(har["log"]["entries"][0]["response"]["status"], 200);
    assert!(har["log"]["comment"].as_str().unwrap().contains("cannot be replayed"));

    // Who cancels in the middle has nothing, and what was there before.
    for format in [Format::Jsonl, Format::Session] {
        let cancel = CancellationToken::new();
        let mut told = |records: u64| {
            if records == 2 {
                cancel.cancel();
            }
        };
        let mut heard = Heard { cancel: &cancel, told: &mut told };
        let ended = to_file(ring(&capture, ""), &job(format, true), &path, true, &mut heard);
        assert_eq!(ended.unwrap_err().kind, Gravity::Interrupted);
        assert_eq!(
            serde_json::from_slice::<serde_json::Value>(&std::fs::read(&path).unwrap()).unwrap(),
            har
        );
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}

/// A response hook's URL is the upstream's: sent there, it would go past the Gateway.
#[test]
fn a_request_is_whole_in_an_archive_whichever_hook_of_it_is_meant() {
    let (_recorder, capture) = captured();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("some.har");
    let row = |seq| Ring::new(capture.clone(), (seq, seq), None, Arc::new(Shown));
    let marked = Ring::of(capture.clone(), vec![2, 4], Arc::new(Shown));
    for meant in [ring(&capture, "hook:response"), row(5), row(1), marked] {
        let exported = write(meant, &job(Format::Har, true), &path, true).unwrap();
        assert_eq!((exported.records, exported.written), (5, 1));
        let har: serde_json::Value =
            serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let entry = &har["log"]["entries"][0];
        assert_eq!(entry["_dispatches"].as_array().unwrap().len(), 5);
        assert_eq!(entry["request"]["url"], "http://gateway.test/all-hooks/orders");
    }
    let none = write(ring(&capture, "hook:event"), &job(Format::Har, true), &path, true).unwrap();
    assert_eq!((none.records, none.written), (0, 0));
    // What has a line for each record has what is meant.
    let lines = write(row(5), &job(Format::Jsonl, true), &path, true).unwrap();
    assert_eq!(lines.records, 1);
}

#[test]
fn a_ring_gives_what_was_there_when_it_was_asked() {
    let (_recorder, capture) = captured();
    let of = |first, last, filter: &str| -> Vec<u64> {
        let filter = (!filter.is_empty()).then(|| Filter::parse(filter).unwrap());
        let ring = Ring::new(capture.clone(), (first, last), filter, Arc::new(Shown));
        ring.map(|record| record.unwrap().record.row.seq).collect()
    };
    assert_eq!(of(0, 4, ""), [1, 2, 3, 4]);
    assert_eq!(of(3, 3, ""), [3]);
    assert_eq!(of(0, 9, "hook:response"), [5]);
    assert_eq!(of(9, 9, ""), [0; 0]);
    assert_eq!(of(0, 0, ""), [0; 0]);
}

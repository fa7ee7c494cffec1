//! Which session is meant, and what makes room.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::kept::make_room;
use super::*;
use crate::capture::session::{Caps, Facts, Recording};
use crate::capture::{Capture, Exchange, Kind, SharedView};
use crate::config;
use crate::domain::object::SecretNames;
use crate::domain::redact::Shown;

/// A folder of such files, the last of them written last.
fn folder(names: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (age, name) in names.iter().rev().enumerate() {
        let file = std::fs::File::create(folder.path().join(name)).unwrap();
        file.set_len(1_000).unwrap();
        let age = Duration::from_hours(age as u64);
        file.set_modified(std::time::SystemTime::now() - age).unwrap();
    }
    folder
}

#[test]
fn a_session_is_found_by_name_by_path_or_as_the_newest() {
    let folder = folder(&["orders-2.tyks", "notes.txt", "orders-1.tyks"]);
    let find = |named: Option<&str>| find(folder.path(), named.map(std::path::Path::new));
    let first = folder.path().join("orders-1.tyks");
    assert_eq!(find(None).unwrap(), first);
    assert_eq!(find(Some("orders-2.tyks")).unwrap(), folder.path().join("orders-2.tyks"));
    assert_eq!(find(Some("orders-1")).unwrap(), first);
    assert_eq!(find(first.to_str()).unwrap(), first);
    let help = find(Some("order-1")).unwrap_err().help.unwrap();
    assert_eq!(help, "did you mean `orders-1`?");
}

#[test]
fn the_oldest_sessions_make_room_for_a_new_one() {
    let left = |bytes: u64, hours: u64| {
        let folder = folder(&["a.tyks", "b.tyks", "other.txt", "c.tyks"]);
        make_room(folder.path(), &Caps { records: 1, bytes, age: Duration::from_hours(hours) });
        let names = std::fs::read_dir(folder.path()).unwrap();
        let mut names: Vec<String> =
            names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names.join(" ")
    };
    assert_eq!(left(10_000, 10), "a.tyks b.tyks c.tyks other.txt");
    assert_eq!(left(2_500, 10), "b.tyks c.tyks other.txt");
    assert_eq!(left(10_000, 1), "c.tyks other.txt");
}

#[test]
fn what_is_added_to_a_session_while_it_is_read_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.tyks");
    let view: SharedView = Arc::new(Shown);
    let limits = config::Capture::default();
    let (recorder, capture) = Capture::start(&limits, Arc::clone(&view), 4 << 20);
    let captured = capture.clone();
    let facts = Facts {
        began: jiff::Timestamp::UNIX_EPOCH,
        by: "1".to_owned(),
        server: String::new(),
        answer_limit: 4 << 20,
        redacted: false,
        hidden: SecretNames::default(),
    };
    let caps = Caps { records: 1 << 20, bytes: 1 << 30, age: Duration::from_hours(1 << 16) };
    let recording = Recording::start(&path, &facts, caps, capture).unwrap();
    let offer = |until: u64| {
        for _ in captured.next_seq()..=until {
            recorder.offer(Exchange {
                kind: Kind::Event,
                ..Exchange::answered(bytes::Bytes::new(), bytes::Bytes::new())
            });
        }
        let begun = Instant::now();
        while Opened::new(&path).and_then(|opened| opened.newest()).unwrap() < until {
            assert!(begun.elapsed() < Duration::from_mins(1), "the session has not all of them");
            std::thread::yield_now();
        }
    };
    offer(400);
    let mut played = Played::open(&path, view).unwrap();
    let first = played.next().unwrap().unwrap();
    assert_eq!(first.record.row.seq, 1);
    offer(500);
    let seqs: Vec<u64> = played.by_ref().map(|noted| noted.unwrap().record.row.seq).collect();
    assert!(seqs.iter().copied().eq(2..=400), "{seqs:?}");
    assert!(played.next().is_none());
    recording.stop(Duration::from_mins(1));
}

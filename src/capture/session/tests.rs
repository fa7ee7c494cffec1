//! Sessions of recorded Objects, written and read, and what happens to their files.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;

use super::*;
use crate::capture::{Capture, Exchange, Kind, Recorder};
use crate::config;
use crate::domain::object::SecretNames;
use crate::domain::redact::Shown;
use crate::domain::trail::TraceId;

/// Request and reply of every call that a real Gateway made in these recordings.
pub(super) fn recorded() -> Vec<(Bytes, Bytes)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/dispatch/traffic");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .flat_map(|case| std::fs::read_dir(case.unwrap().path()).unwrap())
        .map(|file| file.unwrap().path())
        .filter(|path| path.to_str().unwrap().ends_with(".request.pb"))
        .collect();
    files.sort();
    let both = |path: &PathBuf| {
        // Some calls were never answered.
        let reply = std::fs::read(path.to_str().unwrap().replace(".request.", ".reply.")).ok()?;
        Some((std::fs::read(path).unwrap().into(), reply.into()))
    };
    files.iter().filter_map(both).collect()
}

pub(super) fn exchange(request: &Bytes, reply: &Bytes) -> Exchange {
    Exchange {
        kind: Kind::Dispatch,
        at: Timestamp::from_microsecond(1_795_700_000_123_456).unwrap(),
        took: Duration::from_micros(321),
        held: Duration::from_micros(7),
        peer: "127.0.0.1:40000".into(),
        request: Some(request.clone()),
        reply: Ok(reply.clone()),
        rule: Some("a rule".into()),
        why: Some("the key is not known".into()),
        trimmed: true,
        trace: TraceId::of_parent("00-0af7651916cd43dd8448eb211c80319c-a383270f4a055842-01"),
    }
}

pub(super) const ALL: Caps =
    Caps { records: u64::MAX >> 1, bytes: u64::MAX >> 1, age: Duration::from_hours(800_000) };

pub(super) fn facts() -> Facts {
    Facts {
        began: "2026-11-26T12:00:00Z".parse().unwrap(),
        by: "0.1.0".into(),
        server: "127.0.0.1:50051".into(),
        answer_limit: 4 << 20,
        redacted: false,
        hidden: SecretNames::default(),
    }
}

pub(super) struct Bench {
    folder: tempfile::TempDir,
    recorder: Recorder,
    pub(super) capture: Capture,
}

impl Bench {
    pub(super) fn new(ring: usize) -> Self {
        let limits = config::Capture { max_records: ring, ..config::Capture::default() };
        let (recorder, capture) = Capture::start(&limits, Arc::new(Shown), 4 << 20);
        Self { folder: tempfile::tempdir().unwrap(), recorder, capture }
    }

    pub(super) fn path(&self) -> PathBuf {
        self.folder.path().join("x.tyks")
    }

    pub(super) fn record(&self, caps: Caps) -> Recording {
        Recording::start(&self.path(), &facts(), caps, self.capture.clone()).unwrap()
    }

    /// Offers these one after the other; none is dropped.
    pub(super) fn offer(&self, exchanges: impl Iterator<Item = Exchange>) {
        for exchange in exchanges {
            let next = self.capture.next_seq();
            self.recorder.offer(exchange);
            while self.capture.next_seq() == next {
                std::thread::yield_now();
            }
        }
    }

    /// Ends the server's part, and waits for the file.
    pub(super) fn end(self, recording: Recording) -> (tempfile::TempDir, Spilled) {
        drop(self.recorder);
        (self.folder, recording.finish(Duration::from_mins(1)))
    }
}

fn all(path: &Path) -> Vec<Kept> {
    let mut reader = Reader::open(path).unwrap();
    let mut kept = Vec::new();
    let mut next = 0;
    loop {
        let piece = reader.since(next, 100).unwrap();
        let Some(last) = piece.last() else { return kept };
        next = last.seq + 1;
        kept.extend(piece);
    }
}

/// Sessions that are long enough for a dictionary, too: a recording is offered `times`.
#[rstest::rstest]
#[case(1)]
#[case(40)]
fn what_is_read_is_what_was_captured(#[case] times: usize) {
    let bench = Bench::new(100_000);
    let path = bench.path();
    let recording = bench.record(ALL);
    let recorded = recorded();
    assert!(recorded.len() > 30, "the fixtures are there");
    let wanted: Vec<Exchange> =
        recorded.iter().map(|(request, reply)| exchange(request, reply)).collect();
    let refused = Exchange {
        kind: Kind::Event,
        request: None,
        reply: Err("cancelled".into()),
        rule: None,
        why: None,
        trimmed: false,
        trace: None,
        ..wanted[0].clone()
    };
    let wanted: Vec<Exchange> = (0..times).flat_map(|_| wanted.clone()).chain([refused]).collect();
    for exchange in &wanted {
        bench.recorder.offer(exchange.clone());
    }
    let (_folder, spilled) = bench.end(recording);
    assert_eq!((spilled.written, spilled.lost), (wanted.len() as u64, 0));
    assert_eq!(spilled.stopped, None);
    let kept = all(&path);
    assert_eq!(kept.len(), wanted.len());
    for (index, (kept, wanted)) in kept.iter().zip(&wanted).enumerate() {
        assert_eq!(kept.seq, index as u64 + 1);
        assert_eq!(format!("{:?}", kept.exchange), format!("{wanted:?}"));
    }
    let reader = Reader::open(&path).unwrap();
    assert_eq!(reader.facts().unwrap(), facts());
    assert_eq!(reader.count().unwrap(), wanted.len() as u64);
    assert_eq!(reader.last(3).unwrap(), wanted.len() as u64 - 2);
    if times > 1 {
        let raw: usize = wanted.iter().map(Exchange::size).sum();
        assert!(spilled.bytes < raw as u64 / 4, "{} of {raw}", spilled.bytes);
    }
    // It is one file, and its owner's alone.
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
}

#[test]
fn records_are_read_by_their_numbers_neighbours_or_not_and_gaps_between() {
    let bench = Bench::new(1_000);
    let path = bench.path();
    let recording = bench.record(ALL);
    let recorded = recorded();
    let calls = recorded.iter().cycle().take(300);
    bench.offer(calls.map(|(request, reply)| exchange(request, reply)));
    let (_folder, _) = bench.end(recording);
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.execute_batch("DELETE FROM record WHERE seq % 7 = 3 OR seq = 1").unwrap();
    drop(connection);
    let kept = all(&path);
    let mut reader = Reader::open(&path).unwrap();
    for seqs in [
        vec![],
        vec![1],
        vec![2],
        (1..=300).collect(),
        (0..=400).step_by(2).collect(),
        (5..=290).step_by(3).collect(),
        vec![2, 9, 150, 299, 300, 5_000],
        vec![1, 3, 10, 17],
    ] {
        let found = reader.these(&seqs).unwrap();
        assert_eq!(found.len(), seqs.len());
        for (seq, found) in seqs.iter().zip(found) {
            let wanted = kept.iter().find(|kept| kept.seq == *seq);
            assert_eq!(found.is_some(), wanted.is_some(), "{seq} of {seqs:?}");
            let said = |kept: &Kept| format!("{} {:?}", kept.seq, kept.exchange);
            assert_eq!(found.as_ref().map(said), wanted.map(said));
        }
    }
}

#[test]
fn a_session_of_before_there_were_traces_is_read() {
    let bench = Bench::new(100);
    let path = bench.path();
    let recording = bench.record(ALL);
    let recorded = recorded();
    bench.offer(recorded[..3].iter().map(|(request, reply)| exchange(request, reply)));
    let (_folder, _) = bench.end(recording);
    assert!(all(&path).iter().all(|kept| kept.exchange.trace.is_some()));
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.execute_batch("ALTER TABLE record DROP COLUMN trace").unwrap();
    drop(connection);
    let kept = all(&path);
    assert_eq!(kept.len(), 3);
    assert!(kept.iter().all(|kept| kept.exchange.trace.is_none()));
}

#[test]
fn what_the_ring_forgot_first_is_a_counted_gap() {
    let bench = Bench::new(10);
    let recorded = recorded();
    bench.offer(recorded[..30].iter().map(|(request, reply)| exchange(request, reply)));
    let path = bench.path();
    let recording = bench.record(ALL);
    let (_folder, spilled) = bench.end(recording);
    assert_eq!((spilled.written, spilled.lost), (10, 20));
    let kept = all(&path);
    assert_eq!(kept[0].exchange.kind, Kind::Dropped { count: 20 });
    assert_eq!(kept.iter().map(|kept| kept.seq).collect::<Vec<_>>()[..3], [1, 21, 22]);
}

#[test]
fn the_oldest_make_room() {
    let recorded = recorded();
    let exchanges =
        || recorded[..30].iter().cycle().take(300).map(|(request, reply)| exchange(request, reply));
    let first = |caps: Caps| {
        let bench = Bench::new(100_000);
        let path = bench.path();
        let recording = bench.record(caps);
        exchanges().for_each(|exchange| bench.recorder.offer(exchange));
        let (_folder, spilled) = bench.end(recording);
        assert_eq!(spilled.written, 300);
        let kept = all(&path);
        assert!(kept.last().is_none_or(|last| last.seq == 300));
        (kept.first().map(|kept| kept.seq), spilled.bytes)
    };
    assert_eq!(first(ALL).0, Some(1));
    assert_eq!(first(Caps { records: 100, ..ALL }).0, Some(201));
    let (some, bytes) = first(Caps { bytes: 60_000, ..ALL });
    assert!(some > Some(10) && bytes <= 60_000, "{some:?} {bytes}");
    // Theirs is a day that will be past by then.
    let old = Timestamp::now().as_second() - 1_795_700_000;
    if let Ok(old) = u64::try_from(old) {
        assert_eq!(first(Caps { age: Duration::from_secs(old / 2), ..ALL }).0, None);
    }
}

#[test]
fn a_full_disk_ends_the_session_and_not_the_capture() {
    let bench = Bench::new(100_000);
    let path = bench.path();
    let recorded = recorded();
    let connection = file::create(&path, &facts()).unwrap();
    connection.pragma_update(None, "max_page_count", 40).unwrap();
    let recording = Recording::on(connection, &path, ALL, bench.capture.clone()).unwrap();
    let mut spilled = recording.spilled();
    bench.offer([exchange(&recorded[0].0, &recorded[0].1)].into_iter());
    let wait = |spilled: &mut tokio::sync::watch::Receiver<Spilled>,
                wanted: fn(&Spilled) -> bool| {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async { spilled.wait_for(wanted).await.unwrap().clone() })
    };
    wait(&mut spilled, |spilled| spilled.written == 1);
    let mut noise = vec![0; 1 << 20];
    getrandom::fill(&mut noise).unwrap();
    let noise = Bytes::from(noise);
    bench.offer([exchange(&noise, &noise)].into_iter());
    let said = wait(&mut spilled, |spilled| spilled.stopped.is_some());
    assert_eq!(said.stopped.as_deref(), Some("the disk is full"));
    bench.offer([exchange(&recorded[1].0, &recorded[1].1)].into_iter());
    assert_eq!(bench.capture.stats().captured, 3);
    let (_folder, _) = bench.end(recording);
    assert_eq!(all(&path).len(), 1, "what was written before is whole");
}

#[test]
fn files_that_are_no_sessions_say_so() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let error = |path: &Path| Reader::open(path).err().unwrap();
    assert!(matches!(error(&folder.path().join("none")), SessionError::Io(_)));
    assert!(matches!(error(folder.path()), SessionError::NoSession));
    for (name, bytes) in [("empty", &b""[..]), ("text", b"{}\n"), ("long", &[7; 10_000])] {
        assert!(matches!(error(&file(name, bytes)), SessionError::NoSession), "{name}");
    }
    let other = folder.path().join("other");
    let connection = rusqlite::Connection::open(&other).unwrap();
    connection.execute_batch("CREATE TABLE record (seq)").unwrap();
    drop(connection);
    assert!(matches!(error(&other), SessionError::NoSession));

    let newer = folder.path().join("newer");
    let connection = file::create(&newer, &facts()).unwrap();
    connection.pragma_update(None, "user_version", 7).unwrap();
    drop(connection);
    assert!(matches!(error(&newer), SessionError::Newer { found: 7, known: 1 }));
}

#[test]
fn of_a_session_cut_short_the_beginning_is_read() {
    let bench = Bench::new(100_000);
    let path = bench.path();
    let recording = bench.record(ALL);
    let recorded = recorded();
    for (request, reply) in recorded.iter().cycle().take(400) {
        bench.recorder.offer(exchange(request, reply));
    }
    let (_folder, _) = bench.end(recording);
    let bytes = std::fs::read(&path).unwrap();
    let mut most = 0;
    for part in 0..150 {
        std::fs::write(&path, &bytes[..bytes.len() / 150 * part]).unwrap();
        let Ok(mut reader) = Reader::open(&path) else { continue };
        let mut next = 0;
        let error = loop {
            match reader.since(next, 50) {
                Ok(piece) => {
                    assert!(!piece.is_empty(), "it is not whole");
                    for kept in piece {
                        assert_eq!(kept.seq, next.max(1), "one in between is missing");
                        next = kept.seq + 1;
                    }
                }
                Err(error) => break error,
            }
        };
        let SessionError::Damaged { after } = error else { panic!("{error:?}") };
        assert_eq!(after.unwrap_or(0) + 1, next.max(1));
        assert!(next >= most, "more of the file, fewer records");
        most = next;
    }
    assert!(most > 100, "{most}");
}

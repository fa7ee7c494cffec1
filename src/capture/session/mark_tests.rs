//! Marks and notes in sessions: of a recording, of a file that others have, of older, newer and hostile ones.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rusqlite::Connection;

use super::tests::{ALL, Bench, exchange, facts, recorded};
use super::*;
use crate::capture::Capture;
use crate::capture::marks::{Change, LONGEST_NOTE};
use crate::domain::redact::Shown;

/// Waits until it is so, however long that takes on a busy machine.
#[track_caller]
fn until(what: &str, is_so: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_mins(1), "never came: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn marked(seq: u64, note: &str) -> Change {
    (seq, Some(note.into()))
}

/// What a session has marked, as text.
fn read(path: &Path) -> String {
    let marks = Reader::open(path).unwrap().marks(&(0..=u64::MAX), 100).unwrap();
    let text = |(seq, note): &(u64, Arc<str>)| format!("{seq}:{note}");
    marks.iter().map(text).collect::<Vec<_>>().join(" ")
}

/// A session of so many records that has ended.
fn ended(records: usize) -> (PathBuf, tempfile::TempDir) {
    let bench = Bench::new(100_000);
    let path = bench.path();
    let recording = bench.record(ALL);
    let recorded = recorded();
    let calls = recorded.iter().cycle().take(records);
    bench.offer(calls.map(|(request, reply)| exchange(request, reply)));
    let (folder, _) = bench.end(recording);
    (path, folder)
}

/// A capture that looks at a session as a console does.
fn looking(path: &Path) -> Capture {
    let limits = crate::config::Capture::default();
    let (_, capture) = Capture::start(&limits, Arc::new(Shown), 4 << 20);
    capture.share_marks(path, 0, 0);
    capture
}

#[test]
fn what_is_marked_is_written_while_nothing_comes_and_before_and_after() {
    let bench = Bench::new(100_000);
    let path = bench.path();
    let recorded = recorded();
    let offer = |count: usize| {
        let calls = recorded.iter().take(count);
        bench.offer(calls.map(|(request, reply)| exchange(request, reply)));
    };
    offer(2);
    bench.capture.mark(&[marked(1, "before it was recorded")]);
    let recording = bench.record(ALL);
    until("the first", || read(&path) == "1:before it was recorded");
    bench.capture.mark(&[marked(2, ""), marked(1, "noted again"), marked(9, "nothing yet")]);
    until("the next", || read(&path) == "1:noted again 2:");
    bench.capture.mark(&[(1, None), (9, None)]);
    until("one less", || read(&path) == "2:");
    offer(1);
    bench.capture.mark(&[marked(3, "the last")]);
    bench.capture.keep_marks().unwrap();
    let capture = bench.capture.clone();
    let (_folder, _) = bench.end(recording);
    assert_eq!(read(&path), "2: 3:the last");
    // It has no writer any more.
    capture.mark(&[marked(1, "afterwards"), (2, None), marked(4, "no such record")]);
    capture.keep_marks().unwrap();
    assert_eq!(read(&path), "1:afterwards 3:the last");
    assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
}

#[test]
fn marks_go_with_the_records_that_make_room() {
    let bench = Bench::new(100_000);
    let path = bench.path();
    let recorded = recorded();
    let calls = |count: usize| {
        recorded.iter().cycle().take(count).map(|(request, reply)| exchange(request, reply))
    };
    let recording = bench.record(Caps { records: 10, ..ALL });
    bench.offer(calls(10));
    bench.capture.mark(&[marked(1, "one"), marked(5, "five"), marked(6, "six")]);
    until("they are there", || read(&path) == "1:one 5:five 6:six");
    bench.offer(calls(5));
    until("some made room", || read(&path) == "6:six");
    let (_folder, _) = bench.end(recording);
    let connection = Connection::open(&path).unwrap();
    let count = "SELECT count(*) FROM mark";
    assert_eq!(connection.query_row(count, [], |row| row.get::<_, u64>(0)).unwrap(), 1);
}

#[test]
fn an_older_session_has_none_until_somebody_marks_in_it_and_stays_as_old() {
    let (path, _folder) = ended(3);
    Connection::open(&path).unwrap().execute_batch("DROP TABLE mark").unwrap();
    let before = std::fs::metadata(&path).unwrap().modified().unwrap();
    let mut reader = Reader::open(&path).unwrap();
    assert_eq!(reader.marks(&(0..=u64::MAX), 100).unwrap(), []);
    let capture = looking(&path);
    capture.mark(&[marked(2, "it is")]);
    capture.keep_marks().unwrap();
    // Also by who had opened it before.
    assert_eq!(reader.marks(&(0..=u64::MAX), 100).unwrap(), [(2, "it is".into())]);
    assert_eq!(reader.marks(&(3..=9), 100).unwrap(), []);
    assert_eq!(reader.since(0, 10).unwrap().len(), 3);
    let after = std::fs::metadata(&path).unwrap().modified().unwrap();
    assert_eq!(after, before, "which one is the newest hangs on records");
}

#[test]
fn what_others_mark_is_taken_in_and_what_is_marked_here_stays() {
    let (path, _folder) = ended(3);
    let [one, two] = [(); 2].map(|()| looking(&path));
    let told = Arc::new(AtomicUsize::new(0));
    let heard = Arc::clone(&told);
    let hear = move || {
        heard.fetch_add(1, Ordering::Relaxed);
    };
    let _watched = two.watch_marks(0, hear).unwrap();
    two.mark(&[marked(3, "not written yet")]);
    one.mark(&[marked(1, "one"), marked(3, "theirs")]);
    one.keep_marks().unwrap();
    until("it is seen", || two.marks().note(1) == Some("one"));
    assert_eq!(two.marks().note(3), Some("not written yet"));
    two.keep_marks().unwrap();
    assert_eq!(read(&path), "1:one 3:not written yet");
    one.mark(&[marked(1, "noted again"), marked(2, "")]);
    one.keep_marks().unwrap();
    until("it is another", || two.marks().note(1) == Some("noted again"));
    one.mark(&[(1, None)]);
    one.keep_marks().unwrap();
    until("it is gone", || two.marks().note(1).is_none());
    assert_eq!((two.marks().note(2), two.marks().note(3)), (Some(""), Some("not written yet")));
    until("all of it is told", || told.load(Ordering::Relaxed) >= 3);
}

#[test]
fn a_recording_and_who_looks_at_it_see_what_the_other_marks() {
    let bench = Bench::new(100_000);
    let path = bench.path();
    let recording = bench.record(ALL);
    let ours = bench.capture.watch_marks(0, || {}).unwrap();
    let recorded = recorded();
    let calls = recorded.iter().take(3);
    bench.offer(calls.map(|(request, reply)| exchange(request, reply)));
    until("the records", || Reader::open(&path).unwrap().last(1).unwrap() == 3);
    let other = looking(&path);
    let theirs = other.watch_marks(0, || {}).unwrap();
    bench.capture.mark(&[marked(1, "of the recording")]);
    until("theirs", || other.marks().note(1) == Some("of the recording"));
    other.mark(&[marked(2, "of the other")]);
    other.keep_marks().unwrap();
    until("ours", || bench.capture.marks().note(2) == Some("of the other"));
    bench.capture.mark(&[(2, None)]);
    until("gone", || other.marks().note(2).is_none());
    drop((ours, theirs));
    bench.end(recording);
}

#[test]
fn a_session_whose_numbers_are_behind_is_marked_under_its_own() {
    let (path, _folder) = ended(3);
    let first = looking(&path);
    first.mark(&[marked(1, "theirs"), marked(3, "gone on screen")]);
    first.keep_marks().unwrap();
    let limits = crate::config::Capture::default();
    let (_, capture) = Capture::start(&limits, Arc::new(Shown), 4 << 20);
    // Of the server that was looked at before.
    capture.mark(&[marked(2, "another server's"), marked(10, "its last")]);
    capture.share_marks(&path, 1, 10);
    assert_eq!(capture.marks().note(11), Some("theirs"));
    capture.mark(&[marked(12, "ours"), (13, None)]);
    capture.keep_marks().unwrap();
    assert_eq!(read(&path), "1:theirs 2:ours");
    assert_eq!(capture.marks().len(), 4);
}

#[test]
fn what_cannot_be_written_is_told_and_written_once_it_can_be() {
    let (path, _folder) = ended(3);
    let capture = looking(&path);
    let mode = |mode| {
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    mode(0o400);
    capture.mark(&[marked(1, "kept here")]);
    let problem = capture.keep_marks().unwrap_err();
    assert_eq!(problem.what, "the session cannot be written to");
    assert_eq!((capture.marks().note(1), &*read(&path)), (Some("kept here"), ""));
    mode(0o600);
    capture.mark(&[marked(2, "")]);
    capture.keep_marks().unwrap();
    assert_eq!(read(&path), "1:kept here 2:");

    let connection = Connection::open(&path).unwrap();
    connection.pragma_update(None, "user_version", 7).unwrap();
    capture.mark(&[marked(3, "in a format of later")]);
    let problem = capture.keep_marks().unwrap_err();
    assert!(problem.what.contains("a newer tyk-tui wrote this session"), "{problem}");
    assert!(matches!(Reader::open(&path).err(), Some(SessionError::Newer { .. })));
    connection.pragma_update(None, "user_version", 1).unwrap();
    assert_eq!(read(&path), "1:kept here 2:");

    std::fs::write(&path, "something else").unwrap();
    let problem = capture.keep_marks().unwrap_err();
    assert_eq!(problem.what, "this is no session of tyk-tui");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "something else");
}

#[test]
fn whoever_else_writes_is_waited_for() {
    let (path, _folder) = ended(3);
    for journal in ["DELETE", "WAL"] {
        let other = Connection::open(&path).unwrap();
        other.pragma_update(None, "journal_mode", journal).unwrap();
        other.execute_batch("BEGIN IMMEDIATE; DELETE FROM record WHERE seq = 1").unwrap();
        let capture = looking(&path);
        capture.mark(&[marked(1, journal), marked(2, journal)]);
        let writing = std::thread::spawn(move || capture.keep_marks());
        // However long it is away from the lock, it must not have written before that is free.
        std::thread::sleep(Duration::from_millis(50));
        assert!(!writing.is_finished());
        other.execute_batch("COMMIT").unwrap();
        writing.join().unwrap().unwrap();
        assert_eq!(read(&path), format!("2:{journal}"));
    }
}

#[test]
fn a_recording_and_another_console_write_into_one_session() {
    let bench = Bench::new(100_000);
    let path = bench.path();
    let recording = bench.record(ALL);
    let recorded = recorded();
    let offer = |count: usize| {
        let calls = recorded.iter().cycle().take(count);
        bench.offer(calls.map(|(request, reply)| exchange(request, reply)));
    };
    offer(1);
    until("the first record", || Reader::open(&path).unwrap().count().unwrap() == 1);
    // A console sees what a server answers before that is in the file.
    let early = looking(&path);
    early.mark(&[marked(2, "early")]);
    early.keep_marks().unwrap();
    assert_eq!(read(&path), "");
    let console = looking(&path);
    let marking = std::thread::spawn(move || {
        for round in 0..50 {
            console.mark(&[marked(1, &format!("round {round}"))]);
            console.keep_marks().unwrap();
        }
    });
    while !marking.is_finished() {
        offer(20);
        let last = bench.capture.next_seq() - 1;
        bench.capture.mark(&[marked(last, "")]);
    }
    marking.join().unwrap();
    let (marks, next) = (bench.capture.marks().len(), bench.capture.next_seq());
    let (_folder, spilled) = bench.end(recording);
    assert_eq!((spilled.stopped, spilled.lost, spilled.written), (None, 0, next - 1));
    let read = Reader::open(&path).unwrap().marks(&(0..=u64::MAX), 10_000).unwrap();
    assert_eq!(read.len(), marks + 2);
    assert_eq!(read[..2], [(1, "round 49".into()), (2, "early".into())]);
}

#[test]
fn what_others_put_there_becomes_notes_as_ours() {
    let (path, _folder) = ended(9);
    let connection = Connection::open(&path).unwrap();
    // Also one that is not strict, has columns of a later version, and no key.
    connection.execute_batch("DROP TABLE mark; CREATE TABLE mark (colour, seq, note, at)").unwrap();
    let put = |seq: &dyn rusqlite::ToSql, note: &dyn rusqlite::ToSql| {
        connection.execute("INSERT INTO mark (seq, note) VALUES (?1, ?2)", [seq, note]).unwrap();
    };
    put(&1, &"a\nb\u{1b}[31m\u{9b}c");
    put(&2, &"ä".repeat(LONGEST_NOTE + 7));
    put(&3, &"x".repeat(1 << 20));
    put(&4, &[0xff_u8, b'x', 0xfe].as_slice());
    put(&5, &17);
    put(&6, &None::<String>);
    put(&700, &"no such record");
    put(&-1, &"nor this");
    put(&"seven", &"nor that");
    put(&8, &"one");
    put(&8, &"two");
    drop(connection);
    let marks = Reader::open(&path).unwrap().marks(&(0..=u64::MAX), 100).unwrap();
    let note = |seq: u64| marks.iter().find(|(it, _)| *it == seq).map(|(_, note)| &**note);
    assert_eq!(note(1), Some("a b [31m c"));
    assert_eq!(note(2).unwrap().chars().count(), LONGEST_NOTE);
    assert_eq!((note(3), note(4)), (Some(""), Some("\u{fffd}x\u{fffd}")));
    assert_eq!((note(5), note(6)), (Some(""), Some("")));
    assert!(marks.iter().all(|(seq, _)| (1..=8).contains(seq)), "{marks:?}");
    let last = Reader::open(&path).unwrap().marks(&(0..=u64::MAX), 3).unwrap();
    assert_eq!(last.iter().map(|(seq, _)| *seq).collect::<Vec<_>>(), [6, 8, 8]);
}

#[test]
fn a_mark_table_that_is_none_costs_nothing_but_the_marks() {
    for schema in [
        "CREATE VIEW mark AS SELECT seq, hex(randomblob(100000000)) AS note FROM record",
        "CREATE TABLE mark (something)",
        "CREATE TABLE mark (seq INTEGER PRIMARY KEY, note TEXT CHECK (note = 'theirs'))",
        "CREATE TABLE mark (seq INTEGER PRIMARY KEY, note TEXT);
         CREATE TRIGGER theirs AFTER INSERT ON mark BEGIN DELETE FROM record; END",
    ] {
        let (path, _folder) = ended(3);
        let connection = Connection::open(&path).unwrap();
        connection.execute_batch(&format!("DROP TABLE mark; {schema}")).unwrap();
        drop(connection);
        let capture = looking(&path);
        capture.mark(&[marked(2, "ours")]);
        let written = capture.keep_marks();
        assert_eq!(written.is_ok(), schema.contains("TRIGGER"), "{schema}: {written:?}");
        let mut reader = Reader::open(&path).unwrap();
        let read = reader.marks(&(0..=u64::MAX), 100).unwrap_or_default();
        assert_eq!(read.len(), usize::from(written.is_ok()), "{schema}: {read:?}");
        assert_eq!(reader.since(0, 10).unwrap().len(), 3, "{schema}");
    }
}

#[test]
fn a_copy_has_the_marks_of_its_records() {
    let (path, folder) = ended(2);
    let copied = folder.path().join("copy.tyks");
    let mut copy = Copy::create(&copied, &facts()).unwrap();
    let judge = crate::capture::Judge { view: Arc::new(Shown), answer_limit: 4 << 20 };
    for (kept, note) in Reader::open(&path)
        .unwrap()
        .since(0, 9)
        .unwrap()
        .into_iter()
        .zip([None, Some("the second")])
    {
        copy.add(&judge.record(kept.seq, kept.exchange), note).unwrap();
    }
    copy.finish().unwrap();
    assert_eq!(read(&copied), "2:the second");
}

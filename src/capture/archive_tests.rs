//! Records beyond the ring: listed, searched and read from the session's file.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;

use super::session::{Caps, Facts, Recording};
use super::*;
use crate::domain::filter::Filter;
use crate::domain::object::wire::{put_bytes, put_text};
use crate::domain::redact::Shown;

const ALL: Caps =
    Caps { records: u64::MAX >> 1, bytes: u64::MAX >> 1, age: Duration::from_hours(800_000) };

fn exchange(number: u64) -> Exchange {
    let mut request = Vec::new();
    put_text(&mut request, 5, &format!("/things/{number}"));
    put_text(&mut request, 11, if number.is_multiple_of(3) { "PUT" } else { "GET" });
    put_bytes(&mut request, 10, &[]);
    put_bytes(&mut request, 14, format!("body of {number}").as_bytes());
    let mut object = vec![0x08, 1];
    put_bytes(&mut object, 3, &request);
    let object = Bytes::from(object);
    Exchange {
        took: Duration::from_micros(number),
        peer: "127.0.0.1:40000".into(),
        ..Exchange::answered(object.clone(), object)
    }
}

/// A capture with a small ring, and a session of it.
struct Server {
    folder: tempfile::TempDir,
    recorder: Recorder,
    capture: Capture,
    recording: Recording,
}

impl Server {
    fn new(caps: Caps) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let limits = config::Capture { max_records: 20, ..config::Capture::default() };
        let (recorder, capture) = Capture::start(&limits, Arc::new(Shown), 4 << 20);
        let facts = Facts {
            began: Timestamp::UNIX_EPOCH,
            by: "0.1.0".into(),
            server: "127.0.0.1:50051".into(),
            answer_limit: 4 << 20,
            redacted: false,
            hidden: crate::domain::object::SecretNames::default(),
        };
        let path = folder.path().join("x.tyks");
        let recording = Recording::start(&path, &facts, caps, capture.clone()).unwrap();
        Self { folder, recorder, capture, recording }
    }

    fn path(&self) -> PathBuf {
        self.recording.path().to_owned()
    }

    /// Calls as many as fit into the ring, and waits until the disk has them.
    fn called(&self, numbers: std::ops::RangeInclusive<u64>) {
        let mut spilled = self.recording.spilled();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        for number in numbers {
            self.recorder.offer(exchange(number));
            while self.capture.next_seq() <= number {
                std::thread::yield_now();
            }
            if number.is_multiple_of(20) {
                let all = spilled.wait_for(|spilled| spilled.written >= number);
                runtime.block_on(all).unwrap();
            }
        }
    }
}

fn seqs(capture: &Capture, search: Option<&Search>) -> Vec<u64> {
    let query = Query { search, until: None, from: From::Index(0), rows: 10_000 };
    let window = capture.window(&query);
    assert_eq!(window.rows.len(), window.total);
    window.rows.iter().map(|row| row.seq).collect()
}

#[test]
fn what_the_ring_forgot_is_listed_found_and_read() {
    let server = Server::new(ALL);
    server.called(1..=100);
    let capture = &server.capture;
    assert_eq!(seqs(capture, None), (1..=100).collect::<Vec<_>>());
    assert!(capture.record(7).is_none(), "the ring still has it");
    let record = capture.recall(7).unwrap();
    assert_eq!((record.row.seq, &*record.row.path), (7, "/things/7"));
    assert_eq!(record.exchange.request, exchange(7).request);
    for (text, wanted) in [
        ("method:put", (3..=99).step_by(3).collect::<Vec<u64>>()),
        ("body~\"of [0-9]*7$\"", (7..=97).step_by(10).collect()),
        ("method:put & body:\"of 9\"", vec![9, 90, 93, 96, 99]),
        ("| .request.request.url == \"/things/4\"", vec![4]),
    ] {
        let (tell, told) = channel();
        let filter = Filter::parse(text).unwrap();
        let search = capture.search(filter, Arc::new(Shown), move || {
            let _ = tell.send(());
        });
        while !search.found().whole {
            told.recv_timeout(Duration::from_secs(30)).unwrap();
        }
        assert_eq!(seqs(capture, Some(&search)), wanted, "{text}");
    }
    // Where the session ends, what it has is read on; where the ring goes on without it, that is gone.
    let Server { folder: _folder, recorder, capture, recording } = server;
    recording.stop(Duration::from_mins(1));
    for number in 101..=150 {
        recorder.offer(exchange(number));
    }
    while capture.next_seq() <= 150 {
        std::thread::yield_now();
    }
    assert_eq!(capture.recall(7).unwrap().row.seq, 7);
    assert_eq!(capture.recall(150).unwrap().row.seq, 150);
    let problem = capture.recall(110).unwrap_err();
    assert!(problem.to_string().contains("record 110 is gone"), "{problem}");
    assert_eq!(&*capture.row(110).unwrap().path, "/things/110");
}

/// As a search does that reads a million records.
#[test]
fn who_opens_a_row_does_not_wait_for_others_that_read() {
    let server = Server::new(ALL);
    server.called(1..=100);
    let capture = server.capture.clone();
    let archive = capture.lock().archive().unwrap();
    let reading = archive.lend();
    let (tell, told) = channel();
    std::thread::spawn(move || tell.send(capture.recall(7).map(|record| record.row.seq)));
    assert_eq!(told.recv_timeout(Duration::from_secs(30)).unwrap().unwrap(), 7);
    drop(reading);
}

#[test]
fn who_needs_the_file_for_himself_waits_for_all_that_read_it() {
    let server = Server::new(ALL);
    server.called(1..=100);
    let archive = server.capture.lock().archive().unwrap();
    let reading = archive.lend();
    let (tell, told) = channel();
    let closer = {
        let archive = Arc::clone(&archive);
        std::thread::spawn(move || archive.closed(|| tell.send(()).unwrap()))
    };
    while !archive.lock().closing {
        std::thread::yield_now();
    }
    assert!(told.try_recv().is_err(), "somebody reads it");
    drop(reading);
    closer.join().unwrap();
    told.recv_timeout(Duration::from_secs(30)).unwrap();
    assert_eq!(server.capture.recall(7).unwrap().row.seq, 7, "it is open to all again");
}

#[test]
fn the_list_ends_where_the_session_does() {
    let server = Server::new(Caps { records: 50, ..ALL });
    server.called(1..=100);
    let mut changes = server.recording.spilled();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(changes.wait_for(|spilled| spilled.written == 100)).unwrap();
    assert_eq!(seqs(&server.capture, None), (51..=100).collect::<Vec<_>>());
    assert!(server.capture.recall(50).is_err());
    assert_eq!(server.capture.recall(51).unwrap().row.seq, 51);
}

#[test]
fn without_a_session_the_list_ends_where_the_ring_does() {
    let limits = config::Capture { max_records: 20, ..config::Capture::default() };
    let (recorder, capture) = Capture::start(&limits, Arc::new(Shown), 4 << 20);
    for number in 1..=100 {
        recorder.offer(exchange(number));
    }
    while capture.next_seq() <= 100 {
        std::thread::yield_now();
    }
    assert_eq!(seqs(&capture, None), (81..=100).collect::<Vec<_>>());
    let problem = capture.recall(80).unwrap_err();
    assert!(problem.to_string().contains("record 80 is gone"), "{problem}");
}

#[test]
fn a_file_that_is_damaged_meanwhile_is_told_and_the_list_stays() {
    let server = Server::new(ALL);
    server.called(1..=100);
    let path = server.path();
    let Server { folder: _folder, recorder: _recorder, capture, recording } = server;
    recording.stop(Duration::from_mins(1));
    // A disk that fails, from the first record on.
    let length = std::fs::metadata(&path).unwrap().len();
    std::fs::write(&path, vec![0x5a; usize::try_from(length).unwrap()]).unwrap();
    assert_eq!(seqs(&capture, None).len(), 100);
    let problem = capture.recall(7).unwrap_err();
    assert!(problem.to_string().contains("no session of tyk-tui"), "{problem}");
    let filter = Filter::parse("body:of").unwrap();
    let (tell, told) = channel();
    let search = capture.search(filter, Arc::new(Shown), move || {
        let _ = tell.send(());
    });
    while !search.found().whole {
        told.recv_timeout(Duration::from_secs(30)).unwrap();
    }
    assert_eq!(seqs(&capture, Some(&search)), (81..=100).collect::<Vec<_>>());
}

/// Paths that are too long for the index come from the file.
#[test]
fn what_the_index_leaves_out_is_read_when_it_is_seen() {
    let server = Server::new(ALL);
    let long = "y".repeat(3_000);
    let mut request = Vec::new();
    put_text(&mut request, 5, &format!("/{long}"));
    let mut object = vec![0x08, 1];
    put_bytes(&mut object, 3, &request);
    let object = Bytes::from(object);
    server.recorder.offer(Exchange {
        request: Some(object.clone()),
        reply: Ok(object),
        ..exchange(1)
    });
    server.called(2..=100);
    let query = Query { search: None, until: None, from: From::Index(0), rows: 3 };
    let window = server.capture.window(&query);
    assert_eq!((window.unread, &*window.rows[0].path), (vec![1], ""));
    server.capture.read_rows(&[1]);
    let window = server.capture.window(&query);
    assert!(window.unread.is_empty());
    assert_eq!(&window.rows[0].path[1..], long);
    // A filter that hangs on what neither the index nor the body tells.
    for (text, wanted) in [
        ("path:yyy & !body:of", vec![1]),
        ("!path:yyy & body~\"of [0-9]*3$\" & !method:put", vec![13, 23, 43, 53, 73, 83]),
        ("path~\"^/y+$\" | .outcome != null and .seq == 1", vec![1]),
        ("header.x:y || path:yyyy", vec![1]),
    ] {
        let (tell, told) = channel();
        let filter = Filter::parse(text).unwrap();
        let search = server.capture.search(filter, Arc::new(Shown), move || {
            let _ = tell.send(());
        });
        while !search.found().whole {
            told.recv_timeout(Duration::from_secs(30)).unwrap();
        }
        assert_eq!(seqs(&server.capture, Some(&search)), wanted, "{text}");
    }
}

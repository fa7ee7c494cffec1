use super::*;
use std::sync::Mutex;

use crate::capture::Exchange;
use crate::capture::Kind;
use crate::config;
use crate::domain::redact::Shown;
use bytes::Bytes;
use jiff::Timestamp;

/// Fails as often as it is told to, after some bytes of the line.
struct Disk {
    failures: usize,
    written: Arc<Mutex<String>>,
}

impl Write for Disk {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.failures > 0 {
            self.failures -= 1;
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.written.lock().unwrap().push_str(&String::from_utf8_lossy(bytes));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What is written of so many exchanges by a disk that fails so often, and what the user is told.
fn printed(exchanges: usize, ring: usize, failures: usize) -> (String, Vec<String>) {
    let limits =
        config::Capture { max_records: ring, max_bytes: 1 << 20, ..config::Capture::default() };
    let (recorder, capture) = Capture::start(&limits, Arc::new(Shown), 4 << 20);
    for _ in 0..exchanges {
        recorder.offer(Exchange {
            kind: Kind::Event,
            at: Timestamp::UNIX_EPOCH,
            ..Exchange::answered(Bytes::new(), Bytes::new())
        });
    }
    drop(recorder);
    // All is stored once the actor has let go of its end.
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let mut changes = capture.changes();
    runtime.block_on(async { while changes.changed().await.is_ok() {} });
    let written = Arc::new(Mutex::new(String::new()));
    let told = Arc::new(Mutex::new(Vec::new()));
    let notices = Arc::clone(&told);
    let out = Disk { failures, written: Arc::clone(&written) };
    let line = |entry: &Entry<'_>| match entry {
        Entry::Record(record) => Some(record.row.seq.to_string()),
        Entry::Dropped { seq, count } => Some(format!("lost {count} from {seq}")),
    };
    let notice = Arc::new(move |text: &str| notices.lock().unwrap().push(text.to_owned()));
    let printer = Printer::new(out, line, capture, notice);
    printer.run();
    let (written, told) = (written.lock().unwrap().clone(), told.lock().unwrap().clone());
    (written, told)
}

#[test]
fn what_the_ring_forgot_is_one_line() {
    let (written, told) = printed(10, 3, 0);
    assert_eq!(written, "lost 7 from 1\n8\n9\n10\n");
    assert_eq!(told, [""; 0]);
}

#[test]
fn what_could_not_be_written_is_told_once_and_made_up_for() {
    let (written, told) = printed(5, 10, 3);
    assert_eq!(written, "\nlost 3 from 1\n4\n5\n");
    assert_eq!(told.len(), 1);
    assert!(told[0].starts_with("cannot write to standard output"), "{told:?}");
}

//! A line for each record.

use std::io::{self, Write};
use std::sync::Arc;

use super::Entry;
use crate::capture::{Capture, Kind, Record};

/// Writes a line for each record, on a thread of its own that may wait for its reader for ever.
pub(super) struct Printer<W, L, N> {
    out: W,
    line: L,
    capture: Capture,
    /// The next record's `seq`.
    next: u64,
    /// The first record whose line could not be written, until writing works again.
    lost: Option<u64>,
    notice: Arc<N>,
}

impl<W, L, N> Printer<W, L, N>
where
    W: Write,
    L: Fn(&Entry<'_>) -> Option<String>,
    N: Fn(&str),
{
    pub(super) fn new(out: W, line: L, capture: Capture, notice: Arc<N>) -> Self {
        Self { out, line, capture, next: 1, lost: None, notice }
    }

    /// Runs until the capture ends or the reader is gone.
    pub(super) fn run(mut self) {
        let Ok(runtime) = tokio::runtime::Builder::new_current_thread().build() else { return };
        let mut changes = self.capture.changes();
        loop {
            let open = runtime.block_on(changes.changed()).is_ok();
            // One at a time: what is held here is not in the ring's account.
            while let Some(record) = self.capture.since(self.next, 1).pop() {
                if self.print(&record).is_err_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
                {
                    return;
                }
            }
            if !open {
                return;
            }
        }
    }

    fn print(&mut self, record: &Record) -> io::Result<()> {
        let from = self.lost.unwrap_or(self.next);
        self.next = record.next_seq();
        let written = self.write(record, from);
        match &written {
            Ok(()) => self.lost = None,
            Err(error) if self.lost.is_none() && error.kind() != io::ErrorKind::BrokenPipe => {
                self.lost = Some(from);
                (self.notice)(&format!("cannot write to standard output, lines are lost: {error}"));
            }
            Err(_) => {}
        }
        written
    }

    fn put(&self, entry: &Entry<'_>, text: &mut String) {
        if let Some(line) = (self.line)(entry) {
            text.push_str(&line);
            text.push('\n');
        }
    }

    /// One write for all, so that a line is there whole or is known to be torn.
    fn write(&mut self, record: &Record, from: u64) -> io::Result<()> {
        // Ends what a failed write may have left behind.
        let mut text = if self.lost.is_some() { "\n".to_owned() } else { String::new() };
        let entry = match record.row.kind {
            Kind::Dropped { .. } => Entry::Dropped { seq: from, count: self.next - from },
            Kind::Dispatch | Kind::Event => {
                if from < record.row.seq {
                    let gap = Entry::Dropped { seq: from, count: record.row.seq - from };
                    self.put(&gap, &mut text);
                }
                Entry::Record(record)
            }
        };
        self.put(&entry, &mut text);
        if text.is_empty() {
            return Ok(());
        }
        self.out.write_all(text.as_bytes())?;
        self.out.flush()
    }
}

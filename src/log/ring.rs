//! The last lines of the log, for the Log pane.

use std::collections::VecDeque;
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use tokio::sync::watch;
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::layer::{Context, Layer};

/// Lines kept by default.
const LINES: usize = 5_000;
/// Bytes of one message at most: a peer's text may be quoted in it.
const MESSAGE_BYTES: usize = 4_096;

/// A line of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Counts from 0 over the life of the ring, so that a line keeps its number while older ones go.
    pub number: u64,
    /// When it was written.
    pub at: SystemTime,
    /// How grave.
    pub level: Level,
    /// Who wrote it: a room (`host`, `dispatch`), or another crate's name.
    pub target: String,
    /// The text with its fields as `name=value`, control characters escaped.
    pub message: String,
}

/// The last lines, oldest first; a clone is the same ring.
#[derive(Clone, Debug)]
pub struct Ring {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    lines: Mutex<Lines>,
    capacity: usize,
    changes: watch::Sender<u64>,
}

#[derive(Debug, Default)]
struct Lines {
    kept: VecDeque<Line>,
    /// How many there ever were.
    written: u64,
}

impl Default for Ring {
    fn default() -> Self {
        Self::new(LINES)
    }
}

impl Ring {
    /// A ring of at most `capacity` lines.
    pub fn new(capacity: usize) -> Self {
        let shared = Shared {
            lines: Mutex::default(),
            capacity: capacity.max(1),
            changes: watch::Sender::new(0),
        };
        Self { shared: Arc::new(shared) }
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.lock().kept.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The lines of this range, oldest first; what lies beyond the end is left out.
    pub fn lines(&self, range: Range<usize>) -> Vec<Line> {
        let lines = self.lock();
        let end = range.end.min(lines.kept.len());
        lines.kept.range(range.start.min(end)..end).cloned().collect()
    }

    /// The lines from this number on, as far as they are kept, oldest first.
    pub fn since(&self, number: u64) -> Vec<Line> {
        let lines = self.lock();
        let from = lines.kept.partition_point(|line| line.number < number);
        lines.kept.range(from..).cloned().collect()
    }

    /// How many lines were ever written; moves with each line.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.shared.changes.subscribe()
    }

    /// Writes a line, as `tracing` does for everyone else.
    pub fn write(&self, level: Level, target: &str, message: &str) {
        let line = Line {
            number: 0,
            at: SystemTime::now(),
            level,
            target: room(target).to_owned(),
            message: printable(message),
        };
        let written = {
            let mut lines = self.lock();
            if lines.kept.len() == self.shared.capacity {
                lines.kept.pop_front();
            }
            let number = lines.written;
            lines.kept.push_back(Line { number, ..line });
            lines.written += 1;
            lines.written
        };
        // Two writers may come here in either order: the number only ever grows.
        self.shared.changes.send_if_modified(|seen| {
            let grows = written > *seen;
            *seen = (*seen).max(written);
            grows
        });
    }

    fn lock(&self) -> MutexGuard<'_, Lines> {
        // A panic elsewhere cannot leave the lines half written.
        self.shared.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// `tyk_tui::services::host::server` → `host`; a crate of others → its name.
fn room(target: &str) -> &str {
    let mut parts = target.split("::");
    match parts.next() {
        Some("tyk_tui") => match parts.next() {
            Some("services" | "domain" | "flows") => parts.next().unwrap_or("tyk-tui"),
            Some(room) => room,
            None => "tyk-tui",
        },
        Some(other) => other,
        None => target,
    }
}

/// One line without control characters, cut where it is very long.
fn printable(message: &str) -> String {
    let end = message.floor_char_boundary(MESSAGE_BYTES);
    let mut text = String::with_capacity(end);
    for c in message[..end].chars() {
        if c.is_control() { text.extend(c.escape_default()) } else { text.push(c) }
    }
    if end < message.len() {
        text.push('…');
    }
    text
}

/// Hands `tracing`'s events to a ring.
pub(super) struct Listener(pub(super) Ring);

impl<S: Subscriber> Layer<S> for Listener {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut text = Text::default();
        event.record(&mut text);
        text.message.push_str(&text.fields);
        self.0.write(*event.metadata().level(), event.metadata().target(), &text.message);
    }
}

#[derive(Default)]
struct Text {
    message: String,
    fields: String,
}

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        // Writing to a String cannot fail.
        let _ = if field.name() == "message" {
            write!(self.message, "{value:?}")
        } else {
            write!(self.fields, " {}={value:?}", field.name())
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_last_lines_and_counts_all() {
        let ring = Ring::new(3);
        let mut changes = ring.changes();
        assert!(ring.is_empty() && !changes.has_changed().unwrap());
        for i in 0..5 {
            ring.write(Level::INFO, "tyk_tui::services::host::server", &format!("line {i}"));
        }
        assert_eq!(*changes.borrow_and_update(), 5);
        assert_eq!(ring.len(), 3);
        let lines = ring.lines(1..9);
        assert_eq!(lines.iter().map(|l| l.number).collect::<Vec<_>>(), [3, 4]);
        assert_eq!((lines[1].target.as_str(), lines[1].message.as_str()), ("host", "line 4"));
        assert!(ring.lines(7..9).is_empty());
    }

    #[test]
    fn a_message_cannot_steer_the_terminal_nor_fill_it() {
        let ring = Ring::new(2);
        ring.write(Level::WARN, "h2", "a\u{1b}[2J\nb");
        ring.write(Level::WARN, "h2", &"ä".repeat(MESSAGE_BYTES));
        let lines = ring.lines(0..2);
        assert_eq!(lines[0].message, "a\\u{1b}[2J\\nb");
        assert!(lines[1].message.len() <= MESSAGE_BYTES + '…'.len_utf8());
        assert!(lines[1].message.ends_with('…'));
    }

    #[test]
    fn events_arrive_with_their_fields() {
        use tracing_subscriber::layer::SubscriberExt as _;
        let ring = Ring::new(3);
        let subscriber = tracing_subscriber::registry().with(Listener(ring.clone()));
        tracing::subscriber::with_default(subscriber, || {
            tracing::info!(status = 200, peer = %"127.0.0.1", "download");
        });
        let lines = ring.lines(0..1);
        assert_eq!(lines[0].message, "download status=200 peer=127.0.0.1");
        assert_eq!((lines[0].target.as_str(), lines[0].level), ("log", Level::INFO));
    }
}

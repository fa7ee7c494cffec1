//! Which Dispatches a request caused: the calls of those HTTP requests that bear its mark, and, where there is none, of
//! those that came at the time.

use std::time::Duration;

use jiff::Timestamp;

use super::{Exchange, MARK};
use crate::capture::{self, Capture, From, Query, Record, Row, trails};
use crate::domain::object::Head;
use crate::domain::trail::Basis;

/// The most records that are looked through.
const MOST: usize = 5_000;

/// Clocks of two processes of one machine agree to this, and a record's time is taken when it was received whole.
const SLACK: Duration = Duration::from_millis(5);

/// How sure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// The request's mark was in it, or in another call of its trace.
    Seen,
    /// It came between request and answer, with the same method and path, or behind one that did.
    Guess,
}

impl Certainty {
    /// `seen` or `guess`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Seen => "seen",
            Self::Guess => "guess",
        }
    }
}

/// A Dispatch that a request caused.
#[derive(Clone, Debug)]
pub struct Caused {
    /// Its line in the Stream.
    pub row: Row,
    /// How sure that is.
    pub certainty: Certainty,
}

/// What is known of a request that was sent.
#[derive(Clone, Debug)]
pub struct Trace {
    /// Nothing captured before this number can be of it.
    pub since: u64,
    /// Its mark.
    pub mark: Option<String>,
    /// Its method.
    pub method: String,
    /// Its path and query.
    pub path: String,
    /// When it was sent.
    pub from: Timestamp,
    /// When its answer was there.
    pub to: Timestamp,
}

impl Trace {
    /// That of an exchange; `since` as [`Trace::now`] said before.
    pub fn of(exchange: &Exchange, since: u64) -> Self {
        let took = exchange.answer.timing.total;
        let url = &exchange.sent.url;
        let after = url.find("://").map_or("", |at| &url[at + 3..]);
        let path = after.find('/').map_or("/", |at| &after[at..]);
        Self {
            since,
            mark: exchange.mark.clone(),
            method: exchange.sent.method.clone(),
            path: path.split('#').next().unwrap_or_default().to_owned(),
            from: exchange.at,
            to: exchange.at.saturating_add(took).unwrap_or(Timestamp::MAX),
        }
    }

    /// The number from which on Dispatches can be of a request that is sent now.
    pub fn now(capture: &Capture) -> u64 {
        let newest = Query { search: None, until: None, from: From::End, rows: 1 };
        capture.window(&newest).rows.last().map_or(0, |row| row.seq + 1)
    }
}

/// The Dispatches that a request caused, as the Gateway made them.
pub fn caused(capture: &Capture, trace: &Trace) -> Vec<Caused> {
    let trails = trails(&capture.since(trace.since, MOST));
    trails.iter().flat_map(|trail| trace.caused(trail)).collect()
}

impl Trace {
    /// The calls of an HTTP request, where it is ours.
    fn caused(&self, trail: &capture::Trail) -> Vec<Caused> {
        let is_marked = trail.records.iter().any(|record| self.marks(record));
        let may_be = |record: &Record| !has_mark(record) && self.in_time(record);
        let is_guessed = || {
            let mut records = trail.records.iter();
            records.all(|record| may_be(record))
                && trail.records.iter().any(|record| self.fits(record))
        };
        if !is_marked && !is_guessed() {
            return Vec::new();
        }
        let of = |record: &std::sync::Arc<Record>| {
            let is_seen = self.marks(record) || is_marked && trail.basis == Basis::Trace;
            let certainty = if is_seen { Certainty::Seen } else { Certainty::Guess };
            Caused { row: record.row.clone(), certainty }
        };
        trail.records.iter().map(of).collect()
    }

    /// Whether it bears our mark.
    fn marks(&self, record: &Record) -> bool {
        let Some(mark) = &self.mark else { return false };
        header(record).is_some_and(|found| found == mark)
    }

    /// Whether it looks as ours.
    fn fits(&self, record: &Record) -> bool {
        let request = record.exchange.request.as_deref();
        let head = request.and_then(|request| Head::read(request).ok());
        head.is_some_and(|head| head.method == self.method && head.url == self.path)
    }

    fn in_time(&self, record: &Record) -> bool {
        let from = self.from.saturating_sub(SLACK).unwrap_or(Timestamp::MIN);
        let to = self.to.saturating_add(SLACK).unwrap_or(Timestamp::MAX);
        (from..=to).contains(&record.row.at)
    }
}

fn has_mark(record: &Record) -> bool {
    header(record).is_some()
}

fn header(record: &Record) -> Option<&str> {
    Head::read(record.exchange.request.as_deref()?).ok()?.header(MARK)
}

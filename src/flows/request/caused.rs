//! Which Dispatches a request caused: those that bear its mark, and, where there is none, those that came at the time.

use std::time::Duration;

use jiff::Timestamp;

use super::{Exchange, MARK};
use crate::capture::{Capture, From, Kind, Query, Record, Row};
use crate::domain::object::{Head, Hook};

/// The most records that are looked through.
const MOST: usize = 5_000;

/// Clocks of two processes of one machine agree to this, and a record's time is taken when it was received whole.
const SLACK: Duration = Duration::from_millis(5);

/// How sure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// The request's mark was in it.
    Seen,
    /// It came between request and answer, with the same method and path, or by the API of one that did.
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

/// The Dispatches that a request caused, oldest first.
pub fn caused(capture: &Capture, trace: &Trace) -> Vec<Caused> {
    let records = capture.since(trace.since, MOST);
    let dispatches = || records.iter().filter(|record| record.row.kind == Kind::Dispatch);
    let seen: Vec<_> = dispatches().filter(|record| trace.marks(record)).collect();
    let alike: Vec<_> = dispatches().filter(|record| trace.fits(record)).collect();
    // A response hook has the upstream's URL, and a hook before it may have taken the mark away.
    let apis: Vec<_> = seen.iter().chain(&alike).map(|record| record.row.api.clone()).collect();
    let is_response = |record: &Record| {
        record.row.hook == Hook::Response
            && trace.in_time(record)
            && apis.contains(&record.row.api)
            && !has_mark(record)
    };
    let of = |record: &std::sync::Arc<Record>| {
        let certainty = if trace.marks(record) {
            Certainty::Seen
        } else if trace.fits(record) || is_response(record) {
            Certainty::Guess
        } else {
            return None;
        };
        Some(Caused { row: record.row.clone(), certainty })
    };
    dispatches().filter_map(of).collect()
}

impl Trace {
    /// Whether it bears our mark.
    fn marks(&self, record: &Record) -> bool {
        let Some(mark) = &self.mark else { return false };
        header(record).is_some_and(|found| found == mark)
    }

    /// Whether it looks as one of ours, and is not known to be another's.
    fn fits(&self, record: &Record) -> bool {
        let request = record.exchange.request.as_deref();
        let Some(head) = request.and_then(|request| Head::read(request).ok()) else { return false };
        !has_mark(record)
            && self.in_time(record)
            && head.method == self.method
            && head.url == self.path
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

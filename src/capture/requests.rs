//! Which rows are calls of one HTTP request: asked for by lists that have them together, and brought up to date by their
//! searches; nothing is done where no list asks.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio_util::sync::CancellationToken;

use super::archive::Recalled;
use super::{Capture, Exchange, Kind, Row};
use crate::domain::effect::Outcome;
use crate::domain::object::Head;
use crate::domain::trail::{self, Basis, Call, Grouper, Taken};

/// Rows that are put together when a list asks first, at most: the newest. What is older stands as it came.
pub(super) const NEWEST: u64 = 200_000;

/// Rows that are looked at before others are let in.
const AT_ONCE: usize = 512;

/// Calls of one request that are looked at, at most.
const CALLS: usize = 64;

/// A row of a list that has the calls of a request together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its request: the count of the row that is its first call.
    pub request: u64,
    /// The row before it in the list is of another request.
    pub is_first: bool,
    /// The row behind it is.
    pub is_last: bool,
    /// By what the calls were put together; `None` where that was not looked at: what is too old stands as it came.
    pub basis: Option<Basis>,
}

impl Default for Member {
    /// Of a row that stands for itself.
    fn default() -> Self {
        Self { request: u64::MAX, is_first: true, is_last: true, basis: None }
    }
}

impl Member {
    /// Whether no other row of its request is shown.
    pub fn is_alone(&self) -> bool {
        self.is_first && self.is_last
    }
}

/// The calls of one request, as far as they are listed.
#[derive(Clone, Debug, Default)]
pub struct Calls {
    /// Their rows, in order.
    pub rows: Vec<Row>,
    /// `spec.bundle_hash` of the first one, where the ring still has it.
    pub bundle_hash: String,
    /// The names of the headers that it saw.
    pub headers: Vec<String>,
}

/// All that is known of it.
#[derive(Debug, Default)]
pub(super) struct Requests {
    work: Mutex<Work>,
    made: Mutex<Made>,
}

/// What whoever goes on needs; held while rows are read.
#[derive(Debug, Default)]
struct Work {
    grouper: Grouper,
    /// The row that comes next.
    next: u64,
}

/// What readers ask; held for moments.
#[derive(Debug, Default)]
pub(super) struct Made {
    /// The row of the first link.
    first: u64,
    links: VecDeque<Link>,
}

/// A row's place among the calls of its request.
#[derive(Clone, Copy, Debug)]
struct Link {
    /// So many rows before it is the first call.
    back: u32,
    /// So many rows behind it is the next call; 0 where there is none yet.
    next: u32,
    /// Counts at the first call.
    basis: Basis,
}

impl Made {
    /// The request of a row, as the count of its first row; a row that was not looked at is one of its own.
    pub(super) fn request(&self, row: u64) -> u64 {
        self.link(row).map_or(row, |link| row - u64::from(link.back))
    }

    fn link(&self, row: u64) -> Option<&Link> {
        self.links.get(place(row.checked_sub(self.first)?))
    }

    fn link_mut(&mut self, row: u64) -> Option<&mut Link> {
        self.links.get_mut(place(row.checked_sub(self.first)?))
    }

    /// Rows in the order of a list, of which the outer ones are not shown where they are there.
    pub(super) fn members(
        &self,
        rows: &[u64],
        before: Option<u64>,
        behind: Option<u64>,
    ) -> Vec<Member> {
        let is_of =
            |row: Option<u64>, request: u64| row.is_some_and(|row| self.request(row) == request);
        let at = |at: Option<usize>| at.and_then(|at| rows.get(at)).copied();
        let member = |(place, &row): (usize, &u64)| {
            let request = self.request(row);
            // Of one whose first call was forgotten the others know it, too.
            let link = self.link(request).or_else(|| self.link(row));
            Member {
                request,
                is_first: !is_of(
                    at(place.checked_sub(1)).or(before.filter(|_| place == 0)),
                    request,
                ),
                is_last: !is_of(
                    at(place.checked_add(1)).or(behind.filter(|_| place + 1 == rows.len())),
                    request,
                ),
                basis: link.map(|link| link.basis),
            }
        };
        rows.iter().enumerate().map(member).collect()
    }

    /// The rows of a request's calls.
    pub(super) fn calls(&self, request: u64) -> Vec<u64> {
        let next = |row: &u64| {
            let ahead = self.link(*row)?.next;
            (ahead > 0).then(|| row + u64::from(ahead))
        };
        std::iter::successors(Some(request), next).take(CALLS).collect()
    }

    /// Takes in the next row, and of which request it is.
    fn push(&mut self, row: u64, request: u64, basis: Basis) {
        let back = u32::try_from(row - request).unwrap_or(0);
        if back > 0
            && let Some(&last) = self.calls(request).last()
        {
            let ahead = u32::try_from(row - last).unwrap_or(0);
            if let Some(link) = self.link_mut(last) {
                link.next = ahead;
            }
            self.set(request, basis);
        }
        self.links.push_back(Link { back, next: 0, basis });
    }

    fn set(&mut self, request: u64, basis: Basis) {
        if let Some(link) = self.link_mut(request) {
            link.basis = basis;
        }
    }

    fn forget(&mut self, before: u64) {
        while self.first < before && self.links.pop_front().is_some() {
            self.first += 1;
        }
    }
}

impl Requests {
    pub(super) fn made(&self) -> MutexGuard<'_, Made> {
        // Whoever panicked has left each link whole.
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at all rows that are there; may read the session's file. Stops where it is cancelled.
    pub(super) fn advance(&self, capture: &Capture, cancelled: &CancellationToken) {
        let mut work = self.work.lock().unwrap_or_else(PoisonError::into_inner);
        while !cancelled.is_cancelled() {
            let rows = capture.rows();
            let oldest = rows.start.max(rows.end.saturating_sub(NEWEST));
            // It has just begun, or nobody asked for so long that it is as if it did.
            if work.next < oldest {
                *work = Work { next: oldest, ..Work::default() };
                *self.made() = Made { first: oldest, links: VecDeque::new() };
            }
            if work.next >= rows.end {
                self.made().forget(rows.start);
                return;
            }
            let first = work.next;
            let calls = (first..).zip(capture.calls_from(first));
            // Who draws does not wait until they are compared.
            let taken: Vec<_> = calls
                .map(|(row, call)| match call {
                    Some(call) => work.grouper.take(call, row),
                    None => Taken::alone(row),
                })
                .collect();
            work.next += taken.len() as u64;
            let mut made = self.made();
            for (row, taken) in (first..).zip(taken) {
                made.push(row, taken.request, taken.basis);
                for (request, basis) in taken.doubted {
                    made.set(request, basis);
                }
            }
        }
    }
}

impl Capture {
    /// What is compared of some rows from this one on; `None` for each that is no call, or cannot be read.
    fn calls_from(&self, row: u64) -> Vec<Option<Call>> {
        let records = self.records(row, AT_ONCE);
        if !records.is_empty() {
            let call = |record: &Arc<super::Record>| call(record.row.outcome, &record.exchange);
            return records.iter().map(call).collect();
        }
        // The ring has forgotten it: the session's file has it, and the index what came of it.
        let Some(piece) = self.piece(row) else { return vec![None] };
        let start = place(row - piece.first);
        let which: Range<usize> = start..piece.range.end.min(start + AT_ONCE);
        let briefs: Vec<_> = which.filter_map(|at| piece.block.brief(at)).collect();
        let seqs: Vec<u64> = briefs.iter().map(super::index::Brief::seq).collect();
        let call = |(brief, recalled): (&super::index::Brief<'_>, Option<Recalled>)| match recalled?
        {
            Recalled::Judged(record) => call(record.row.outcome, &record.exchange),
            Recalled::Kept(kept) => call(brief.outcome(), &kept.exchange),
        };
        briefs.iter().zip(self.recall_all(&seqs)).map(call).collect()
    }

    /// The calls of a request that a list has together, as far as they are listed.
    pub fn calls_of(&self, request: u64) -> Calls {
        let calls = self.requests.made().calls(request);
        let (rows, first) = self.lock().calls(&calls);
        let request = first.as_ref().and_then(|first| first.exchange.request.as_deref());
        let head = request.and_then(|request| Head::read(request).ok()).unwrap_or_default();
        Calls {
            rows,
            bundle_hash: head.bundle_hash.to_owned(),
            headers: head.headers().map(|(name, _)| name.to_owned()).collect(),
        }
    }
}

/// What of an exchange tells its request from others; `None` where it is no call that can be read.
pub(super) fn call(outcome: Option<Outcome>, exchange: &Exchange) -> Option<Call> {
    let request = exchange.request.as_deref().filter(|_| exchange.kind == Kind::Dispatch)?;
    let reply = exchange.reply.as_deref().ok();
    let begin = exchange.at.as_microsecond();
    let took = i64::try_from(exchange.took.as_micros()).unwrap_or(i64::MAX);
    let span = (begin, begin.saturating_add(took));
    Call::read(request, reply, exchange.trace, span, trail::ends(outcome)).ok()
}

/// A place in a list that is in memory.
fn place(row: u64) -> usize {
    usize::try_from(row).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests;

//! The records of the list, as they were when one began to read them: from the memory, or from the session's file.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use crate::capture::{Capture, Marks, Noted, Record, Row, SharedView};
use crate::domain::filter::Filter;
use crate::domain::task::Problem;

/// Records that are taken at once.
const PIECE: usize = 256;

/// Records that are looked through on each side of one for others of its request, at most.
const LOOKED: u64 = 10_000;
/// They come within this time of it.
const NEAR: SignedDuration = SignedDuration::from_mins(2);

/// Those of the list that are meant, oldest first.
pub struct Ring {
    capture: Capture,
    /// The filter sees them through it.
    view: SharedView,
    filter: Option<Filter>,
    /// What is marked of them.
    marks: Marks,
    /// These alone, the next one first.
    only: Option<VecDeque<u64>>,
    piece: VecDeque<Arc<Record>>,
    next: u64,
    /// Later ones are not looked at.
    last: u64,
}

impl Ring {
    /// All, from `first` to `last`, that the filter means.
    pub fn new(
        capture: Capture,
        (first, last): (u64, u64),
        filter: Option<Filter>,
        view: SharedView,
    ) -> Self {
        let (marks, piece) = (capture.marks(), VecDeque::new());
        Self { capture, view, filter, marks, only: None, piece, next: first, last }
    }

    /// These, in this order.
    pub fn of(capture: Capture, seqs: Vec<u64>, view: SharedView) -> Self {
        Self { only: Some(seqs.into()), ..Self::new(capture, (0, u64::MAX), None, view) }
    }

    /// The next records; false once there are none.
    fn read(&mut self) -> bool {
        if let Some(only) = &mut self.only {
            let seqs: Vec<u64> = only.drain(..only.len().min(PIECE)).collect();
            self.piece = self.capture.recall_those(&seqs).into();
            return !seqs.is_empty();
        }
        if self.next > self.last {
            return false;
        }
        let Some((records, next)) = self.capture.listed(self.next, PIECE) else { return false };
        (self.piece, self.next) = (records.into(), next);
        true
    }

    fn is_meant(&self, record: &Noted) -> bool {
        self.filter.as_ref().is_none_or(|filter| record.is_meant(filter, &*self.view))
    }

    /// Those that are meant among the others that may be of a request with one of them.
    pub(super) fn around(mut self) -> impl Iterator<Item = (Noted, bool)> {
        let mut meant = Meant::default();
        self.by_ref().flatten().for_each(|noted| meant.add(&noted.record.row));
        let (capture, marks, mut next) = (self.capture, self.marks, 0);
        let mut piece = VecDeque::new();
        std::iter::from_fn(move || {
            loop {
                if piece.is_empty() {
                    next = meant.first_near(next)?;
                    let (records, then) = capture.listed(next, PIECE)?;
                    (piece, next) = (records.into(), then);
                }
                let Some(record) = piece.pop_front() else { continue };
                if meant.is_near(&record.row) {
                    let is_meant = meant.has(&record.row);
                    return Some((marks.noted(Record::clone(&record)), is_meant));
                }
            }
        })
    }
}

/// Which records are meant.
#[derive(Default)]
struct Meant {
    /// When they came, by API: a request is to one.
    apis: HashMap<Arc<str>, BTreeMap<u64, Timestamp>>,
}

impl Meant {
    fn add(&mut self, row: &Row) {
        self.apis.entry(Arc::clone(&row.api)).or_default().insert(row.seq, row.at);
    }

    fn has(&self, row: &Row) -> bool {
        self.apis.get(&row.api).is_some_and(|api| api.contains_key(&row.seq))
    }

    /// Whether one of them may be of its request.
    fn is_near(&self, row: &Row) -> bool {
        let Some(api) = self.apis.get(&row.api) else { return false };
        let sides = [api.range(..=row.seq).next_back(), api.range(row.seq..).next()];
        sides.into_iter().flatten().any(|(seq, at)| {
            row.seq.abs_diff(*seq) <= LOOKED && at.duration_since(row.at).abs() <= NEAR
        })
    }

    /// The first record from `seq` on that may be near one.
    fn first_near(&self, seq: u64) -> Option<u64> {
        let from = seq.saturating_sub(LOOKED);
        let ahead = self.apis.values().filter_map(|api| api.range(from..).next());
        ahead.map(|(meant, _)| seq.max(meant.saturating_sub(LOOKED))).min()
    }
}

impl Iterator for Ring {
    type Item = Result<Noted, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.piece.is_empty() && !self.read() {
                return None;
            }
            let Some(record) = self.piece.pop_front() else { continue };
            if record.row.seq > self.last {
                return None;
            }
            let record = self.marks.noted(Record::clone(&record));
            if self.is_meant(&record) {
                return Some(Ok(record));
            }
        }
    }
}

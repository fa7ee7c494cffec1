//! The records of the list, as they were when one began to read them: from the memory, or from the session's file.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::capture::{Capture, Marks, Noted, Record, SharedView};
use crate::domain::filter::Filter;
use crate::domain::task::Problem;

/// Records that are taken at once.
const PIECE: usize = 256;

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

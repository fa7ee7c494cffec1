//! The records of the list, as they were when one began to read them: from the memory, or from the session's file.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::capture::{Capture, Record, Seen, SharedView};
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
        Self { capture, view, filter, piece: VecDeque::new(), next: first, last }
    }

    fn is_meant(&self, record: &Record) -> bool {
        let seen = |filter: &Filter| filter.matches(&Seen::new(record, &*self.view));
        self.filter.as_ref().is_none_or(seen)
    }
}

impl Iterator for Ring {
    type Item = Result<Record, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.piece.is_empty() {
                if self.next > self.last {
                    return None;
                }
                let (records, next) = self.capture.listed(self.next, PIECE)?;
                (self.piece, self.next) = (records.into(), next);
            }
            let Some(record) = self.piece.pop_front() else { continue };
            if record.row.seq > self.last {
                return None;
            }
            if self.is_meant(&record) {
                return Some(Ok(Record::clone(&record)));
            }
        }
    }
}

//! What is wrong in the text, at its place.

use super::outline::{string_end, word_end};
use crate::domain::json::Place;
use crate::domain::task::Severity;
use crate::tui::buffer::{Buffer, Splice};

/// One mistake, as its finder names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// How grave.
    pub(crate) severity: Severity,
    /// What is wrong.
    pub(crate) message: String,
    place: Place,
    span: (usize, usize),
}

impl Mark {
    /// A mistake at a place.
    pub(crate) fn new(severity: Severity, place: Place, message: impl Into<String>) -> Self {
        Self { severity, message: message.into(), place, span: (0, 0) }
    }

    /// Finds the word of the text that is meant.
    pub(super) fn find(&mut self, buffer: &Buffer) {
        let start = buffer.offset(self.place);
        let end = match buffer.bytes().get(start) {
            Some(b'"') => string_end(buffer.bytes(), start),
            Some(b'\n' | b'\r') | None => start,
            Some(_) => word_end(buffer.bytes(), start),
        };
        self.span = (start, end);
    }

    pub(super) fn shift(&mut self, splice: Splice) {
        self.span = (splice.shift(self.span.0), splice.shift(self.span.1));
    }

    pub(super) fn start(&self) -> usize {
        self.span.0
    }

    pub(super) fn end(&self) -> usize {
        self.span.1
    }
}

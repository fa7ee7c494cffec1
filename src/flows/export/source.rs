//! Where records come from, with those around them where a format has one piece for each HTTP request.

use super::ring::Ring;
use crate::capture::{Noted, SharedView};
use crate::domain::filter::Filter;
use crate::domain::task::Problem;

/// Those that are to be exported, in their order.
pub trait Source: Iterator<Item = Result<Noted, Problem>> {
    /// With the others that may be of one HTTP request with one of them, in the order of all; true for those that are meant.
    fn with_others(self) -> impl Iterator<Item = Result<(Noted, bool), Problem>>;
}

/// Those of some records that a filter means.
pub struct Sifted<I> {
    records: I,
    filter: Option<Filter>,
    /// The filter sees them through it.
    view: SharedView,
}

impl<I> Sifted<I> {
    /// Without a filter all are meant.
    pub fn new(records: I, filter: Option<Filter>, view: SharedView) -> Self {
        Self { records, filter, view }
    }

    fn is_meant(&self, record: &Noted) -> bool {
        self.filter.as_ref().is_none_or(|filter| record.is_meant(filter, &*self.view))
    }
}

impl<I: Iterator<Item = Result<Noted, Problem>>> Iterator for Sifted<I> {
    type Item = Result<Noted, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.records.next()? {
                Ok(record) if !self.is_meant(&record) => {}
                record => return Some(record),
            }
        }
    }
}

impl<I: Iterator<Item = Result<Noted, Problem>>> Source for Sifted<I> {
    fn with_others(mut self) -> impl Iterator<Item = Result<(Noted, bool), Problem>> {
        std::iter::from_fn(move || {
            let record = self.records.next()?;
            Some(record.map(|record| {
                let meant = self.is_meant(&record);
                (record, meant)
            }))
        })
    }
}

impl Source for Ring {
    fn with_others(self) -> impl Iterator<Item = Result<(Noted, bool), Problem>> {
        self.around().map(Ok)
    }
}

//! Rows that somebody marked, some with a note: beside the ring, as no record changes.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;

use serde_json::Value;

use super::{Capture, Record, Seen, line};
use crate::domain::filter::{Fields, Filter, Marked};
use crate::domain::object::View;

/// Rows that are marked at once, at most.
pub const MOST_MARKS: usize = 10_000;

/// Letters of a note, at most.
pub const LONGEST_NOTE: usize = 500;

/// What is marked, as it was when it was asked for; a cheap clone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Notes by record; most are empty.
    rows: Arc<BTreeMap<u64, Arc<str>>>,
    /// Another one whenever they change.
    version: u64,
}

/// A record as it is given on: with its note, where it is marked.
#[derive(Clone, Debug)]
pub struct Noted {
    /// The record.
    pub record: Record,
    /// Empty where nothing is noted.
    pub note: Option<Arc<str>>,
}

impl Noted {
    /// Whether a filter means it.
    pub fn is_meant(&self, filter: &Filter, view: &dyn View) -> bool {
        let fields = &Seen::new(&self.record, view);
        filter.matches(&Marked { fields, note: self.note.as_deref() })
    }

    /// As a line of `--json`.
    pub fn to_json(&self, view: &dyn View) -> Value {
        line::noted(&self.record, self.note.as_deref(), view)
    }
}

/// A row that is marked, with this note, or is so no more.
pub type Change = (u64, Option<Arc<str>>);

impl Marks {
    /// The note of a record that is marked; empty where it has none.
    pub fn note(&self, seq: u64) -> Option<&str> {
        self.rows.get(&seq).map(|note| &**note)
    }

    /// The same, to be kept.
    pub fn get(&self, seq: u64) -> Option<Arc<str>> {
        self.rows.get(&seq).cloned()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether nothing is marked.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Another number whenever something was marked or no more.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Records and notes, the oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (u64, &Arc<str>)> {
        self.rows.iter().map(|(seq, note)| (*seq, note))
    }

    /// Those that come after a record (or before it) and then, from the other end, the rest.
    pub fn from(&self, seq: u64, forward: bool) -> Vec<u64> {
        let seqs = |from, to| self.rows.range((from, to)).map(|(seq, _)| *seq);
        let (before, after) = (
            seqs(Bound::Unbounded, Bound::Excluded(seq)),
            seqs(Bound::Excluded(seq), Bound::Unbounded),
        );
        if forward {
            after.chain(before).collect()
        } else {
            before.rev().chain(after.rev()).collect()
        }
    }

    /// A record with its mark.
    pub fn noted(&self, record: Record) -> Noted {
        Noted { note: self.get(record.row.seq), record }
    }

    /// Whether a filter means a record, by these marks.
    pub fn means(&self, filter: &Filter, record: &Record, view: &dyn View) -> bool {
        filter.matches(&self.on(record.row.seq, &Seen::new(record, view)))
    }

    /// A record's fields with its mark.
    pub(super) fn on<'a>(&'a self, seq: u64, fields: &'a dyn Fields) -> Marked<'a> {
        Marked { fields, note: self.note(seq) }
    }

    /// Takes changes in as long as there is room; the number of those that were not.
    pub(super) fn apply(&mut self, changes: &[Change]) -> usize {
        let rows = Arc::make_mut(&mut self.rows);
        let mut left = 0;
        for (seq, note) in changes {
            match note {
                None => {
                    rows.remove(seq);
                }
                Some(note) if rows.len() < MOST_MARKS || rows.contains_key(seq) => {
                    rows.insert(*seq, Arc::clone(note));
                }
                Some(_) => left += 1,
            }
        }
        self.version += 1;
        left
    }

    /// Forgets what is before this record.
    pub(super) fn forget_before(&mut self, seq: u64) {
        if self.rows.first_key_value().is_some_and(|(first, _)| *first < seq) {
            let rows = Arc::make_mut(&mut self.rows);
            *rows = rows.split_off(&seq);
            self.version += 1;
        }
    }
}

impl FromIterator<(u64, Arc<str>)> for Marks {
    fn from_iter<I: IntoIterator<Item = (u64, Arc<str>)>>(rows: I) -> Self {
        Self { rows: Arc::new(rows.into_iter().take(MOST_MARKS).collect()), version: 0 }
    }
}

/// A note as it is kept: one line, not too long.
pub fn note(text: &str) -> Arc<str> {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    line.trim().chars().take(LONGEST_NOTE).collect::<String>().into()
}

impl Capture {
    /// What is marked, of the rows that are listed.
    pub fn marks(&self) -> Marks {
        self.lock().marks()
    }

    /// Marks rows, and unmarks others; how many were left out, as [`MOST_MARKS`] are marked.
    pub fn mark(&self, changes: &[Change]) -> usize {
        self.lock().mark(changes)
    }

    /// The marked record that comes after this one (or before it) in the list of what a search found, round its ends; none
    /// after `until`.
    pub fn next_marked(
        &self,
        here: u64,
        forward: bool,
        until: Option<u64>,
        search: Option<&super::Search>,
    ) -> Option<u64> {
        self.lock().next_marked(here, forward, until, search)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(seqs: &[u64]) -> Vec<Change> {
        seqs.iter().map(|seq| (*seq, Some("".into()))).collect()
    }

    #[test]
    fn marks_are_walked_round_both_ways() {
        let mut marks = Marks::default();
        marks.apply(&marked(&[3, 7, 12]));
        assert_eq!(marks.from(7, true), [12, 3]);
        assert_eq!(marks.from(7, false), [3, 12]);
        assert_eq!(marks.from(8, true), [12, 3, 7]);
        assert_eq!(marks.from(8, false), [7, 3, 12]);
        marks.forget_before(7);
        assert_eq!(marks.from(0, true), [7, 12]);
        assert_eq!(marks.note(3), None);
    }

    #[test]
    fn no_more_than_so_many_are_marked_and_notes_are_a_line() {
        let mut marks = Marks::default();
        let all: Vec<u64> = (0..MOST_MARKS as u64 + 5).collect();
        assert_eq!(marks.apply(&marked(&all)), 5);
        assert_eq!(marks.len(), MOST_MARKS);
        assert_eq!(marks.apply(&[(7, Some("a note".into()))]), 0, "it is marked already");
        assert_eq!(marks.apply(&[(7, None), (20_000, Some("".into()))]), 0);
        assert_eq!((marks.note(7), marks.note(20_000)), (None, Some("")));
        assert_eq!(&*note(" a\nb\u{1b}c "), "a b c");
        assert_eq!(note(&"ä".repeat(600)).chars().count(), LONGEST_NOTE);
    }
}

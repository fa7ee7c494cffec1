//! A session's records, one after the other, as they were captured.

use std::path::Path;

use super::Opened;
use crate::capture::session::{Facts, Kept};
use crate::capture::{Judge, Marks, Noted, SharedView};
use crate::domain::task::Problem;

/// A session that is read from its beginning to its end, as it is then.
pub struct Played {
    opened: Opened,
    judge: Judge,
    /// Read, and not yet given out; the next one last.
    piece: Vec<Kept>,
    /// What is marked of it.
    marks: Marks,
    /// The next record's `seq`.
    next: u64,
    /// What came after this one is not read: a session may grow by what is made of it, and would have no end.
    last: u64,
    /// By damage.
    ended: bool,
}

impl Played {
    /// Opens it; `view` is how a row's path is shown.
    pub fn open(path: &Path, view: SharedView) -> Result<Self, Problem> {
        let opened = Opened::new(path)?;
        let judge = opened.judge(view);
        let last = opened.newest()?;
        Ok(Self {
            opened,
            judge,
            piece: Vec::new(),
            marks: Marks::default(),
            next: 0,
            last,
            ended: false,
        })
    }

    /// What it says of itself.
    pub fn facts(&self) -> &Facts {
        self.opened.facts()
    }

    fn read(&mut self) -> Result<Option<Noted>, Problem> {
        if self.piece.is_empty() {
            self.piece = self.opened.since(self.next)?;
            self.marks = self.opened.marks_of(&self.piece);
            self.judge.view.learn(self.opened.hidden());
            self.piece.reverse();
        }
        let Some(Kept { seq, exchange }) = self.piece.pop().filter(|kept| kept.seq <= self.last)
        else {
            return Ok(None);
        };
        let record = self.judge.record(seq, exchange);
        self.next = record.next_seq();
        Ok(Some(self.marks.noted(record)))
    }
}

/// Ends with an error where the session is damaged from there on.
impl Iterator for Played {
    type Item = Result<Noted, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let record = self.read();
        self.ended = !matches!(record, Ok(Some(_)));
        record.transpose()
    }
}

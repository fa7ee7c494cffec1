//! A session that is open to be read.

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::capture::session::{Facts, Kept, Reader, SessionError};
use crate::capture::{Judge, Marks, SharedView};
use crate::domain::object::SecretNames;
use crate::domain::task::Problem;

/// Records that are read at once.
const PIECE: usize = 256;

/// What its records are read and judged with.
pub struct Opened {
    reader: Reader,
    path: PathBuf,
    facts: Facts,
}

impl Opened {
    /// Opens it; it may be growing.
    pub fn new(path: &Path) -> Result<Self, Problem> {
        let cannot = |error: SessionError| error.problem(path);
        let reader = Reader::open(path).map_err(cannot)?;
        let facts = reader.facts().map_err(cannot)?;
        Ok(Self { reader, path: path.to_owned(), facts })
    }

    /// What it says of itself.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// What a Gateway took at most, when it was captured; in bytes.
    pub fn answer_limit(&self) -> usize {
        self.facts.answer_limit
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Names under which what was read so far has secrets.
    pub(super) fn hidden(&self) -> &SecretNames {
        &self.facts.hidden
    }

    /// What makes records of it; `view` is how a row's path is shown.
    pub(super) fn judge(&self, view: SharedView) -> Judge {
        view.learn(self.hidden());
        Judge { view, answer_limit: self.facts.answer_limit }
    }

    /// The first of its last `most` records; the very first where it is damaged, as what comes before that is shown.
    pub(super) fn last(&self, most: u64) -> Result<u64, Problem> {
        match self.reader.last(most) {
            Err(SessionError::Damaged { .. }) => Ok(0),
            seq => seq.map_err(|error| error.problem(&self.path)),
        }
    }

    /// The `seq` of its last record now; of a damaged one it is not known, and beyond all.
    pub(super) fn newest(&self) -> Result<u64, Problem> {
        match self.reader.last(1) {
            Err(SessionError::Damaged { .. }) => Ok(u64::MAX),
            seq => seq.map_err(|error| error.problem(&self.path)),
        }
    }

    /// Numbers and notes of those of these records that are marked, the last `most` at most; none where that cannot be
    /// read, as records can be without.
    pub(super) fn marks(&self, records: &RangeInclusive<u64>, most: usize) -> Vec<(u64, Arc<str>)> {
        self.reader.marks(records, most).unwrap_or_else(|error| {
            tracing::warn!("cannot read what is marked in {}: {error}", self.path.display());
            Vec::new()
        })
    }

    /// What is marked of records that were just read.
    pub(super) fn marks_of(&self, piece: &[Kept]) -> Marks {
        let (Some(first), Some(last)) = (piece.first(), piece.last()) else {
            return Marks::default();
        };
        self.marks(&(first.seq..=last.seq), piece.len()).into_iter().collect()
    }

    /// Those of these records that are there.
    pub(super) fn these(&mut self, seqs: &[u64]) -> Result<Vec<Kept>, Problem> {
        let kept = self.reader.these(seqs).map_err(|error| error.problem(&self.path))?;
        Ok(kept.into_iter().flatten().collect())
    }

    /// Some records from `seq` on, oldest first.
    pub(super) fn since(&mut self, seq: u64) -> Result<Vec<Kept>, Problem> {
        let cannot = |error: SessionError| error.problem(&self.path);
        let kept = self.reader.since(seq, PIECE).map_err(cannot)?;
        // Its server may have read other rules meanwhile. Where it is damaged, what was known counts.
        if let Ok(Facts { hidden, .. }) = self.reader.facts() {
            self.facts.hidden = hidden;
        }
        Ok(kept)
    }
}

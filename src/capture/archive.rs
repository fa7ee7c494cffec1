//! What the ring has forgotten, read from the session's file that has it. Reading waits for the disk: never on the
//! thread that draws, and never under the store's lock.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::session::{Reader, SessionError};
use super::{Capture, Judge, Record, Row};
use crate::domain::task::Problem;

/// A session's file, of which single records are read; it may be growing.
pub struct Archive {
    path: PathBuf,
    /// Opened when it is asked for first.
    reader: Mutex<Option<Reader>>,
}

impl Archive {
    /// This file, which is opened once it is asked for something.
    pub(super) fn at(path: &Path) -> Self {
        Self { path: path.to_owned(), reader: Mutex::default() }
    }

    /// The records with these numbers, where the file has them.
    fn records(&self, seqs: &[u64], judge: &Judge) -> Result<Vec<Option<Record>>, SessionError> {
        let mut place = self.lock();
        let mut reader = match place.take() {
            Some(reader) => reader,
            None => Reader::open(&self.path)?,
        };
        let one = |&seq: &u64| {
            let kept = reader.one(seq)?;
            Ok(kept.map(|kept| judge.record(kept.seq, kept.exchange)))
        };
        let records: Result<Vec<_>, SessionError> = seqs.iter().map(one).collect();
        // One that failed is opened anew by the next who asks: the file may have become another by then.
        if records.is_ok() {
            *place = Some(reader);
        }
        records
    }

    /// Does something while nobody reads here.
    pub(super) fn closed<R>(&self, act: impl FnOnce() -> R) -> R {
        let mut place = self.lock();
        *place = None;
        act()
    }

    fn lock(&self) -> MutexGuard<'_, Option<Reader>> {
        self.reader.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Capture {
    /// From now on this session has what the ring forgets: it is listed, and read when it is asked for.
    pub fn look_back(&self, session: &Path) -> Arc<Archive> {
        let archive = Arc::new(Archive::at(session));
        self.lock().keep_archive(Arc::clone(&archive));
        archive
    }

    /// The session has no record before `seq` any more.
    pub(super) fn forget_before(&self, archive: &Arc<Archive>, seq: u64) {
        self.lock().forget_before(archive, seq);
    }

    /// What is known of a record without reading it.
    pub fn row(&self, seq: u64) -> Option<Row> {
        self.lock().row(seq)
    }

    /// The record with this number, from the ring or from the session's file: may wait for the disk.
    pub fn recall(&self, seq: u64) -> Result<Arc<Record>, Problem> {
        if let Some(record) = self.record(seq) {
            return Ok(record);
        }
        let archive = self.lock().archive();
        let gone = || Problem::failed(format!("record {seq} is gone"));
        let Some(archive) = archive else {
            return Err(
                gone().help("newer ones have taken its place; a session keeps more of them")
            );
        };
        let read = archive.records(&[seq], &self.judge);
        let read = read.map_err(|error| error.problem(&archive.path))?;
        let record = read.into_iter().flatten().next();
        let lost =
            || gone().at(archive.path.display()).help("it came faster than the disk took it");
        record.map(Arc::new).ok_or_else(lost)
    }

    /// At most so many records of the list, from `seq` on, and the number from which on there may be more; `None` where
    /// there are none. What cannot be read is left out. May wait for the disk.
    pub fn listed(&self, seq: u64, most: usize) -> Option<(Vec<Arc<Record>>, u64)> {
        let seqs = self.lock().listed(seq, most);
        let next = seqs.last()?.saturating_add(1);
        Some((self.recall_all(&seqs).into_iter().flatten().collect(), next))
    }

    /// Those of these records that can be read; may wait for the disk.
    pub fn recall_those(&self, seqs: &[u64]) -> Vec<Arc<Record>> {
        self.recall_all(seqs).into_iter().flatten().collect()
    }

    /// The same for several; what cannot be read is none.
    pub(super) fn recall_all(&self, seqs: &[u64]) -> Vec<Option<Arc<Record>>> {
        let (mut records, archive) = {
            let store = self.lock();
            let records: Vec<_> = seqs.iter().map(|&seq| store.record(seq)).collect();
            (records, store.archive())
        };
        let Some(archive) = archive else { return records };
        let places: Vec<usize> = (0..seqs.len()).filter(|&at| records[at].is_none()).collect();
        let missing: Vec<u64> = places.iter().map(|&at| seqs[at]).collect();
        if missing.is_empty() {
            return records;
        }
        match archive.records(&missing, &self.judge) {
            Ok(read) => {
                for (at, record) in places.into_iter().zip(read) {
                    records[at] = record.map(Arc::new);
                }
            }
            Err(error) => tracing::warn!("cannot read {}: {error}", archive.path.display()),
        }
        records
    }

    /// Reads what the index does not have of these rows, so that the next window shows it: may wait for the disk.
    pub fn read_rows(&self, seqs: &[u64]) {
        let read = self.recall_all(seqs);
        let row = |(&seq, record): (&u64, Option<Arc<Record>>)| match record {
            Some(record) => Some(record.row.clone()),
            // There is no more to have of it.
            None => self.row(seq),
        };
        let rows = seqs.iter().zip(read).filter_map(row).collect();
        self.lock().keep_rows(rows);
    }
}

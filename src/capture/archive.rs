//! What the ring has forgotten, read from the session's file that has it. Reading waits for the disk: never on the
//! thread that draws, and never under the store's lock.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::session::{Kept, Reader, SessionError};
use super::{Capture, Record, Row};
use crate::domain::task::Problem;

/// Readers that are kept open for who asks next.
const IDLE: usize = 4;

/// A session's file, of which single records are read; it may be growing. Each who asks has a reader of its own, so that
/// who opens a row does not wait for a search that reads a million.
pub struct Archive {
    path: PathBuf,
    readers: Mutex<Readers>,
    /// A reader came back, or nobody wants them all back any more.
    returned: Condvar,
}

#[derive(Default)]
pub(super) struct Readers {
    idle: Vec<Reader>,
    /// How many are in use.
    out: usize,
    /// Somebody needs the file for himself.
    pub(super) closing: bool,
}

/// A reader in use.
pub(super) struct Lent<'a> {
    archive: &'a Archive,
    reader: Option<Reader>,
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        let mut readers = self.archive.lock();
        readers.out -= 1;
        if readers.idle.len() < IDLE {
            readers.idle.extend(self.reader.take());
        }
        self.archive.returned.notify_all();
    }
}

impl Archive {
    /// This file, which is opened once it is asked for something.
    pub(super) fn at(path: &Path) -> Self {
        Self { path: path.to_owned(), readers: Mutex::default(), returned: Condvar::new() }
    }

    /// The records with these numbers, in order, where the file has them; nothing is judged.
    fn kept(&self, seqs: &[u64]) -> Result<Vec<Option<Kept>>, SessionError> {
        let mut lent = self.lend();
        let mut reader = match lent.reader.take() {
            Some(reader) => reader,
            None => Reader::open(&self.path)?,
        };
        // One that failed is opened anew by the next who asks: the file may have become another by then.
        let kept = reader.these(seqs)?;
        lent.reader = Some(reader);
        Ok(kept)
    }

    pub(super) fn lend(&self) -> Lent<'_> {
        let readers = self.returned.wait_while(self.lock(), |readers| readers.closing);
        let mut readers = readers.unwrap_or_else(PoisonError::into_inner);
        readers.out += 1;
        let reader = readers.idle.pop();
        Lent { archive: self, reader }
    }

    /// Does something while nobody reads here.
    pub(super) fn closed<R>(&self, act: impl FnOnce() -> R) -> R {
        let mut readers = self.lock();
        readers.closing = true;
        let readers = self.returned.wait_while(readers, |readers| readers.out > 0);
        let mut readers = readers.unwrap_or_else(PoisonError::into_inner);
        readers.idle.clear();
        let acted = act();
        readers.closing = false;
        self.returned.notify_all();
        acted
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Readers> {
        // Whoever panicked has left the list as it was.
        self.readers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A record as whoever looks for one gets it.
pub(super) enum Recalled {
    /// From the ring.
    Judged(Arc<Record>),
    /// From the session's file; what the Gateway made of its answer is still to be judged.
    Kept(Kept),
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
        let read = archive.kept(&[seq]).map_err(|error| error.problem(&archive.path))?;
        let kept = read.into_iter().flatten().next();
        let lost =
            || gone().at(archive.path.display()).help("it came faster than the disk took it");
        kept.map(|kept| Arc::new(self.judge.record(kept.seq, kept.exchange))).ok_or_else(lost)
    }

    /// At most so many records of the list, from `seq` on, and the number from which on there may be more; `None` where
    /// there are none. What cannot be read is left out. May wait for the disk.
    pub fn listed(&self, seq: u64, most: usize) -> Option<(Vec<Arc<Record>>, u64)> {
        let seqs = self.lock().listed(seq, most);
        let next = seqs.last()?.saturating_add(1);
        Some((self.judged(&seqs).into_iter().flatten().collect(), next))
    }

    /// Those of these records that can be read; may wait for the disk.
    pub fn recall_those(&self, seqs: &[u64]) -> Vec<Arc<Record>> {
        self.judged(seqs).into_iter().flatten().collect()
    }

    /// The records with these numbers, in order; what cannot be read is none. May wait for the disk.
    pub(super) fn recall_all(&self, seqs: &[u64]) -> Vec<Option<Recalled>> {
        let (mut records, archive) = {
            let store = self.lock();
            let record = |&seq: &u64| store.record(seq).map(Recalled::Judged);
            (seqs.iter().map(record).collect::<Vec<_>>(), store.archive())
        };
        let Some(archive) = archive else { return records };
        let places: Vec<usize> = (0..seqs.len()).filter(|&at| records[at].is_none()).collect();
        let missing: Vec<u64> = places.iter().map(|&at| seqs[at]).collect();
        if missing.is_empty() {
            return records;
        }
        match archive.kept(&missing) {
            Ok(read) => {
                for (at, kept) in places.into_iter().zip(read) {
                    records[at] = kept.map(Recalled::Kept);
                }
            }
            Err(error) => tracing::warn!("cannot read {}: {error}", archive.path.display()),
        }
        records
    }

    /// The same, each of them judged.
    fn judged(&self, seqs: &[u64]) -> Vec<Option<Arc<Record>>> {
        let judged = |recalled| match recalled {
            Recalled::Judged(record) => record,
            Recalled::Kept(kept) => Arc::new(self.judge.record(kept.seq, kept.exchange)),
        };
        self.recall_all(seqs).into_iter().map(|recalled| recalled.map(judged)).collect()
    }

    /// Reads what the index does not have of these rows, so that the next window shows it: may wait for the disk.
    pub fn read_rows(&self, seqs: &[u64]) {
        let read = self.judged(seqs);
        let row = |(&seq, record): (&u64, Option<Arc<Record>>)| match record {
            Some(record) => Some(record.row.clone()),
            // There is no more to have of it.
            None => self.row(seq),
        };
        let rows = seqs.iter().zip(read).filter_map(row).collect();
        self.lock().keep_rows(rows);
    }
}

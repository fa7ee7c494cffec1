//! Marks on their way into the file of the session that has their records: the writer of that file takes them, else whoever
//! asks for it here.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use super::Capture;
use super::marks::{Change, MOST_MARKS};
use super::session::{Reader, SessionError, keep_marks};
use crate::domain::task::Problem;

/// What is not yet in the session's file of what was marked.
#[derive(Debug)]
pub struct Keeper {
    path: PathBuf,
    /// Numbers are so much greater here than in the file.
    ahead: u64,
    /// The last change of each record.
    changes: Mutex<BTreeMap<u64, Option<Arc<str>>>>,
    /// Held while they are written.
    turn: Mutex<()>,
    /// Wakes the session's writer.
    more: Notify,
    /// The session has one, which takes them.
    recorded: AtomicBool,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Whoever panicked has left it as it was.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Keeper {
    fn of(path: &Path, ahead: u64) -> Self {
        Self {
            path: path.to_owned(),
            ahead,
            changes: Mutex::default(),
            turn: Mutex::default(),
            more: Notify::new(),
            recorded: AtomicBool::new(false),
        }
    }

    /// Takes changes in; they are written soon.
    pub(super) fn add(&self, changes: impl Iterator<Item = Change>) {
        lock(&self.changes).extend(changes);
        self.more.notify_one();
    }

    /// Whether the session's writer takes them.
    pub(super) fn is_recorded(&self) -> bool {
        self.recorded.load(Ordering::SeqCst)
    }

    /// Whether it does from here on.
    pub(super) fn recorded(&self, recorded: bool) {
        self.recorded.store(recorded, Ordering::SeqCst);
    }

    /// Until there are some.
    pub(super) async fn more(&self) {
        self.more.notified().await;
    }

    /// Those of the records before this one.
    pub(super) fn waiting(&self, seq: u64) -> Vec<Change> {
        let changes = lock(&self.changes);
        changes.range(..seq).map(|(seq, note)| (*seq, note.clone())).collect()
    }

    /// These are in the file. What was changed again since is not.
    pub(super) fn written(&self, changes: &[Change]) {
        let mut waiting = lock(&self.changes);
        for (seq, note) in changes {
            if waiting.get(seq) == Some(note) {
                waiting.remove(seq);
            }
        }
    }

    /// The session's writer closes the file, which nobody else writes meanwhile, and takes no more.
    pub(super) fn left(&self, close: impl FnOnce()) {
        let turn = lock(&self.turn);
        close();
        self.recorded(false);
        drop(turn);
        // What came after its last transaction.
        if let Err(error) = self.keep() {
            tracing::warn!("cannot write marks into {}: {error}", self.path.display());
        }
    }

    /// Writes them, unless the session's writer does.
    fn keep(&self) -> Result<(), SessionError> {
        let _turn = lock(&self.turn);
        if self.is_recorded() {
            return Ok(());
        }
        let changes = self.waiting(u64::MAX);
        // Those of another server, which was looked at before, are not in it.
        let there = |(seq, note): &Change| Some((seq.checked_sub(self.ahead)?, note.clone()));
        let there: Vec<Change> = changes.iter().filter_map(there).collect();
        if !there.is_empty() {
            keep_marks(&self.path, &there)?;
        }
        self.written(&changes);
        Ok(())
    }
}

impl Capture {
    /// From now on what is marked is written into this session, and what is marked by now as far as it has the records.
    pub(super) fn keep_marks_in(&self, session: &Path) -> Arc<Keeper> {
        let keeper = Arc::new(Keeper::of(session, 0));
        self.lock().keep_marks_in(Arc::clone(&keeper));
        keeper
    }

    /// The same with a session of somebody else's, of which what is marked from its record `first` on is taken in; numbers
    /// are `ahead` greater here. A recording of our own has the marks, where there is one. Waits for the disk.
    pub fn share_marks(&self, session: &Path, first: u64, ahead: u64) {
        if self.lock().keeper().is_some_and(|keeper| keeper.is_recorded()) {
            return;
        }
        self.lock().keep_marks_in(Arc::new(Keeper::of(session, ahead)));
        let read =
            Reader::open(session).and_then(|reader| reader.marks(&(first..=u64::MAX), MOST_MARKS));
        match read {
            Ok(marks) => {
                let known = |(seq, note): (u64, Arc<str>)| (seq.saturating_add(ahead), Some(note));
                self.lock().know_marks(&marks.into_iter().map(known).collect::<Vec<_>>());
            }
            Err(error) => {
                tracing::warn!("cannot read what is marked in {}: {error}", session.display());
            }
        }
    }

    /// Writes what was marked into the session's file, where there is one and its writer does not: waits for the disk,
    /// and for other programs. What cannot be written is tried again the next time.
    pub fn keep_marks(&self) -> Result<(), Problem> {
        let Some(keeper) = self.lock().keeper() else { return Ok(()) };
        keeper.keep().map_err(|error| error.problem(&keeper.path))
    }
}

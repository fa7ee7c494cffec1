//! Marks on their way into the file of the session that has their records: the writer of that file takes them, else whoever
//! asks for it here.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use notify::{RecursiveMode, Watcher as _};
use tokio::sync::Notify;

use super::Capture;
use super::marks::{Change, MOST_MARKS, Marks};
use super::session::{Reader, SessionError, keep_marks};
use crate::domain::task::Problem;

/// The file is not read again sooner, however often it changes.
const APART: Duration = Duration::from_millis(200);

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

/// The file of a session in which others may mark, too; until this is dropped.
#[derive(Debug)]
pub struct Watched {
    _watcher: notify::RecommendedWatcher,
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

    /// What is marked in the file otherwise than in `marks`, of the records from `first` on. What is still to be written there
    /// counts, and so does what is marked of records that it has not.
    fn news(&self, first: u64, marks: impl Fn() -> Marks) -> Result<Vec<Change>, SessionError> {
        let pending = || -> HashSet<u64> { lock(&self.changes).keys().copied().collect() };
        // What is written meanwhile may be missed in the file: asked before and after.
        let before = pending();
        let marks = marks();
        let reader = Reader::open(&self.path)?;
        let there = reader.marks(&(first..=u64::MAX), MOST_MARKS)?;
        let here = |(seq, note): (u64, Arc<str>)| (seq.saturating_add(self.ahead), note);
        let there: BTreeMap<u64, Arc<str>> = there.into_iter().map(here).collect();
        let mut news = Vec::new();
        for (seq, note) in &there {
            if marks.note(*seq) != Some(&**note) {
                news.push((*seq, Some(Arc::clone(note))));
            }
        }
        for (seq, _) in marks.iter().filter(|(seq, _)| !there.contains_key(seq)) {
            let number = seq.checked_sub(self.ahead).filter(|number| *number >= first);
            if let Some(number) = number.filter(|_| !before.contains(&seq))
                && reader.has(number)?
            {
                news.push((seq, None));
            }
        }
        let after = pending();
        news.retain(|(seq, _)| !before.contains(seq) && !after.contains(seq));
        Ok(news)
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
        let keeper = Arc::new(Keeper::of(session, ahead));
        self.lock().keep_marks_in(Arc::clone(&keeper));
        self.take_marks(&keeper, first);
    }

    /// Takes in what others mark from now on in the session that marks are kept in, of its records from `first` on, until
    /// what is returned is dropped; `told` is called when that was something. None where there is no such session, or its
    /// file cannot be watched.
    pub fn watch_marks(&self, first: u64, told: impl Fn() + Send + 'static) -> Option<Watched> {
        let keeper = self.lock().keeper()?;
        let path = keeper.path.clone();
        let (capture, mut read) = (self.clone(), None::<Instant>);
        // Whoever marks something sets the file's time; of its records, its writer tells otherwise.
        let changed = move |event: notify::Result<notify::Event>| {
            if !event.is_ok_and(|event| event.kind.is_modify()) {
                return;
            }
            if let Some(left) = read.and_then(|read| APART.checked_sub(read.elapsed())) {
                thread::sleep(left);
            }
            read = Some(Instant::now());
            if capture.take_marks(&keeper, first) {
                told();
            }
        };
        let watcher = notify::recommended_watcher(changed).and_then(|mut watcher| {
            watcher.watch(&path, RecursiveMode::NonRecursive)?;
            Ok(watcher)
        });
        let cannot = |error: &notify::Error| {
            tracing::warn!("what others mark in {} is not seen: {error}", path.display());
        };
        Some(Watched { _watcher: watcher.inspect_err(cannot).ok()? })
    }

    /// Takes in what is marked in the file; false where that is nothing new.
    fn take_marks(&self, keeper: &Keeper, first: u64) -> bool {
        match keeper.news(first, || self.marks()) {
            Ok(news) => {
                if !news.is_empty() {
                    self.lock().know_marks(&news);
                }
                !news.is_empty()
            }
            Err(error) => {
                let path = keeper.path.display();
                tracing::warn!("cannot read what is marked in {path}: {error}");
                false
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

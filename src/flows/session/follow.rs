//! A session read into a capture, and what is added to it as long as its server writes: a console looks at it as at a
//! server of its own.

use std::path::{Path, PathBuf};

use notify::{EventKind, RecursiveMode, Watcher as _};
use tokio::sync::mpsc;
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::capture::session::{Kept, Reader, SessionError, is_growing};
use crate::capture::{Capture, Recorder};
use crate::config;
use crate::domain::task::Problem;
use crate::services::files;

/// Records that are read at once.
const PIECE: usize = 256;

/// A session that is followed until this is dropped.
pub struct Followed {
    /// What it is called.
    pub name: String,
    /// Whether a server wrote it when it was opened.
    pub growing: bool,
    _cancel: DropGuard,
}

/// What a session that was opened is read with.
pub struct Opened {
    reader: Reader,
    path: PathBuf,
    answer_limit: usize,
}

impl Opened {
    /// Opens it.
    pub fn new(path: &Path) -> Result<Self, Problem> {
        let cannot = |error: SessionError| error.problem(path);
        let reader = Reader::open(path).map_err(cannot)?;
        let answer_limit = reader.facts().map_err(cannot)?.answer_limit;
        Ok(Self { reader, path: path.to_owned(), answer_limit })
    }

    /// What a Gateway took at most, when it was captured; in bytes.
    pub fn answer_limit(&self) -> usize {
        self.answer_limit
    }

    /// Feeds the capture of that recorder, on a thread of its own; `told` hears when it has ended, or why it could not be read
    /// to its end. The ring's last
    /// records are read alone where the session has more than `limits` lets it keep.
    pub fn follow(
        self,
        limits: &config::Capture,
        recorder: Recorder,
        capture: Capture,
        told: impl FnOnce(Result<(), Problem>) + Send + 'static,
    ) -> Result<Followed, Problem> {
        let cannot = |what: String| Problem::failed(what).at(self.path.display());
        let growing = is_growing(&self.path);
        let (watcher, changed) = watch(&self.path)
            .map_err(|error| cannot(format!("cannot watch the session for changes: {error}")))?;
        let name = self.path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let next = match self.reader.last(limits.max_records as u64) {
            // What comes before the damage is shown.
            Err(SessionError::Damaged { .. }) => 0,
            next => next.map_err(|error| error.problem(&self.path))?,
        };
        let cancel = CancellationToken::new();
        let follower = Follower {
            reader: self.reader,
            path: self.path.clone(),
            next,
            recorder,
            capture,
            changed,
            _watcher: watcher,
            cancel: cancel.clone(),
        };
        std::thread::Builder::new()
            .name("follow".into())
            .spawn(move || told(follower.run()))
            .map_err(|error| cannot(format!("cannot start a thread: {error}")))?;
        Ok(Followed { name, growing, _cancel: cancel.drop_guard() })
    }
}

/// Is told when something of the session's files changed; many changes are one.
fn watch(path: &Path) -> notify::Result<(notify::RecommendedWatcher, mpsc::Receiver<()>)> {
    let (sender, changed) = mpsc::channel(1);
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let told = move |event: notify::Result<notify::Event>| {
        let ours = |path: &PathBuf| {
            path.file_name().is_some_and(|file| file.to_string_lossy().starts_with(&name))
        };
        if event.is_ok_and(|event| {
            !matches!(event.kind, EventKind::Access(_)) && event.paths.iter().any(ours)
        }) {
            // One that waits already is enough.
            let _ = sender.try_send(());
        }
    };
    let mut watcher = notify::recommended_watcher(told)?;
    watcher.watch(files::folder_of(path), RecursiveMode::NonRecursive)?;
    Ok((watcher, changed))
}

struct Follower {
    reader: Reader,
    path: PathBuf,
    /// The next record's `seq`.
    next: u64,
    recorder: Recorder,
    capture: Capture,
    changed: mpsc::Receiver<()>,
    _watcher: notify::RecommendedWatcher,
    cancel: CancellationToken,
}

impl Follower {
    /// Until the session ends, or nobody looks any more.
    fn run(mut self) -> Result<(), Problem> {
        let Ok(runtime) = tokio::runtime::Builder::new_current_thread().build() else {
            return Ok(());
        };
        loop {
            // Asked first: what its server wrote last is read after that.
            let growing = is_growing(&self.path);
            let piece = self.reader.since(self.next, PIECE);
            let piece = piece.map_err(|error| error.problem(&self.path))?;
            if piece.is_empty() && !growing {
                return Ok(());
            }
            let cancel = self.cancel.clone();
            let goes_on = runtime.block_on(async {
                tokio::select! {
                    () = cancel.cancelled() => false,
                    goes_on = self.take(piece) => goes_on,
                }
            });
            if !goes_on {
                return Ok(());
            }
        }
    }

    /// Hands over what was read, and waits until it is stored; where there was nothing, until there may be.
    async fn take(&mut self, piece: Vec<Kept>) -> bool {
        if piece.is_empty() {
            return self.changed.recv().await.is_some();
        }
        let mut changes = self.capture.changes();
        for Kept { seq, exchange } in piece {
            self.next = seq.saturating_add(exchange.covers());
            if !self.recorder.feed(seq, exchange).await {
                return false;
            }
        }
        while self.capture.next_seq() < self.next {
            if changes.changed().await.is_err() {
                return false;
            }
        }
        true
    }
}

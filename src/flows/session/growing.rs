//! A session read piece by piece, from somewhere to its end; where it grows, what is added is waited for.

use std::path::{Path, PathBuf};

use notify::{EventKind, RecursiveMode, Watcher as _};
use tokio::sync::mpsc;

use super::Opened;
use crate::capture::Marks;
use crate::capture::marks::MOST_MARKS;
use crate::capture::session::{Kept, is_growing, wait_for_end};
use crate::domain::object::SecretNames;
use crate::domain::task::Problem;
use crate::services::files;

pub(super) struct Growing {
    opened: Opened,
    /// The next record's `seq`.
    next: u64,
    changed: mpsc::Receiver<()>,
    _watcher: notify::RecommendedWatcher,
}

impl Growing {
    /// From the record `next` on.
    pub(super) fn new(opened: Opened, next: u64) -> Result<Self, Problem> {
        let path = opened.path();
        let (sender, changed) = mpsc::channel(1);
        let watcher = watch(path, sender.clone()).map_err(|error| {
            Problem::failed(format!("cannot watch the session for changes: {error}"))
                .at(path.display())
                .help("are there too many watches? sysctl fs.inotify.max_user_watches")
        })?;
        let session = path.to_owned();
        // A writer that is killed changes nothing; this thread lasts as long as the writer.
        std::thread::Builder::new()
            .name("session's end".into())
            .spawn(move || {
                wait_for_end(&session);
                let _ = sender.try_send(());
            })
            .map_err(|error| Problem::failed(format!("cannot start a thread: {error}")))?;
        Ok(Self { opened, next, changed, _watcher: watcher })
    }

    /// As [`Opened::hidden`].
    pub(super) fn hidden(&self) -> &SecretNames {
        self.opened.hidden()
    }

    /// What is marked of records that were just read.
    pub(super) fn marks_of(&self, piece: &[Kept]) -> Marks {
        self.opened.marks_of(piece)
    }

    /// What is marked by now of the records from `seq` on that were read.
    pub(super) fn marks_since(&self, seq: u64) -> Marks {
        let Some(last) = self.next.checked_sub(1) else { return Marks::default() };
        self.opened.marks(&(seq..=last), MOST_MARKS).into_iter().collect()
    }

    /// Those of these records that are there, once more.
    pub(super) fn these(&mut self, seqs: &[u64]) -> Result<Vec<Kept>, Problem> {
        self.opened.these(seqs)
    }

    /// The next records; none where something else of the session has changed, `None` once nobody adds any.
    pub(super) async fn next(&mut self) -> Result<Option<Vec<Kept>>, Problem> {
        // Asked first: what its server wrote last is read after that.
        let growing = is_growing(self.opened.path());
        let piece = self.opened.since(self.next)?;
        if let Some(Kept { seq, exchange }) = piece.last() {
            self.next = seq.saturating_add(exchange.covers());
            return Ok(Some(piece));
        }
        if !growing || self.changed.recv().await.is_none() {
            return Ok(None);
        }
        Ok(Some(Vec::new()))
    }
}

/// Tells when something of the session's files changed; many changes are one.
fn watch(path: &Path, sender: mpsc::Sender<()>) -> notify::Result<notify::RecommendedWatcher> {
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
    Ok(watcher)
}

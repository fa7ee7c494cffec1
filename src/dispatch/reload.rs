//! Rules that are edited while the server runs: new ones are in force from the next call on; where they are wrong, the old
//! ones stay, and what is wrong is told.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use tokio::sync::watch;

use super::rules::{Rules, Seen, stamp};
use super::wire::Shared;
use crate::domain::task::Problem;
use crate::services::files;

/// Whoever saves several files is done when nothing has changed for so long.
const QUIET: Duration = Duration::from_millis(150);

/// What came of the last change of the rules' files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Reloaded {
    /// Nothing has changed since the server started.
    #[default]
    Never,
    /// So many rules are in force, and what their user should know of them.
    Now(usize, Vec<String>),
    /// The old rules stay: these are wrong.
    Wrong(Problem),
}

impl Reloaded {
    /// In lines for people.
    pub fn lines(&self) -> Vec<String> {
        match self {
            Self::Never => Vec::new(),
            Self::Now(count, notices) => {
                let rules = if *count == 1 { "rule is" } else { "rules are" };
                let first = format!("the rules have changed: {count} {rules} in force");
                std::iter::once(first).chain(notices.iter().cloned()).collect()
            }
            Self::Wrong(problem) => vec![line(problem)],
        }
    }
}

/// What is wrong with rules that are not in force.
fn line(problem: &Problem) -> String {
    let Problem { what, place, help, .. } = problem;
    let place = place.as_deref().unwrap_or("the rules");
    let help = help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
    format!("the old rules stay in force: {place}: {what}{help}")
}

enum Word {
    /// Something changed in one of the folders.
    Changed,
    Stop,
}

/// The thread that looks after the rules' files; it ends when this is dropped.
#[derive(Debug)]
pub(super) struct Reload {
    words: Sender<Word>,
    pub(super) news: watch::Receiver<Reloaded>,
}

impl Reload {
    /// Looks after the files of the rules in force. Rules that are from no file change by no file.
    pub(super) fn start(shared: &Arc<Shared>) -> Option<Self> {
        let (words, heard) = channel();
        let (tell, news) = watch::channel(Reloaded::default());
        let files = Files::of(&shared.rules(), &Seen::new())?;
        let sender = words.clone();
        let told = move |event: notify::Result<notify::Event>| {
            if !event.is_ok_and(|event| matches!(event.kind, EventKind::Access(_))) {
                let _ = sender.send(Word::Changed);
            }
        };
        let watcher = notify::recommended_watcher(told).inspect_err(
            |error| tracing::warn!(%error, "changed rules are not read by themselves"),
        );
        let mut watcher = watcher.ok()?;
        files.watch(&mut watcher);
        let mut stamps = shared.rules().seen().clone();
        // Before they were watched.
        if stamps != files.stamps() {
            let _ = words.send(Word::Changed);
        }
        // Weak: the server's end does not wait for this thread.
        let shared = Arc::downgrade(shared);
        let again = words.clone();
        let looks = move || {
            // What rules that are not in force looked at: what is wrong with them may be mended there.
            let mut refused = Seen::new();
            while changed(&heard) {
                let Some(shared) = shared.upgrade() else { return };
                let Some(files) = Files::of(&shared.rules(), &refused) else { return };
                // A folder may have come to be, and files in it before it was watched.
                files.watch(&mut watcher);
                let now = files.stamps();
                if now == stamps {
                    continue;
                }
                let mut seen = Seen::new();
                let word = match shared.rules().again(&mut seen) {
                    Ok(rules) => {
                        let word = Reloaded::Now(rules.len(), rules.notices());
                        shared.set_rules(rules);
                        refused.clear();
                        tracing::info!("the rules were read anew");
                        word
                    }
                    Err(problem) => {
                        // Whoever runs the server is told by the news, with the place.
                        tracing::info!(what = problem.what, "the old rules stay in force");
                        refused.clone_from(&seen);
                        Reloaded::Wrong(problem)
                    }
                };
                let Some(files) = Files::of(&shared.rules(), &refused) else { return };
                files.watch(&mut watcher);
                stamps = files.stamps();
                let _ = tell.send(word);
                // What changed while it was read, or before it was watched, is told by nobody.
                for (path, stamp) in &mut stamps {
                    let read = seen.get(path).or_else(|| now.get(path)).unwrap_or(&None);
                    if stamp != read {
                        stamp.clone_from(read);
                        let _ = again.send(Word::Changed);
                    }
                }
            }
        };
        std::thread::Builder::new().name("rules".into()).spawn(looks).ok()?;
        Some(Self { words, news })
    }
}

impl Drop for Reload {
    fn drop(&mut self) {
        let _ = self.words.send(Word::Stop);
    }
}

/// Waits until something changed, and nothing does any more. False at the end.
fn changed(heard: &Receiver<Word>) -> bool {
    if !matches!(heard.recv(), Ok(Word::Changed)) {
        return false;
    }
    loop {
        match heard.recv_timeout(QUIET) {
            Ok(Word::Changed) => {}
            Err(RecvTimeoutError::Timeout) => return true,
            Ok(Word::Stop) | Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
}

/// The files that the rules hang on: those that they were read from, those that the configuration names now, and those that
/// rules which are not in force looked at.
struct Files {
    all: BTreeSet<PathBuf>,
    /// Editors put a new file in the old one's place, so it is the folders that are watched.
    folders: BTreeSet<PathBuf>,
}

impl Files {
    fn of(rules: &Rules, refused: &Seen) -> Option<Self> {
        let (named, mut folders) = rules.origin()?;
        let all: BTreeSet<PathBuf> =
            rules.seen().keys().chain(refused.keys()).cloned().chain(named).collect();
        folders.extend(all.iter().map(|file| files::folder_of(file).to_owned()));
        // Of a folder that is not there yet, the one that it will be in.
        let there = folders.iter().filter_map(|folder| folder.ancestors().find(|it| it.is_dir()));
        let folders = there.map(Path::to_owned).collect();
        Some(Self { all, folders })
    }

    /// What they look like now.
    fn stamps(&self) -> Seen {
        self.all.iter().map(|path| (path.clone(), stamp(path))).collect()
    }

    /// Watches the folders, those anew that are watched already: one may have been replaced.
    fn watch(&self, watcher: &mut RecommendedWatcher) {
        for folder in &self.folders {
            if let Err(error) = watcher.watch(folder, RecursiveMode::NonRecursive) {
                tracing::warn!(%error, folder = %folder.display(), "changes here are not seen");
            }
        }
    }
}

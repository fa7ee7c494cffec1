//! Targets: asked, listed, written to. What takes its time is one thing at a time, and can be cancelled.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;

use super::{Worker, slot};
use crate::config::Settings;
use crate::domain::task::{Problem, Progress};
use crate::flows::prune::{Asking, Usage, prune};
use crate::flows::target::{Here, Target, name_of};
use crate::net::http::Told as Tell;
use crate::services::bundle::compare::{Comparison, Which, compare};
use crate::services::bundle::inspect::inspect;
use crate::services::bundle::read::Limits;
use crate::tui::message::Message;
use crate::tui::pane::publish::{News, Told, Wish};

/// Progress is told so often: more than that nobody sees.
const OFTEN: Duration = Duration::from_millis(100);

/// The targets that were connected. Their secrets are read once: a command that prints one may ask its user.
#[derive(Clone, Default)]
pub(crate) struct Targets {
    connected: Arc<Mutex<BTreeMap<String, Target>>>,
    cancel: Arc<Mutex<CancellationToken>>,
}

/// What a piece of work has at hand, on a thread that may wait.
struct Bench {
    targets: Targets,
    settings: Settings,
    folder: PathBuf,
    here: Here,
    told: Tell,
    cancel: CancellationToken,
    runtime: tokio::runtime::Handle,
}

impl Worker {
    pub(super) fn publish(&self, wish: Wish) {
        match wish {
            Wish::Cancel => slot(&self.targets.cancel).cancel(),
            Wish::Ask(targets) => {
                slot(&self.targets.connected).clear();
                // Each on its own: one that hangs keeps nobody waiting for the others.
                for name in targets {
                    self.with_bench(move |bench| {
                        let asked = bench.asked(&name);
                        News::Asked(name, asked)
                    });
                }
            }
            Wish::List(target) => self.with_bench(move |bench| {
                let listed = bench.target(&target).and_then(|it| bench.runtime.block_on(it.list()));
                News::Listed(target, listed)
            }),
            Wish::Usage => self.with_bench(|bench| {
                News::Used(bench.runtime.block_on(Usage::ask(&bench.asking())))
            }),
            wish => {
                *slot(&self.targets.cancel) = CancellationToken::new();
                self.with_bench(move |bench| bench.done(wish));
            }
        }
    }

    fn with_bench(&self, work: impl FnOnce(&Bench) -> News + Send + 'static) {
        let settings = slot(&self.settings).clone();
        let paths = self.sources.as_ref().and_then(|sources| sources.paths.as_ref());
        // The host's folder is where this console's host has it.
        let here =
            Here { bundles: self.bundles.clone(), ..Here::of(&self.folder, &settings, paths) };
        let messages = self.messages.clone();
        let last = Mutex::new(None::<Instant>);
        let told: Tell = Arc::new(move |progress: Progress| {
            let mut last = slot(&last);
            let is_end = progress.total == Some(progress.done);
            if is_end || last.is_none_or(|last| last.elapsed() >= OFTEN) {
                *last = Some(Instant::now());
                let _ = messages.send(Message::Publish(Box::new(News::Progress(progress))));
            }
        });
        let bench = Bench {
            targets: self.targets.clone(),
            settings,
            folder: self.folder.clone(),
            here,
            told,
            cancel: slot(&self.targets.cancel).clone(),
            runtime: self.runtime.clone(),
        };
        self.blocking(move || Message::Publish(Box::new(work(&bench))));
    }
}

impl Bench {
    fn target(&self, name: &str) -> Result<Target, Problem> {
        if let Some(target) = slot(&self.targets.connected).get(name) {
            return Ok(target.clone());
        }
        let target = Target::of(name, &self.settings, &self.here)?;
        slot(&self.targets.connected).insert(name.to_owned(), target.clone());
        Ok(target)
    }

    /// Who is asked which bundles are in use.
    fn asking(&self) -> Asking {
        let (settings, folder) = (self.settings.clone(), self.folder.clone());
        Asking { settings, folder, state: self.here.state.clone() }
    }

    /// The same, for what is written there.
    fn open(&self, name: &str, what: &str) -> Result<Target, Problem> {
        let target = self.target(name)?;
        if target.is_elsewhere() {
            self.settings.writes_outside(what)?;
        }
        Ok(target)
    }

    fn asked(&self, name: &str) -> Result<Told, Problem> {
        let target = self.target(name)?;
        let health = self.runtime.block_on(target.health());
        Ok(Told { place: target.place(), caution: target.caution(), health })
    }

    /// Does what takes its time.
    fn done(&self, wish: Wish) -> News {
        match wish {
            Wish::Push { target, file } => {
                News::Pushed(self.open(&target, "push a bundle").and_then(|target| {
                    let file = self.folder.join(file);
                    let name = name_of(&file, None, &self.settings, &self.folder)?;
                    let told = Arc::clone(&self.told);
                    self.runtime.block_on(target.push(&file, &name, told, &self.cancel))
                }))
            }
            Wish::Fetch { target, id, into, over } => {
                let path = self.folder.join(&into);
                if path.exists() && !over {
                    return News::Exists(Wish::Fetch { target, id, into, over: true });
                }
                let fetched = self.target(&target).and_then(|it| self.fetched(&it, &id, &path));
                News::Fetched(fetched.map(|()| into))
            }
            Wish::Look { target, id } => {
                let files = temporary().and_then(|folder| {
                    let path = folder.path().join("bundle.zip");
                    self.fetched(&self.target(&target)?.signed_by_anyone(), &id, &path)?;
                    files_of(&path)
                });
                News::Looked(id, files)
            }
            Wish::Compare { target, old, new } => {
                let compared = self.compared(&target, &old, &new);
                News::Compared { old, new, compared }
            }
            Wish::Delete { target, id } => {
                News::Deleted(self.open(&target, "delete a bundle").and_then(|target| {
                    self.runtime.block_on(target.delete(&id, &self.cancel)).map(|()| id)
                }))
            }
            Wish::Prune { target, bundles } => {
                News::Pruned(self.open(&target, "delete bundles").and_then(|target| {
                    let asking = self.asking();
                    let pruned = prune(&target, &bundles, &asking, |_| {}, &self.cancel);
                    self.runtime.block_on(pruned)
                }))
            }
            Wish::Ask(_) | Wish::List(_) | Wish::Usage | Wish::Cancel => {
                News::Progress(Progress::default())
            }
        }
    }

    fn fetched(&self, target: &Target, id: &str, into: &Path) -> Result<(), Problem> {
        let told = Arc::clone(&self.told);
        self.runtime.block_on(target.fetch(id, into, told, &self.cancel))
    }

    fn compared(&self, target: &str, old: &str, new: &str) -> Result<Comparison, Problem> {
        let folder = temporary()?;
        let target = self.target(target)?.signed_by_anyone();
        let open = |name: &str, id: &str| {
            let path = folder.path().join(name);
            self.fetched(&target, id, &path)?;
            std::fs::File::open(&path)
                .map_err(|error| Problem::failed(format!("cannot read the bundle: {error}")).at(id))
        };
        let (one, other) = (open("old", old)?, open("new", new)?);
        compare(one, other, Limits::default()).map_err(|(which, error)| {
            Problem::failed(error.to_string()).at(if which == Which::Old { old } else { new })
        })
    }
}

fn temporary() -> Result<tempfile::TempDir, Problem> {
    tempfile::tempdir()
        .map_err(|error| Problem::failed(format!("cannot make a temporary folder: {error}")))
}

fn files_of(path: &Path) -> Result<Vec<(String, u64)>, Problem> {
    let unread =
        |error: &dyn std::fmt::Display| Problem::failed(format!("cannot read the bundle: {error}"));
    let file = std::fs::File::open(path).map_err(|error| unread(&error))?;
    let contents = inspect(file, Limits::default()).map_err(|error| unread(&error))?;
    Ok(contents.entries.into_iter().map(|entry| (entry.name, entry.bytes)).collect())
}

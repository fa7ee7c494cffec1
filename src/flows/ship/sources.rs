//! Waiting for a change of what a bundle is made of.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use notify::{EventKind, RecursiveMode, Watcher as _};
use serde_json::Value as Json;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::{Failure, Plan};
use crate::domain::task::Problem;
use crate::services::files;

/// Whoever saves several files is done when nothing has changed for so long.
const QUIET: Duration = Duration::from_millis(300);

/// The sources of a bundle, looked at from now on.
pub struct Watch {
    changed: mpsc::UnboundedReceiver<PathBuf>,
    _watcher: notify::RecommendedWatcher,
}

impl Watch {
    /// Of the plan's manifest and the files that it lists now; begun before a ship, it sees what is changed during it.
    pub fn new(plan: &Plan) -> Result<Self, Problem> {
        let sources = sources(&plan.manifest);
        // Editors put a new file in the old one's place, so it is the folders that are watched.
        let folders: BTreeSet<_> =
            sources.iter().map(|file| files::folder_of(file).to_owned()).collect();
        let (sender, changed) = mpsc::unbounded_channel();
        let told = move |event: notify::Result<notify::Event>| {
            let Ok(event) = event else { return };
            if matches!(event.kind, EventKind::Access(_)) {
                return;
            }
            let ours = |path: &PathBuf| sources.iter().any(|source| path.starts_with(source));
            if let Some(path) = event.paths.into_iter().find(ours) {
                let _ = sender.send(path);
            }
        };
        let failed = |error: notify::Error| {
            Problem::failed(format!("cannot watch for changes: {error}"))
                .at(plan.folder.display())
                .help("are there too many watches? sysctl fs.inotify.max_user_watches")
        };
        let mut watcher = notify::recommended_watcher(told).map_err(failed)?;
        for folder in folders.iter().filter(|folder| folder.is_dir()) {
            watcher.watch(folder, RecursiveMode::NonRecursive).map_err(failed)?;
        }
        Ok(Self { changed, _watcher: watcher })
    }

    /// Waits for a change, and until nothing changes any more; which file it was.
    pub async fn changed(&mut self, cancel: &CancellationToken) -> Result<PathBuf, Failure> {
        let wait = async {
            let first = self.changed.recv().await;
            while tokio::time::timeout(QUIET, self.changed.recv())
                .await
                .is_ok_and(|it| it.is_some())
            {}
            first
        };
        tokio::select! {
            biased;
            () = cancel.cancelled() => Err(Failure::Cancelled),
            // The watcher lives as long as this.
            changed = wait => changed.ok_or(Failure::Cancelled),
        }
    }
}

/// The manifest and what it lists, links to their folders followed; of a manifest that cannot be read itself alone.
fn sources(manifest: &Path) -> Vec<PathBuf> {
    let folder = files::folder_of(manifest);
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let mut sources: Vec<_> =
        manifest.file_name().map(|name| folder.join(name)).into_iter().collect();
    let text = std::fs::read(manifest).unwrap_or_default();
    let listed = serde_json::from_slice::<Json>(&text).unwrap_or_default();
    let listed = listed.get("file_list").and_then(Json::as_array).into_iter().flatten();
    sources.extend(listed.filter_map(Json::as_str).map(|name| folder.join(name)));
    sources
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Settings;
    use crate::flows::target::Here;

    #[tokio::test]
    async fn a_change_of_a_source_ends_the_wait_and_another_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir(at("lib")).unwrap();
        std::fs::write(at("lib/b.py"), "").unwrap();
        std::fs::write(at("manifest.json"), r#"{"file_list": ["a.py", "lib/b.py"]}"#).unwrap();
        let here = Here { bundles: at("bundles"), state: None, public_key: None };
        let mut settings = Settings::default();
        settings.project.manifest = at("manifest.json");
        let plan = Plan::for_project(folder.path(), &settings, &here).unwrap();
        let cancel = CancellationToken::new();
        for name in ["lib/b.py", "a.py", "manifest.json"] {
            let mut watch = Watch::new(&plan).unwrap();
            std::fs::write(at("other.txt"), "x").unwrap();
            std::fs::write(at("new"), std::fs::read(at(name)).unwrap_or_default()).unwrap();
            std::fs::rename(at("new"), at(name)).unwrap();
            let changed = watch.changed(&cancel).await.unwrap();
            assert!(changed.ends_with(name), "{changed:?}");
        }
        cancel.cancel();
        let mut watch = Watch::new(&plan).unwrap();
        assert_eq!(watch.changed(&cancel).await, Err(Failure::Cancelled));
    }
}

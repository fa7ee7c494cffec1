//! Unsaved edits are kept while they are typed, and come back after a program or a machine that died.

use std::path::PathBuf;

use super::{Worker, slot};
use crate::domain::task::Problem;
use crate::flows::edit::{Desk, Unsaved};
use crate::flows::remote::Remote;
use crate::tui::message::{Kept, Message};

impl Worker {
    /// The user's desk, where there is a state directory to keep anything in.
    fn keeping(&self) -> Option<Desk> {
        self.sources.as_ref()?.paths.as_ref()?;
        Some(self.desk())
    }

    pub(super) fn keep(&self, path: PathBuf, base: Option<Vec<u8>>, text: Vec<u8>) {
        let Some(desk) = self.keeping() else { return };
        let messages = self.messages.clone();
        self.files.give(move || {
            if let Err(problem) = desk.keep_unsaved(&path, base.as_deref(), &text) {
                let _ = messages.send(Message::NotKept(problem));
            }
        });
    }

    pub(super) fn forget(&self, path: PathBuf) {
        let Some(desk) = self.keeping() else { return };
        self.files.give(move || {
            if let Err(problem) = desk.discard_unsaved(&path) {
                tracing::warn!("{problem}");
            }
        });
    }

    /// Puts a file's unsaved edits among its previous versions: nobody wants them back now.
    pub(super) fn shelve(&self, path: PathBuf, text: Vec<u8>) {
        let Some(desk) = self.keeping() else { return };
        let messages = self.messages.clone();
        self.files.give(move || {
            let kept = desk.backups().and_then(|backups| backups.keep(&path, &text));
            if let Err(problem) = kept.and_then(|_| desk.discard_unsaved(&path)) {
                let _ = messages.send(Message::NotKept(problem));
            }
        });
    }

    /// Looks for edits of the project's files that were not saved when a console last ended.
    pub(super) fn read_unsaved(&self) {
        let Some(desk) = self.keeping() else { return };
        let (manifest, folder) = (self.manifest_path(), self.folder.clone());
        let settings = slot(&self.settings).clone();
        self.blocking(move || {
            let of_project = |all: &[PathBuf]| {
                let apis = settings.apis.0.files()?.into_iter().map(|path| folder.join(path));
                let servers: Vec<_> = [&settings.gateway.url, &settings.dashboard.url]
                    .into_iter()
                    .flatten()
                    .map(|address| format!("@{address}"))
                    .collect();
                let is_of = |name: &&PathBuf| {
                    let text = name.to_string_lossy();
                    Remote::named(name).is_some() && servers.iter().any(|it| text.ends_with(it))
                };
                let remote = all.iter().filter(is_of).cloned();
                Ok(std::iter::once(manifest).chain(apis).chain(remote).collect())
            };
            Message::Unsaved(unsaved(&desk, of_project))
        });
    }
}

/// What was kept of the project's documents: of its files, and of the APIs of its Gateway and its Dashboard.
fn unsaved(
    desk: &Desk,
    of_project: impl FnOnce(&[PathBuf]) -> Result<Vec<PathBuf>, Problem>,
) -> Result<Vec<Kept>, Problem> {
    let mut kept = Vec::new();
    let all = desk.unsaved()?;
    if all.is_empty() {
        return Ok(kept);
    }
    let names: Vec<_> = all.iter().map(|unsaved| unsaved.path.clone()).collect();
    for path in of_project(&names)? {
        if Remote::named(&path).is_some() {
            let found = all.iter().find(|unsaved| unsaved.path == path).cloned();
            let text = |it: Unsaved| Kept { path, text: it.text, at: it.at, changed: false };
            kept.extend(found.map(text));
            continue;
        }
        // The pane says why a file cannot be read; that hides nothing of the others.
        let Ok(opened) = desk.open(&path, "it") else { continue };
        if let Some(unsaved) = opened.unsaved {
            let changed = !unsaved.began_from(opened.text.as_deref());
            kept.push(Kept { path, text: unsaved.text, at: unsaved.at, changed });
        }
    }
    Ok(kept)
}

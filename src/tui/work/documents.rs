//! API definitions are found and read; whatever a pane edits is saved.

use std::fs;
use std::path::PathBuf;

use super::{Worker, slot};
use crate::domain::api::{Draft, Kind};
use crate::domain::task::Problem;
use crate::flows::edit::Base;
use crate::services::files::{self, LARGEST};
use crate::tui::location::Location;
use crate::tui::message::Message;
use crate::tui::pane::apis::OnDisk;

impl Worker {
    pub(super) fn read_apis(&self) {
        let apis = slot(&self.settings).apis.0.clone();
        let folder = self.folder.clone();
        self.blocking(move || {
            let read = |path: PathBuf| {
                let path = folder.join(path);
                let name = path.strip_prefix(&folder).unwrap_or(&path).display().to_string();
                let text = files::read_if_there(&path, LARGEST, "cannot read the API definition");
                let locked = fs::metadata(&path).is_ok_and(|facts| facts.permissions().readonly());
                OnDisk { path, name, text, locked }
            };
            Message::Apis(apis.files().map(|found| found.into_iter().map(read).collect()))
        });
    }

    pub(super) fn new_api(&self, kind: Kind, draft: &Draft) {
        let globs = slot(&self.settings).apis.0.clone();
        let (desk, folder) = (self.desk(), self.folder.clone());
        let (id, text) = (draft.id.clone(), draft.definition(kind));
        self.blocking(move || {
            let none = || {
                Problem::failed("no new file would be one of the project's API definitions")
                    .help("name a folder in tyk-tui.toml: apis = [\"apis/*.json\"]")
            };
            let path = globs.place_for(&id, "json").map(|path| folder.join(path)).ok_or_else(none);
            let created = path.and_then(|path| {
                desk.create(&path, text.as_bytes(), "the API definition").map(|_| path)
            });
            Message::Created(created)
        });
    }

    pub(super) fn create(&self, path: PathBuf, what: &'static str, text: String) {
        let desk = self.desk();
        self.blocking(move || {
            Message::Created(desk.create(&path, text.as_bytes(), what).map(|_| path))
        });
    }

    pub(super) fn save(&self, path: PathBuf, what: &'static str, bytes: Vec<u8>, base: Base) {
        let (desk, messages) = (self.desk(), self.messages.clone());
        self.files.give(move || {
            let saved = desk.save(&path, &bytes, &base, what).map(|saved| {
                for warning in saved.warnings {
                    tracing::warn!("{warning}");
                }
                bytes
            });
            // The console that asked may be gone.
            let _ = messages.send(Message::Saved(Location::File(path), saved));
        });
    }
}

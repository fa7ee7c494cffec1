//! API definitions are found and read; whatever a pane edits is saved.

use std::path::PathBuf;

use super::{Worker, slot};
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
                OnDisk { path, name, text }
            };
            Message::Apis(apis.files().map(|found| found.into_iter().map(read).collect()))
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

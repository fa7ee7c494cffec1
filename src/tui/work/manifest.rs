//! The manifest's file.

use std::fs;
use std::path::Path;

use super::Worker;
use crate::flows::edit::{Base, NotSaved};
use crate::services::files::{self, LARGEST};
use crate::tui::message::{Message, Unsaved};

impl Worker {
    pub(super) fn read_manifest(&self) {
        let path = self.manifest_path();
        self.blocking(move || {
            let read = files::read_if_there(&path, LARGEST, "cannot read the manifest");
            Message::Manifest(read)
        });
    }

    pub(super) fn save_manifest(&self, bytes: Vec<u8>, base: Base) {
        let (path, desk) = (self.manifest_path(), self.desk());
        self.blocking(move || {
            Message::Saved(match desk.save(&path, &bytes, &base, "the manifest") {
                Ok(saved) => {
                    for warning in saved.warnings {
                        tracing::warn!("{warning}");
                    }
                    Ok(bytes)
                }
                Err(NotSaved::Changed { .. }) => Err(Unsaved::ChangedOutside),
                Err(NotSaved::Problem(problem)) => Err(Unsaved::Problem(problem)),
            })
        });
    }

    pub(super) fn measure(&self, listed: Vec<String>) {
        let path = self.manifest_path();
        self.blocking(move || {
            let folder = path.parent().map(Path::to_owned).unwrap_or_default();
            let size = |name: &String| {
                let facts = fs::metadata(folder.join(name)).ok()?;
                facts.is_file().then_some(facts.len())
            };
            let sizes = listed.into_iter().map(|name| {
                let size = size(&name);
                (name, size)
            });
            Message::Sizes(sizes.collect())
        });
    }
}

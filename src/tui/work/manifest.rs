//! The manifest's file.

use std::fs;
use std::path::Path;

use super::Worker;
use crate::services::files::{self, LARGEST};
use crate::tui::message::Message;

impl Worker {
    pub(super) fn read_manifest(&self) {
        let path = self.manifest_path();
        self.blocking(move || {
            let read = files::read_if_there(&path, LARGEST, "cannot read the manifest");
            Message::Manifest(read)
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

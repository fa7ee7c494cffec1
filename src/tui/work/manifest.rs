//! The manifest's file.

use std::fs;
use std::path::Path;

use super::Worker;
use crate::domain::code::{Language, candidates};
use crate::domain::manifest::Manifest;
use crate::flows::{manifest, survey};
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

    pub(super) fn offer(&self, listed: Vec<String>, whole: bool) {
        let path = self.manifest_path();
        self.blocking(move || {
            let offered = manifest::offered(&path, &listed, whole);
            Message::Offered { whole, offered }
        });
    }

    pub(super) fn read_code(&self, manifest: Manifest) {
        let path = self.manifest_path();
        self.blocking(move || {
            let language = Language::of_driver(&manifest.custom_middleware.driver);
            let found = language.map(|language| {
                candidates(language, manifest.files(), &survey::code(&path, &manifest))
            });
            Message::Code(found.unwrap_or_default())
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

//! A project where there is none.

use std::sync::Arc;

use super::{Worker, slot};
use crate::config;
use crate::flows::manifest;
use crate::flows::new::{self, Kind};
use crate::services::files;
use crate::tui::message::{Message, Project};

impl Worker {
    pub(super) fn first(&self) {
        let path = self.manifest_path();
        self.blocking(move || Message::First(manifest::first(files::folder_of(&path))));
    }

    pub(super) fn project(&self, kind: &'static Kind, pip: bool) {
        let (folder, sources) = (self.folder.clone(), self.sources.clone());
        let settings = Arc::clone(&self.settings);
        self.blocking(move || {
            let planned = new::plan(kind, &new::name_of(&folder));
            if let Err(problem) = new::write(&folder, &planned) {
                return Message::Project(Err(problem));
            }
            let vendored = pip.then(|| new::vendor(&folder));
            let configured = sources.map(|sources| {
                let loaded = config::load_safe(&sources);
                if let Ok(loaded) = &loaded {
                    slot(&settings).clone_from(&loaded.settings);
                }
                Box::new(loaded)
            });
            let files = planned.into_iter().map(|(name, _)| name).collect();
            Message::Project(Ok(Project { kind, files, vendored, configured }))
        });
    }
}

//! A manifest that a command changes.

use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use super::Common;
use crate::cli::{output, saving, value};
use crate::domain::json;
use crate::domain::json::{Document, Edit, EditError, Step, Trailing};
use crate::domain::task::Problem;
use crate::flows::edit::Base;
use crate::services::files;

pub(super) struct Opened {
    path: PathBuf,
    json: bool,
    /// What the file held.
    read: Vec<u8>,
    /// The text as it stands, parsed.
    pub(super) document: Document,
}

impl Opened {
    pub(super) fn of(common: &Common) -> Result<Self, Problem> {
        let path = common.manifest.clone();
        let read = files::read(&path, files::LARGEST, "cannot read the manifest").map_err(
            |it| match it.help {
                None => {
                    it.help("name it with --manifest; `tyk-tui manifest init` makes a first one")
                }
                Some(_) => it,
            },
        )?;
        let document = parse(&read, &path)?;
        Ok(Self { path, json: common.json, read, document })
    }

    /// The manifest's file.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// A path that a person gave, in the document's spelling: a Gateway reads keys in any case.
    pub(super) fn locate(&self, given: &str) -> Result<json::Path, Problem> {
        let path = value::path(given)?;
        if self.document.at(&path).is_some() {
            return Ok(path);
        }
        let word = |step: &Step| match step {
            Step::Key(key) => key.clone(),
            Step::Index(index) => index.to_string(),
        };
        Ok(self.document.locate(path.steps().iter().map(word)))
    }

    pub(super) fn change(&mut self, edit: Result<Edit, EditError>) -> Result<(), Problem> {
        let edit = edit.map_err(|error| value::refused(error, &self.path))?;
        self.document = parse(&edit.apply(self.document.source()), &self.path)?;
        Ok(())
    }

    /// Saves, and says what was done: a line for people, or these members.
    pub(super) fn save(self, done: &str, mut members: Json) -> Result<(), Problem> {
        let changed = self.read != self.document.source();
        let base = Base::Read(self.read);
        saving::save(&self.path, self.document.source(), &base, "the manifest")?;
        if self.json {
            members["manifest"] = json!(self.path.display().to_string());
            members["changed"] = json!(changed);
            return output::line(members);
        }
        output::line(output::printable(done))
    }
}

fn parse(text: &[u8], path: &Path) -> Result<Document, Problem> {
    Document::parse_after_mark(text, Trailing::Ignored).map_err(|error| {
        Problem::failed(format!("the manifest is not JSON: {error}")).at(format!(
            "{}:{}",
            path.display(),
            error.place
        ))
    })
}

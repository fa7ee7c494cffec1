//! A definition that a command looks at or changes.

use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use super::remote;
use crate::cli::{output, saving, value};
use crate::config::Chosen;
use crate::domain::api::{Definition, OpenError};
use crate::domain::json;
use crate::domain::json::{Edit, EditError};
use crate::domain::task::Problem;
use crate::flows::edit::Base;
use crate::flows::remote::Remote;
use crate::services::files;

const WHAT: &str = "the API definition";

/// What most of the commands take.
#[derive(Debug, clap::Args)]
pub(super) struct Common {
    /// The definition: a file (Tyk Classic or Tyk OAS, JSON or YAML, raw or in the Dashboard's wrapper), or gateway:ID or
    /// dashboard:ID for an API of the profile's.
    file: PathBuf,
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
}

/// A definition's file as it was read, and the definition as it stands.
pub(super) struct Opened {
    path: PathBuf,
    /// The API of a server; `None` for a file.
    remote: Option<remote::Opened>,
    json: bool,
    read: Vec<u8>,
    pub(super) definition: Definition,
}

impl Opened {
    pub(super) fn of(common: &Common, chosen: Chosen<'_>) -> Result<Self, Problem> {
        let path = common.file.clone();
        let (remote, read, definition) = if let Some(named) = Remote::named(&path) {
            let (remote, read, definition) = remote::Opened::of(named, chosen)?;
            (Some(remote), read, definition)
        } else {
            let (read, definition) = open(&path)?;
            (None, read, definition)
        };
        Ok(Self { path, remote, json: common.json, read, definition })
    }

    /// The definition's file, or the name of the API.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// A path that a person gave, from the document's root and in its spelling.
    pub(super) fn resolve(&self, given: &str) -> Result<json::Path, Problem> {
        let path = value::path(given)?;
        self.definition
            .resolve(&path)
            .map_err(|error| Problem::usage(error.to_string()).at(self.path.display()))
    }

    pub(super) fn change(&mut self, edit: Result<Edit, EditError>) -> Result<(), Problem> {
        let edit = edit.map_err(|error| value::refused(error, &self.path))?;
        self.definition = parse(&self.path, edit.apply(self.definition.source()))?;
        Ok(())
    }

    /// Saves, and says what was done: a line for people, or these members.
    pub(super) fn save(self, done: &str, mut members: Json) -> Result<(), Problem> {
        let changed = self.read != self.definition.source();
        if let Some(remote) = &self.remote {
            remote.put(self.definition.source(), self.read)?;
        } else {
            let base = Base::Read(self.read);
            saving::save(&self.path, self.definition.source(), &base, WHAT)?;
        }
        if self.json {
            members["file"] = json!(self.path.display().to_string());
            members["changed"] = json!(changed);
            return output::line(members);
        }
        output::line(output::printable(done))
    }
}

/// Reads a definition's file: its bytes, and the definition.
pub(in crate::cli) fn open(path: &Path) -> Result<(Vec<u8>, Definition), Problem> {
    let read = files::read(path, files::LARGEST, &format!("cannot read {WHAT}"))?;
    let definition = parse(path, &read)?;
    Ok((read, definition))
}

pub(in crate::cli) fn parse(path: &Path, text: impl AsRef<[u8]>) -> Result<Definition, Problem> {
    Definition::open(text).map_err(|error| match &error {
        OpenError::Syntax(syntax) => Problem::failed(format!("{WHAT} cannot be read: {error}"))
            .at(format!("{}:{}", path.display(), syntax.place)),
        OpenError::Shape(_) => Problem::failed(error.to_string()).at(path.display()),
    })
}

/// Writes a definition to a file that is not there yet, or prints it.
pub(super) fn write(text: &str, to: Option<&Path>, json: bool) -> Result<(), Problem> {
    let Some(path) = to else { return output::bytes(text.as_bytes()) };
    let saved = saving::desk().create(path, text.as_bytes(), WHAT)?;
    saved.warnings.iter().for_each(output::warning);
    if json {
        return output::line(json!({"file": path.display().to_string()}));
    }
    output::line(output::printable(&format!("wrote {}", path.display())))
}

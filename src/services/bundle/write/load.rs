//! The manifest and its files, looked at before anything is written.

use std::fs;
use std::path::{Path, PathBuf};

use super::files::{Listed, refusal};
use crate::domain::bundle::{Entry, entries};
use crate::domain::json::{Document, Place, Value};
use crate::domain::lint::{self, Finding};
use crate::domain::manifest::{Manifest, Trailing};
use crate::domain::task::Problem;
use crate::services::files::{self, LARGEST, problem};

/// What a bundle is built from.
pub(super) struct Source {
    pub(super) manifest: Manifest,
    pub(super) findings: Vec<Finding>,
    pub(super) entries: Vec<Entry>,
    /// One for each name of the list.
    pub(super) files: Vec<Listed>,
}

/// Reads the manifest and finds its files; refuses what the reference tool refuses, in its order, and what could never
/// load.
pub(super) fn load(path: &Path) -> Result<Source, Problem> {
    let text = read(path)?;
    let at = |place: Place| format!("{}:{place}", path.display());
    let document = Document::parse(&text, Trailing::Refused).map_err(|error| {
        Problem::failed(format!("the manifest is not JSON: {error}")).at(at(error.place))
    })?;
    let manifest = Manifest::from_document(&document, Trailing::Refused).map_err(|error| {
        Problem::failed(format!("the manifest cannot be read: {error}")).at(at(error.place()))
    })?;
    let folder = folder(path)?;
    let list = document.at(&document.locate(["file_list"])).unwrap_or_else(|| document.root());
    let places: Vec<Place> = list.children().map(Value::place).collect();
    let place = |index: usize| at(places.get(index).copied().unwrap_or_else(|| list.place()));
    let names = manifest.files();
    let files = names
        .iter()
        .enumerate()
        .map(|(index, name)| Listed::find(name, place(index), &folder))
        .collect::<Result<Vec<_>, _>>()?;
    let entries = entries(names)
        .map_err(|(index, error)| refusal(&names[index], &place(index), &folder, error))?;
    let middleware = document.at(&document.locate(["custom_middleware"]));
    let middleware = at(middleware.unwrap_or_else(|| document.root()).place());
    if !manifest.has_hook() {
        return Err(Problem::failed("No hooks defined").at(middleware).help(
            "give custom_middleware a hook, such as \"pre\": [{\"name\": \"MyHook\"}]; \
             auth_check counts once it has a name",
        ));
    }
    if manifest.custom_middleware.driver.is_empty() {
        return Err(Problem::failed("No driver specified")
            .at(middleware)
            .help("set driver in custom_middleware: grpc, python, goplugin, otto or lua"));
    }
    Ok(Source { findings: lint::manifest(&text), manifest, entries, files })
}

fn read(path: &Path) -> Result<Vec<u8>, Problem> {
    files::read(path, LARGEST, "Couldn't load manifest file").map_err(|said| match said.help {
        None => said.help("name it with --manifest, or run this in the folder that holds it"),
        Some(_) => said,
    })
}

/// The folder that holds the manifest, by the name it was given: a link to a manifest elsewhere takes its files from
/// where the link is.
fn folder(path: &Path) -> Result<PathBuf, Problem> {
    let folder = files::folder_of(path);
    fs::canonicalize(folder)
        .map_err(|error| problem("cannot look into the manifest's folder", folder, &error))
}

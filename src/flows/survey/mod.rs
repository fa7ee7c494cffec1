//! Collects the facts that lint looks at: of a project, or of files that are given.
//!
//! What is open in an editor and not saved counts in place of what is on disk ([`Unsaved`]). Everything is bounded: a
//! file that is larger than people write is said to be so, and not read.

mod bundle;
mod given;
mod key;
mod kind;
mod looked;
mod manifest;
mod mend;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::config::Settings;
use crate::domain::conf::{Conf, Environment, keys};
use crate::domain::lint::{ApiFile, Facts, KeyRole, Unread};
use crate::domain::task::Problem;
use crate::services::bundle::keys::PublicKey;
use crate::services::files;
pub use given::files;
pub use looked::{Found, look};
pub use manifest::code;
pub use mend::{by_file, mended};

/// Texts that are not saved, by the path that their file has.
pub type Unsaved = BTreeMap<PathBuf, Vec<u8>>;

/// The bundle that `tyk-tui build` and the reference tool write where they are not told otherwise.
const BUILT: &str = "bundle.zip";

/// Collects what is known of the project in a folder: its manifest with files and code, API definitions, `tyk.conf`,
/// keys, the bundle that was built of it. Files are named relative to the folder; one that cannot be read is a fact too.
pub fn project(folder: &Path, settings: &Settings, unsaved: &Unsaved) -> Result<Facts, Problem> {
    let mut survey = Survey::new(folder, unsaved);
    survey.sources(settings)?;
    let built = folder.join(BUILT);
    if built.is_file()
        && let Err(problem) = survey.bundle(&built)
    {
        survey.unread(&built, problem);
    }
    survey.would_be(Some(settings));
    Ok(survey.facts)
}

/// The same without bundles, of old and of now: what shipping looks at, which builds one anew.
pub fn sources(folder: &Path, settings: &Settings) -> Result<Facts, Problem> {
    let unsaved = Unsaved::new();
    let mut survey = Survey::new(folder, &unsaved);
    survey.sources(settings)?;
    Ok(survey.facts)
}

/// A file's name for people: relative to the project's folder.
pub fn shown(folder: &Path, path: &Path) -> String {
    path.strip_prefix(folder).unwrap_or(path).display().to_string()
}

/// What was collected so far.
struct Survey<'a> {
    folder: &'a Path,
    unsaved: &'a Unsaved,
    facts: Facts,
    public_key: Option<PublicKey>,
}

impl<'a> Survey<'a> {
    fn new(folder: &'a Path, unsaved: &'a Unsaved) -> Self {
        Self { folder, unsaved, facts: Facts::default(), public_key: None }
    }

    fn sources(&mut self, settings: &Settings) -> Result<(), Problem> {
        let project = &settings.project;
        let version = settings.gateway.version.as_deref().map(str::parse).transpose();
        self.facts.gateway =
            version.map_err(|error| Problem::usage(format!("{error}")).at("gateway.version"))?;
        let manifest = self.folder.join(&project.manifest);
        // A link that leads nowhere is there, and worth a word.
        if self.unsaved.contains_key(&manifest) || manifest.symlink_metadata().is_ok() {
            self.look(&manifest, Self::manifest);
        }
        for path in settings.apis.0.files()? {
            self.look(&path, Self::api);
        }
        for (path, role) in
            [(&project.key, KeyRole::Private), (&project.public_key, KeyRole::Public)]
        {
            if let Some(path) = path {
                self.key(&self.folder.join(path), role);
            }
        }
        // After the keys: its public key may be one of them.
        if let Some(path) = &project.tyk_conf {
            self.look(&self.folder.join(path), Self::conf);
        }
        Ok(())
    }

    /// Reads a file of the project and looks at its text. One that cannot be read hides nothing of the others.
    fn look(&mut self, path: &Path, with: impl FnOnce(&mut Self, &Path, &[u8])) {
        match self.read(path) {
            Ok(text) => with(self, path, &text),
            Err(problem) => self.unread(path, problem),
        }
    }

    fn unread(&mut self, path: &Path, problem: Problem) {
        let file = self.shown(path);
        self.facts.unread.push(Unread { file, place: None, message: problem.what });
    }

    fn shown(&self, path: &Path) -> String {
        shown(self.folder, path)
    }

    fn read(&self, path: &Path) -> Result<Vec<u8>, Problem> {
        match self.unsaved.get(path) {
            Some(text) => Ok(text.clone()),
            None => files::read(path, files::LARGEST, "cannot read it"),
        }
    }

    fn api(&mut self, path: &Path, text: &[u8]) {
        match ApiFile::open(self.shown(path), text) {
            Ok(api) => self.facts.apis.push(api),
            Err(unread) => self.facts.unread.push(unread),
        }
    }

    fn conf(&mut self, path: &Path, text: &[u8]) {
        let file = self.shown(path);
        // Lint speaks of the file; what the environment of this process says is doctor's.
        match Conf::open(file.clone(), text, Environment::new()) {
            Ok(conf) => {
                self.key_of(&conf, files::folder_of(path));
                self.facts.confs.push(conf);
            }
            Err(error) => self.facts.unread.push(Unread {
                file,
                place: Some(error.place),
                message: error.message,
            }),
        }
    }

    /// The public key that a `tyk.conf` names, where it is on this machine: the Gateway may be on another.
    fn key_of(&mut self, conf: &Conf, folder: &Path) {
        let named = conf.text(keys::PUBLIC_KEY_PATH);
        let path = folder.join(&named);
        let is_known = self.facts.keys.iter().any(|key| key.file == self.shown(&path));
        if !named.is_empty() && !is_known && path.is_file() {
            self.key(&path, KeyRole::Public);
        }
    }
}

#[cfg(test)]
mod tests;

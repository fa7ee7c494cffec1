//! Collects the facts that lint looks at: of a project, or of files that are given.
//!
//! What is open in an editor and not saved counts in place of what is on disk ([`Unsaved`]). Everything is bounded: a
//! file that is larger than people write is said to be so, and not read.

mod bundle;
mod key;
mod kind;
mod manifest;
mod mend;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::config::Settings;
use crate::domain::conf::{Conf, Environment};
use crate::domain::lint::{self, ApiFile, Facts, Finding, KeyRole, ManifestFile, Unread};
use crate::domain::task::Problem;
use crate::services::bundle::keys::PublicKey;
use crate::services::{code, files};
use kind::Kind;
pub use mend::{by_file, mended};

/// Texts that are not saved, by the path that their file has.
pub type Unsaved = BTreeMap<PathBuf, Vec<u8>>;

/// Collects what is known of the project in a folder: its manifest with files and code, API definitions, `tyk.conf`,
/// keys. Files are named relative to the folder.
pub fn project(folder: &Path, settings: &Settings, unsaved: &Unsaved) -> Result<Facts, Problem> {
    let mut survey = Survey::new(folder, unsaved);
    let project = &settings.project;
    let manifest = folder.join(&project.manifest);
    if let Some(text) = survey.read_if_there(&manifest)? {
        survey.manifest(&manifest, &text);
    }
    for path in settings.apis.0.files()? {
        let text = survey.read(&path)?;
        survey.api(&path, &text);
    }
    if let Some(path) = &project.tyk_conf {
        let path = folder.join(path);
        let text = survey.read(&path)?;
        survey.conf(&path, &text);
    }
    for (path, role) in [(&project.key, KeyRole::Private), (&project.public_key, KeyRole::Public)] {
        if let Some(path) = path {
            let path = folder.join(path);
            let text = survey.read(&path)?;
            survey.key(&path, &text, role);
        }
    }
    let version = settings.gateway.version.as_deref().map(str::parse).transpose();
    survey.facts.gateway =
        version.map_err(|error| Problem::usage(format!("{error}")).at("version"))?;
    Ok(survey.facts)
}

/// Collects what is known of these files, told apart by what they are.
pub fn files(paths: &[PathBuf], unsaved: &Unsaved) -> Result<Facts, Problem> {
    let mut survey = Survey::new(Path::new(""), unsaved);
    let mut bundles = Vec::new();
    for path in paths {
        if kind::is_bundle(path)? {
            bundles.push(path);
            continue;
        }
        let text = survey.read(path)?;
        match kind::of(path, &text) {
            Kind::Manifest => survey.manifest(path, &text),
            Kind::Api => survey.api(path, &text),
            Kind::Conf => survey.conf(path, &text),
            Kind::Key(role) => survey.key(path, &text, role),
            Kind::Code => {
                let file = survey.shown(path);
                // Code of a manifest that was given too is looked at with it.
                let known = survey
                    .facts
                    .manifests
                    .iter()
                    .any(|manifest| manifest.code.iter().any(|source| source.file == file));
                let source = code::read(&file, &text).filter(|_| !known);
                survey.facts.code.extend(source);
            }
            Kind::Unknown(what) => {
                return Err(Problem::failed(format!("nothing to lint: this is {what}"))
                    .at(path.display())
                    .help("give manifests, API definitions, a tyk.conf, bundles, keys or code (.py, .js, .lua)"));
            }
        }
    }
    // After the keys: they are verified with the public key that was given beside them.
    for path in bundles {
        survey.bundle(path)?;
    }
    Ok(survey.facts)
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

    /// A file's name for people: relative to the project's folder.
    fn shown(&self, path: &Path) -> String {
        path.strip_prefix(self.folder).unwrap_or(path).display().to_string()
    }

    fn read(&self, path: &Path) -> Result<Vec<u8>, Problem> {
        match self.unsaved.get(path) {
            Some(text) => Ok(text.clone()),
            None => files::read(path, files::LARGEST, "cannot read it"),
        }
    }

    fn read_if_there(&self, path: &Path) -> Result<Option<Vec<u8>>, Problem> {
        match self.unsaved.get(path) {
            Some(text) => Ok(Some(text.clone())),
            None => files::read_if_there(path, files::LARGEST, "cannot read it"),
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
            Ok(conf) => self.facts.confs.push(conf),
            Err(error) => self.facts.unread.push(Unread {
                file,
                place: Some(error.place),
                message: error.message,
            }),
        }
    }
}

/// What lint finds in these facts, by file and place. Code is named as its manifest's folder is.
pub fn findings(facts: &Facts) -> Vec<Finding> {
    let mut findings = lint::run(facts);
    for finding in &mut findings {
        rename(facts, &mut finding.file);
        if let Some(fix) = &mut finding.fix {
            rename(facts, &mut fix.file);
        }
    }
    findings.sort_by(Finding::by_place);
    findings
}

/// A manifest's code has the name that `file_list` gives it: for people it lies in the manifest's folder.
fn rename(facts: &Facts, file: &mut String) {
    let of = |manifest: &&ManifestFile| manifest.code.iter().any(|source| source.file == *file);
    let folder = facts.manifests.iter().find(of).and_then(|it| Path::new(&it.file).parent());
    if let Some(folder) = folder.filter(|folder| !folder.as_os_str().is_empty()) {
        *file = folder.join(&*file).display().to_string();
    }
}

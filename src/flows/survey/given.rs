//! Files that are given, told apart by what they are.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::kind::{self, Kind};
use super::{Survey, Unsaved};
use crate::domain::lint::Facts;
use crate::domain::task::Problem;
use crate::services::code;

/// Collects what is known of these files; an error where one cannot be read, or is nothing that lint can look at.
pub fn files(paths: &[PathBuf], unsaved: &Unsaved) -> Result<Facts, Problem> {
    let mut survey = Survey::new(Path::new(""), unsaved);
    let mut seen = HashSet::new();
    let mut given = Vec::new();
    for path in paths {
        let kind = kind::of(path, |path| survey.read(path))?;
        // A file that is named twice is one file: two APIs with one id would be a mistake.
        if seen.insert(path.canonicalize().unwrap_or_else(|_| path.clone())) {
            given.push((kind, path));
        }
    }
    // Kinds are ordered: code may be of a manifest, a bundle is verified with the key that was given beside it.
    given.sort_by_key(|(kind, _)| *kind);
    for (kind, path) in given {
        match kind {
            Kind::Key(role) => survey.key(path, role),
            Kind::Manifest => survey.manifest(path, &survey.read(path)?),
            Kind::Api => survey.api(path, &survey.read(path)?),
            Kind::Conf => survey.conf(path, &survey.read(path)?),
            Kind::Code => survey.lone_code(path, &survey.read(path)?),
            Kind::Bundle => survey.bundle(path)?,
        }
    }
    survey.would_be(None);
    Ok(survey.facts)
}

impl Survey<'_> {
    /// Code that belongs to no manifest that was given: what does is looked at with it.
    fn lone_code(&mut self, path: &Path, text: &[u8]) {
        let file = self.shown(path);
        let is_known = self.facts.manifests.iter().any(|manifest| {
            manifest.code.iter().any(|source| same(&manifest.shown(&source.file), &file))
        });
        if !is_known {
            self.facts.code.extend(code::read(&file, text));
        }
    }
}

/// Whether two names are of one file: `./a` is `a`.
fn same(one: &str, other: &str) -> bool {
    Path::new(one).components().eq(Path::new(other).components())
}

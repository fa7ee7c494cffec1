//! A manifest, the files that it lists, and what lies beside them.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::{Survey, Unsaved};
use crate::domain::bundle::clean;
use crate::domain::code::python::loaded_file;
use crate::domain::code::{Language, Source};
use crate::domain::lint::{Listed, ManifestFile};
use crate::domain::manifest::Manifest;
use crate::services::{code, files};

/// Bytes of a manifest's code that are looked into: what people write, and some of what they vendor.
pub(super) const LARGEST_CODE: u64 = 8 << 20;

/// The code that a manifest at this path comes with: what is listed of it, and the file that a Gateway loads though no
/// list has it.
pub fn code(path: &Path, manifest: &Manifest) -> Vec<Source> {
    let folder = files::folder_of(path);
    let names = manifest.files().iter();
    let listed = names.map(|name| (name.clone(), listed(folder, name))).collect();
    let unsaved = Unsaved::new();
    Survey::new(folder, &unsaved).code_of(folder, manifest, &listed)
}

impl Survey<'_> {
    pub(super) fn manifest(&mut self, path: &Path, text: &[u8]) {
        let mut manifest = match ManifestFile::open(self.shown(path), text) {
            Ok(manifest) => manifest,
            Err(unread) => return self.facts.unread.push(unread),
        };
        let folder = files::folder_of(path);
        let names = manifest.manifest.files();
        let listed: BTreeMap<String, Listed> =
            names.iter().map(|name| (name.clone(), listed(folder, name))).collect();
        manifest.code = self.code_of(folder, &manifest.manifest, &listed);
        let tree = files::Tree::of(folder);
        let beside = tree.files().map(|node| node.name.clone());
        manifest.beside = Some(beside.filter(|name| !listed.contains_key(name)).collect());
        manifest.listed = Some(listed);
        self.facts.manifests.push(manifest);
    }

    /// The code among the listed files, and the file that a Gateway loads though no list has it.
    fn code_of(
        &self,
        folder: &Path,
        manifest: &Manifest,
        listed: &BTreeMap<String, Listed>,
    ) -> Vec<Source> {
        let driver = Language::of_driver(&manifest.custom_middleware.driver);
        let mut files: Vec<(&str, u64)> = Vec::new();
        for (name, found) in listed {
            // What lies outside is in no bundle.
            if let (Listed::File(bytes), Ok(_)) = (found, clean(name)) {
                files.push((name, *bytes));
            }
        }
        if driver == Some(Language::Python) {
            let loaded = loaded_file(manifest.files());
            if let (false, Listed::File(bytes)) =
                (listed.contains_key(loaded), self::listed(folder, loaded))
            {
                files.push((loaded, bytes));
            }
        }
        // What is vendored lies deeper, and matters less.
        files.sort_by_key(|(name, _)| name.matches('/').count());
        let mut left = LARGEST_CODE;
        let mut code = Vec::new();
        for (name, bytes) in files {
            // A lone file is run by the driver whatever it is called.
            let language = match driver {
                Some(driver) if listed.len() == 1 => Some(driver),
                _ => Language::of_file(name),
            };
            if let (Some(language), Some(rest)) = (language, left.checked_sub(bytes))
                && let Ok(text) = self.read(&folder.join(name))
            {
                left = rest;
                code.push(code::read_as(language, name, text));
            }
        }
        code
    }
}

fn listed(folder: &Path, name: &str) -> Listed {
    let path = folder.join(name);
    match fs::metadata(&path) {
        Ok(facts) if facts.is_dir() => Listed::Folder,
        Ok(facts) if facts.is_file() && fs::File::open(&path).is_ok() => Listed::File(facts.len()),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            Listed::Missing(other_case(folder, name))
        }
        Err(error) if error.kind() == ErrorKind::NotADirectory => Listed::Missing(None),
        Ok(_) | Err(_) => Listed::Unreadable,
    }
}

/// The file whose name differs by case alone.
fn other_case(folder: &Path, name: &str) -> Option<String> {
    let (parent, file) = match name.rsplit_once('/') {
        Some((parent, file)) => (format!("{parent}/"), file),
        None => (String::new(), name),
    };
    let entries = fs::read_dir(folder.join(&parent)).ok()?;
    let mut names = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    let found = names.find(|other| other.to_lowercase() == file.to_lowercase())?;
    Some(format!("{parent}{found}"))
}

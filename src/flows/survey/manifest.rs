//! A manifest, the files that it lists, and what lies beside them.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::Survey;
use crate::domain::code::{Language, Source};
use crate::domain::lint::{Listed, ManifestFile};
use crate::services::{code, files};

/// Code that people write is smaller; what is larger is not looked into.
const LARGEST_CODE: u64 = 4 << 20;

impl Survey<'_> {
    pub(super) fn manifest(&mut self, path: &Path, text: &[u8]) {
        let mut manifest = match ManifestFile::open(self.shown(path), text) {
            Ok(manifest) => manifest,
            Err(unread) => return self.facts.unread.push(unread),
        };
        let folder = path.parent().unwrap_or(Path::new(""));
        let names = manifest.manifest.files().to_vec();
        let driver = Language::of_driver(&manifest.manifest.custom_middleware.driver);
        let listed: BTreeMap<String, Listed> =
            names.iter().map(|name| (name.clone(), listed(folder, name))).collect();
        for (name, found) in &listed {
            if matches!(found, Listed::File(bytes) if *bytes <= LARGEST_CODE) {
                manifest.code.extend(self.code(folder, name, driver, names.len()));
            }
        }
        // Without a list Gateways load a file that is not in it.
        if driver == Some(Language::Python)
            && names.len() != 1
            && !listed.contains_key(crate::domain::code::python::LOADED_BY_DEFAULT)
        {
            let name = crate::domain::code::python::LOADED_BY_DEFAULT;
            if matches!(self::listed(folder, name), Listed::File(_)) {
                manifest.code.extend(self.code(folder, name, driver, names.len()));
            }
        }
        let tree = files::Tree::of(&nonempty(folder));
        manifest.beside = Some(
            tree.files()
                .map(|node| node.name.clone())
                .filter(|name| !listed.contains_key(name))
                .collect(),
        );
        manifest.listed = Some(listed);
        self.facts.manifests.push(manifest);
    }

    /// The code of a listed file; a lone one is run by the driver whatever it is called.
    fn code(
        &self,
        folder: &Path,
        name: &str,
        driver: Option<Language>,
        files: usize,
    ) -> Option<Source> {
        let language = match driver {
            Some(driver) if files == 1 => Some(driver),
            _ => Language::of_file(name),
        };
        let text = self.read(&folder.join(name)).ok()?;
        Some(code::read_as(language?, name, text))
    }
}

/// The current folder, where a path has none.
fn nonempty(folder: &Path) -> std::path::PathBuf {
    if folder.as_os_str().is_empty() { ".".into() } else { folder.to_owned() }
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
    let entries = fs::read_dir(nonempty(folder).join(&parent)).ok()?;
    let mut names = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    let found = names.find(|other| other.to_lowercase() == file.to_lowercase())?;
    Some(format!("{parent}{found}"))
}

//! Which entries a bundle's zip has, and in which order.

use std::collections::HashSet;

/// The manifest's name inside a bundle.
pub const FILE_NAME: &str = "manifest.json";

/// An entry of the zip, before the manifest, which is always last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A folder: a Gateway creates no parents, so each has its entry, parents first, each once (its `Mkdir` fails on
    /// one that exists). The name ends with a slash.
    Folder(String),
    /// A file that is stored.
    File {
        /// Its name in the zip.
        name: String,
        /// Its index in `file_list`.
        listed: usize,
    },
    /// A file that is stored already: hashed again, because Gateways hash what the list says, and not stored again.
    Again {
        /// The index in `file_list`.
        listed: usize,
    },
}

/// A name that a bundle cannot hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EntryError {
    /// Names the folder itself, or ends with a slash.
    #[error("not the name of a file")]
    NoFile,
    /// Leaves the manifest's folder.
    #[error("outside the manifest's folder")]
    Outside,
    /// The manifest.
    #[error("the manifest is in every bundle, last, and its checksum cannot cover itself")]
    Manifest,
    /// NUL, or longer than a file system takes.
    #[error("no Gateway unpacks such a name")]
    Unusable,
    /// A file where another listed name needs a folder, or the other way round.
    #[error("also listed as a folder of other files")]
    FileAndFolder,
}

/// A listed name without `.`, doubled slashes and `..` that stay inside, relative to the manifest's folder, as a Gateway
/// unpacks it.
pub fn clean(listed: &str) -> Result<String, EntryError> {
    let mut parts: Vec<&str> = Vec::new();
    for part in listed.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop().ok_or(EntryError::Outside)?;
            }
            name if name.len() > 255 || name.contains('\0') => return Err(EntryError::Unusable),
            name => parts.push(name),
        }
    }
    let is_file = !listed.ends_with('/') && !matches!(listed.rsplit('/').next(), Some("." | ".."));
    let name = parts.join("/");
    match name.as_str() {
        FILE_NAME => Err(EntryError::Manifest),
        "" => Err(EntryError::NoFile),
        // A Gateway's path adds its own folders; Linux ends at 4096.
        long if long.len() > 3500 => Err(EntryError::Unusable),
        _ if !is_file => Err(EntryError::NoFile),
        _ => Ok(name),
    }
}

/// The entries for a `file_list`, in order; an error has the index of its name in the list.
pub fn entries<S: AsRef<str>>(file_list: &[S]) -> Result<Vec<Entry>, (usize, EntryError)> {
    let mut entries = Vec::new();
    let mut folders = HashSet::new();
    let mut files = HashSet::new();
    for (listed, name) in file_list.iter().enumerate() {
        let name = name.as_ref();
        let cleaned = clean(name).map_err(|error| (listed, error))?;
        if files.contains(&cleaned) {
            entries.push(Entry::Again { listed });
            continue;
        }
        for (slash, _) in cleaned.match_indices('/') {
            let folder = &cleaned[..slash];
            if files.contains(folder) {
                return Err((listed, EntryError::FileAndFolder));
            }
            if folders.insert(folder.to_owned()) {
                entries.push(Entry::Folder(format!("{folder}/")));
            }
        }
        if folders.contains(&cleaned) {
            return Err((listed, EntryError::FileAndFolder));
        }
        // As it is listed where that unpacks everywhere; unzip balks at absolute names and `..`.
        let plain = !name.starts_with('/') && !name.split('/').any(|part| part == "..");
        let stored = if plain { name.to_owned() } else { cleaned.clone() };
        files.insert(cleaned);
        entries.push(Entry::File { name: stored, listed });
    }
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(list: &[&str]) -> Vec<String> {
        let name = |entry| match entry {
            Entry::Folder(name) | Entry::File { name, .. } => name,
            Entry::Again { listed } => format!("={listed}"),
        };
        entries(list).unwrap().into_iter().map(name).collect()
    }

    #[test]
    fn folders_come_before_their_files_once() {
        assert_eq!(
            names(&["m.py", "vendor/pkg/a.py", "vendor/pkg/b.py", "vendor/c.py"]),
            ["m.py", "vendor/", "vendor/pkg/", "vendor/pkg/a.py", "vendor/pkg/b.py", "vendor/c.py"]
        );
        assert_eq!(names(&["./d//x", "d/y"]), ["d/", "./d//x", "d/y"]);
        assert_eq!(names(&["d/../a", "d\\x"]), ["a", "d\\x"]);
    }

    #[test]
    fn a_file_listed_twice_is_stored_once() {
        assert_eq!(names(&["a", "./a", "a"]), ["a", "=1", "=2"]);
    }

    #[test]
    fn names_that_no_bundle_holds() {
        for (name, error) in [
            ("", EntryError::NoFile),
            (".", EntryError::NoFile),
            ("d/", EntryError::NoFile),
            ("d/.", EntryError::NoFile),
            ("../a", EntryError::Outside),
            ("d/../../a", EntryError::Outside),
            ("manifest.json", EntryError::Manifest),
            ("./d/../manifest.json", EntryError::Manifest),
            ("a\0", EntryError::Unusable),
            (&"x".repeat(256), EntryError::Unusable),
        ] {
            assert_eq!(entries(&[name]), Err((0, error)), "{name:?}");
        }
        assert_eq!(entries(&["a", "a/b"]), Err((1, EntryError::FileAndFolder)));
        assert_eq!(entries(&["a/b", "a"]), Err((1, EntryError::FileAndFolder)));
    }
}

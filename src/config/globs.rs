//! Which files `rules = ["rules/*.toml"]` and `apis` name.

use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};

use crate::domain::task::Problem;

/// Patterns of files, and the folder that they are relative to: that of the file that has them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Globs {
    /// Names and globs.
    pub patterns: Vec<String>,
    /// The folder.
    pub folder: PathBuf,
}

impl Globs {
    /// The files in the order of the patterns; those of one pattern by name. A glob may match nothing; a file that is
    /// named plainly must be there, which reading it tells.
    pub fn files(&self) -> Result<Vec<PathBuf>, Problem> {
        let mut files: Vec<PathBuf> = Vec::new();
        for pattern in &self.patterns {
            let mut found = matching(pattern, &self.folder)?;
            // A file that two patterns name is read once.
            found.retain(|path| !files.contains(path));
            files.extend(found);
        }
        Ok(files)
    }
}

/// The files that one pattern names.
fn matching(pattern: &str, folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let mut found = vec![folder.to_owned()];
    let mut globbed = false;
    for part in Path::new(pattern).components() {
        let text = part.as_os_str().to_string_lossy();
        if !matches!(part, Component::Normal(_)) || !text.contains(['*', '?', '[', '{']) {
            for path in &mut found {
                path.push(part);
            }
            // Behind a glob it is part of the search, not a name that must be there.
            found.retain(|path| !globbed || path.exists());
            continue;
        }
        let glob = globset::Glob::new(&text).map_err(|error| {
            Problem::failed(format!("`{pattern}` is no glob: {error}")).at(folder.display())
        })?;
        let glob = glob.compile_matcher();
        globbed = true;
        found = found
            .iter()
            .flat_map(|path| names(path))
            .filter(|path| path.file_name().is_some_and(|name| glob.is_match(name)))
            .collect();
    }
    Ok(found)
}

/// What is in a folder, by name; nothing where it cannot be read. Hidden files are not meant.
fn names(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<OsString> = entries
        .flatten()
        .map(|entry| entry.file_name())
        .filter(|name| !name.to_string_lossy().starts_with('.'))
        .collect();
    names.sort();
    names.into_iter().map(|name| folder.join(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_plain_names_and_globs_once_and_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        std::fs::create_dir(root.join("rules")).unwrap();
        for name in ["rules/b.toml", "rules/a.toml", "rules/.c.toml", "rules/d.txt", "x.toml"] {
            std::fs::write(root.join(name), "").unwrap();
        }
        let patterns = ["x.toml", "rules/*.toml", "*/a.toml", "none/*.toml"].map(str::to_owned);
        let globs = Globs { patterns: patterns.to_vec(), folder: root.to_owned() };
        let expected = ["x.toml", "rules/a.toml", "rules/b.toml"].map(|name| root.join(name));
        assert_eq!(globs.files().unwrap(), expected);
    }
}

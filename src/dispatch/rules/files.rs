//! Which files `rules = ["rules/*.toml"]` names.

use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};

use crate::domain::task::Problem;

/// The files in the order of the patterns; those of one pattern by name. A glob may match nothing; a file that is named
/// plainly must be there, which reading it tells.
pub(super) fn expand(patterns: &[String], folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let mut files: Vec<PathBuf> = Vec::new();
    for pattern in patterns {
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
                Problem::failed(format!("`rules`: {error}")).at(folder.display())
            })?;
            let glob = glob.compile_matcher();
            globbed = true;
            found = found
                .iter()
                .flat_map(|path| names(path))
                .filter(|path| path.file_name().is_some_and(|name| glob.is_match(name)))
                .collect();
        }
        // A file that two patterns name is read once.
        found.retain(|path| !files.contains(path));
        files.extend(found);
    }
    Ok(files)
}

/// What is in a folder, by name; nothing where it cannot be read. Hidden files are no rules.
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
        let files = expand(&patterns, root).unwrap();
        let expected = ["x.toml", "rules/a.toml", "rules/b.toml"].map(|name| root.join(name));
        assert_eq!(files, expected);
    }
}

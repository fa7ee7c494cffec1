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

impl Globs {
    /// Where a new file of this name, which ends as `ends`, would be one of those that the patterns name: in the folder
    /// of the first pattern that takes it, with a number behind the name where it is taken already. `None` where no
    /// pattern takes a new file.
    pub fn place_for(&self, name: &str, ends: &str) -> Option<PathBuf> {
        self.patterns.iter().find_map(|pattern| {
            let (folder, last) = pattern.rsplit_once('/').unwrap_or(("", pattern));
            let globbed = |text: &str| text.contains(['*', '?', '[', '{']);
            if globbed(folder) {
                return None;
            }
            let folder = self.folder.join(folder);
            if !globbed(last) {
                let path = folder.join(last);
                let fits = last.ends_with(&format!(".{ends}")) && path.symlink_metadata().is_err();
                return fits.then_some(path);
            }
            let glob = globset::Glob::new(last).ok()?.compile_matcher();
            let names = std::iter::once(format!("{name}.{ends}"))
                .chain((2..100).map(|number| format!("{name}-{number}.{ends}")));
            names
                .filter(|name| glob.is_match(name))
                .map(|name| folder.join(name))
                .find(|path| path.symlink_metadata().is_err())
        })
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

    #[test]
    fn a_new_file_goes_where_a_pattern_finds_it() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let place = |patterns: &[&str]| {
            let patterns = patterns.iter().map(|&pattern| pattern.to_owned()).collect();
            let place = Globs { patterns, folder: root.to_owned() }.place_for("orders", "json")?;
            Some(place.strip_prefix(root).unwrap().display().to_string())
        };
        let default = ["apis/*.{json,yaml}", "api.json"];
        assert_eq!(place(&default).as_deref(), Some("apis/orders.json"));
        std::fs::create_dir(root.join("apis")).unwrap();
        std::fs::write(root.join("apis/orders.json"), "").unwrap();
        assert_eq!(place(&default).as_deref(), Some("apis/orders-2.json"));
        assert_eq!(place(&["apis/*.yaml", "api.json"]).as_deref(), Some("api.json"));
        assert_eq!(place(&["*/x.json", "apis/*.yaml", "apis/orders.json"]), None);
    }
}

//! The files that a `file_list` can be chosen from.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;

use crate::domain::bundle::clean;
use crate::services::files::{self, Tree};

/// What a manifest's folder offers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offered {
    /// The files, in no order.
    pub files: Vec<OfferedFile>,
    /// There is more than is looked at: 20 000 files and folders, nested 32 deep.
    pub cut: bool,
}

/// A file that can be listed, or is listed and not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferedFile {
    /// As `file_list` names it.
    pub name: String,
    /// Its size; `None` where no file is there.
    pub bytes: Option<u64>,
    /// It is surely in no bundle, or `.gitignore` names it.
    pub left_out: bool,
}

/// The files of a manifest's folder, and those of `listed` that are not among them; `whole`: with what is left out
/// otherwise.
pub fn offered(manifest: &Path, listed: &[String], whole: bool) -> Offered {
    let folder = files::folder_of(manifest);
    let own = manifest.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let tree = Tree::of(folder);
    let all = if whole { Tree::whole(folder) } else { Tree::default() };
    let mut cut = tree.cut;
    let mut found: HashMap<&str, OfferedFile> = HashMap::new();
    for (node, left_out) in
        all.files().map(|it| (it, true)).chain(tree.files().map(|it| (it, false)))
    {
        let (name, bytes) = (node.name.clone(), Some(node.bytes));
        found.insert(&node.name, OfferedFile { name, bytes, left_out });
    }
    cut |= all.cut;
    found.remove(own);
    let mut files: Vec<OfferedFile> = found.into_values().collect();
    let mut known: HashSet<String> = files.iter().map(|file| file.name.clone()).collect();
    for name in listed {
        if !known.insert(name.clone()) {
            continue;
        }
        let facts = clean(name).ok().and_then(|name| fs::metadata(folder.join(name)).ok());
        let bytes = facts.filter(fs::Metadata::is_file).map(|facts| facts.len());
        files.push(OfferedFile { name: name.clone(), bytes, left_out: false });
    }
    Offered { files, cut }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_listed_is_offered_whatever_the_walk_leaves_out() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["m.py", "plugin.json", "__pycache__/m.pyc", ".env"] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "1234").unwrap();
        }
        let manifest = folder.path().join("plugin.json");
        let listed = ["m.py", "gone.py", ".env", "../out"].map(str::to_owned);
        let names = |whole| {
            let mut files = offered(&manifest, &listed, whole).files;
            files.sort_by(|a, b| a.name.cmp(&b.name));
            let told = files.into_iter().map(|file| {
                let bytes = file.bytes.map_or("-".to_owned(), |bytes| bytes.to_string());
                format!("{} {bytes} {}", file.name, if file.left_out { "left out" } else { "" })
            });
            told.collect::<Vec<_>>()
        };
        assert_eq!(names(false), ["../out - ", ".env 4 ", "gone.py - ", "m.py 4 "]);
        assert_eq!(
            names(true),
            [
                "../out - ",
                ".env 4 left out",
                "__pycache__/m.pyc 4 left out",
                "gone.py - ",
                "m.py 4 "
            ]
        );
    }
}

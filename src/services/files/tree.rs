//! The files of a project's folder that a bundle could have, for a `file_list` to be chosen from.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};

use ignore::{DirEntry, WalkBuilder};

use super::is_temporary;
use crate::domain::bundle::FILE_NAME;

/// At most so many files and folders; a folder that has more is no plugin's.
const MOST: usize = 20_000;

/// Folders nested deeper are not looked into.
const DEEPEST: usize = 32;

/// What is below a folder, a folder before what it holds, sorted by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    /// Files and folders; a folder without files is left out.
    pub nodes: Vec<Node>,
    /// There is more than is looked at: 20 000 files and folders, nested 32 deep.
    pub cut: bool,
}

/// A file or a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// As a `file_list` names it: relative to the tree's folder, parted by `/`.
    pub name: String,
    /// Bytes; of a folder, of all its files.
    pub bytes: u64,
    /// Of a folder, how many files are below it; `None` is a file.
    pub files: Option<usize>,
}

impl Node {
    /// Whether it is a folder.
    pub fn is_folder(&self) -> bool {
        self.files.is_some()
    }
}

impl Tree {
    /// Walks a folder. What is surely in no bundle is left out: what `.gitignore` names (with and without a repository),
    /// hidden files, `__pycache__`, `*.pyc`, zips, the manifest and our own project file. Links count where they lead to
    /// a file of the folder; linked folders are not walked.
    pub fn of(folder: &Path) -> Self {
        walk(folder, folder, Leaves::Ignored)
    }

    /// Walks a folder with what [`Tree::of`] leaves out too, but for the manifest and a repository's own `.git`.
    pub fn whole(folder: &Path) -> Self {
        walk(folder, folder, Leaves::Nothing)
    }

    /// The files below a folder of the tree's folder, which may be one that `.gitignore` names: whoever names it means
    /// it.
    pub fn below(folder: &Path, name: &str) -> Self {
        let inside = format!("{}/", name.trim_end_matches('/'));
        let mut tree = Self::of(folder);
        tree.nodes.retain(|node| node.name.starts_with(&inside));
        if tree.nodes.is_empty() {
            return walk(folder, &folder.join(name), Leaves::Useless);
        }
        tree
    }

    /// The files alone.
    pub fn files(&self) -> impl Iterator<Item = &Node> {
        self.nodes.iter().filter(|node| !node.is_folder())
    }
}

/// What a walk leaves out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Leaves {
    /// What is surely in no bundle, and what `.gitignore` names.
    Ignored,
    /// What is surely in no bundle.
    Useless,
    /// Nothing that could be listed.
    Nothing,
}

fn walk(folder: &Path, start: &Path, leaves: Leaves) -> Tree {
    let mut tree = Tree::default();
    let Ok(real) = folder.canonicalize() else { return tree };
    let by_git = leaves == Leaves::Ignored;
    let mut walker = WalkBuilder::new(start);
    walker.hidden(leaves != Leaves::Nothing);
    walker.git_ignore(by_git).git_exclude(by_git).git_global(by_git).ignore(by_git);
    // Without a repository a `.gitignore` above the folder is of something else, such as of a home folder.
    walker.require_git(false).parents(by_git && in_repository(&real));
    walker.max_depth(Some(DEEPEST + 1)).sort_by_file_name(OsStr::cmp);
    walker.filter_entry(move |entry| match leaves {
        _ if entry.depth() == 0 => true,
        _ if entry.file_name().to_str().is_some_and(is_temporary) => false,
        Leaves::Nothing => entry.file_name() != ".git",
        Leaves::Ignored | Leaves::Useless => is_wanted(entry),
    });
    // What cannot be read is not offered; `build` says why where it is listed.
    for entry in walker.build().flatten().filter(|entry| entry.depth() > 0) {
        if entry.depth() > DEEPEST {
            tree.cut = true;
            continue;
        }
        // Walking on, through a home folder say, would take minutes.
        if tree.nodes.len() == MOST {
            tree.cut = true;
            break;
        }
        let name = entry.path().strip_prefix(folder).ok().and_then(Path::to_str);
        let facts = facts(&entry, &real);
        let (Some(name), Some(facts)) = (name, facts) else { continue };
        if name == FILE_NAME || name == OUR_FILE && leaves != Leaves::Nothing {
            continue;
        }
        let (bytes, files) = if facts.is_dir() { (0, Some(0)) } else { (facts.len(), None) };
        tree.nodes.push(Node { name: name.to_owned(), bytes, files });
    }
    tree.sum_up();
    tree
}

/// The project's configuration.
const OUR_FILE: &str = "tyk-tui.toml";

fn is_wanted(entry: &DirEntry) -> bool {
    let name = entry.path();
    let ends = |extension: &str| name.extension().is_some_and(|it| it == extension);
    entry.file_name() != "__pycache__" && !["pyc", "pyo", "zip"].into_iter().any(ends)
}

/// What is there; `None` where it is neither file nor folder, or a link that leads elsewhere.
fn facts(entry: &DirEntry, folder: &Path) -> Option<Metadata> {
    if !entry.path_is_symlink() {
        return entry.metadata().ok().filter(|facts| facts.is_dir() || facts.is_file());
    }
    let target = entry.path().canonicalize().ok().filter(|it| it.starts_with(folder))?;
    fs::metadata(target).ok().filter(Metadata::is_file)
}

fn in_repository(folder: &Path) -> bool {
    folder.ancestors().any(|folder| folder.join(".git").exists())
}

impl Tree {
    /// Gives folders what their files come to, and leaves out those that have none.
    fn sum_up(&mut self) {
        let mut sums: HashMap<PathBuf, (u64, usize)> = HashMap::new();
        for file in self.files() {
            for folder in Path::new(&file.name).ancestors().skip(1) {
                let (bytes, files) = sums.entry(folder.to_owned()).or_default();
                *bytes += file.bytes;
                *files += 1;
            }
        }
        self.nodes.retain_mut(|node| {
            if !node.is_folder() {
                return true;
            }
            let sum = sums.get(Path::new(&node.name));
            if let Some((bytes, files)) = sum {
                (node.bytes, node.files) = (*bytes, Some(*files));
            }
            sum.is_some()
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn project(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "1234").unwrap();
        }
        folder
    }

    fn names(tree: &Tree) -> Vec<&str> {
        tree.nodes.iter().map(|node| node.name.as_str()).collect()
    }

    #[test]
    fn folders_come_before_their_files_with_what_these_come_to() {
        let folder = project(&["middleware.py", "vendor/b/x.py", "vendor/a.py"]);
        let tree = Tree::of(folder.path());
        assert_eq!(
            names(&tree),
            ["middleware.py", "vendor", "vendor/a.py", "vendor/b", "vendor/b/x.py"]
        );
        assert_eq!(tree.nodes[1], Node { name: "vendor".into(), bytes: 8, files: Some(2) });
        assert!(!tree.cut);
    }

    #[test]
    fn what_a_kill_of_ours_left_is_in_no_listing() {
        let folder = project(&["m.py", ".tyk-tui-Ab1.tmp", "lib/.tyk-tui-x.tmp", ".tyk-tui.toml"]);
        assert_eq!(names(&Tree::of(folder.path())), ["m.py"]);
        assert_eq!(names(&Tree::whole(folder.path())), [".tyk-tui.toml", "m.py"]);
    }

    #[test]
    fn what_is_in_no_bundle_is_left_out() {
        let folder = project(&[
            "m.py",
            "manifest.json",
            "tyk-tui.toml",
            "bundle.zip",
            ".env",
            ".git/config",
            "old.pyc",
            "__pycache__/m.cpython-311.pyc",
            "notes.md",
            "secret/key.pem",
        ]);
        fs::write(folder.path().join(".gitignore"), "*.md\nsecret/\n").unwrap();
        assert_eq!(names(&Tree::of(folder.path())), ["m.py"]);
        // Without a repository too.
        fs::remove_dir_all(folder.path().join(".git")).unwrap();
        assert_eq!(names(&Tree::of(folder.path())), ["m.py"]);
        let whole = Tree::whole(folder.path());
        let left = [
            ".env",
            ".gitignore",
            "__pycache__",
            "__pycache__/m.cpython-311.pyc",
            "bundle.zip",
            "m.py",
            "notes.md",
            "old.pyc",
            "secret",
            "secret/key.pem",
            "tyk-tui.toml",
        ];
        assert_eq!(names(&whole), left);
        // Whoever names an ignored folder means it.
        let below = Tree::below(folder.path(), "secret");
        assert_eq!(names(&below), ["secret/key.pem"]);
    }

    #[test]
    fn links_count_where_they_lead_to_a_file_of_the_folder() {
        use std::os::unix::fs::symlink;
        let outside = project(&["x.py"]);
        let folder = project(&["a/m.py"]);
        symlink("a/m.py", folder.path().join("m.py")).unwrap();
        symlink(outside.path().join("x.py"), folder.path().join("x.py")).unwrap();
        symlink(outside.path(), folder.path().join("out")).unwrap();
        symlink("a", folder.path().join("b")).unwrap();
        symlink("nowhere", folder.path().join("c")).unwrap();
        assert_eq!(names(&Tree::of(folder.path())), ["a", "a/m.py", "m.py"]);
    }

    #[test]
    fn a_folder_nested_without_end_is_cut() {
        let deep = "d/".repeat(DEEPEST + 3) + "f";
        let tree = Tree::of(project(&[&deep, "m.py"]).path());
        assert_eq!((names(&tree), tree.cut), (vec!["m.py"], true));
    }
}

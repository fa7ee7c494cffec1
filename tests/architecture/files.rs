//! Files: not too long, and none that nothing reaches.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::project;
use super::sources::{declared, parse};

/// Longest file, in lines.
const LONGEST: usize = 600;

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn all(folders: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in folders {
        rust_files(&project(folder), &mut found);
    }
    found
}

#[test]
fn no_file_is_too_long() {
    let long: Vec<String> = all(&["src", "tests", "benches"])
        .into_iter()
        .filter_map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            let lines = text.lines().count();
            let generated = text.lines().take(5).any(|line| line.contains("@generated"));
            (lines > LONGEST && !generated).then(|| format!("{}: {lines} lines", path.display()))
        })
        .collect();
    assert!(long.is_empty(), "split by what they are about: {long:#?}");
}

#[test]
fn every_source_is_part_of_the_crate() {
    let mut reached = BTreeSet::new();
    let mut open = vec![project("src/lib.rs"), project("src/main.rs")];
    while let Some(source) = open.pop() {
        open.extend(declared(&source, &parse(&source)).into_iter().map(|(_, _, path)| path));
        reached.insert(source);
    }
    let dead: Vec<PathBuf> =
        all(&["src"]).into_iter().filter(|path| !reached.contains(path)).collect();
    assert!(dead.is_empty(), "no `mod` names {dead:#?}");
}

//! What differs between two bundles, file by file: texts by their lines, the manifest as the JSON that it is.
//!
//! A file is what a Gateway has under a name once it has unpacked the bundle: of several entries of one name the last.
//! Nothing is written to disk; both archives are streamed, within [`Limits`], and only small files that differ are held.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use sha2::{Digest as _, Sha256};

use super::inspect::InspectError;
use super::read::{Archive, Budget, Limits};
use super::unpack::path;
use crate::domain::diff::{self, Line};
use crate::domain::json::{Document, Trailing};
use crate::domain::manifest::FILE_NAME;
use crate::domain::task::size;

/// The largest file whose lines are compared, in bytes.
const LARGEST_TEXT: u64 = 1 << 20;

/// So many bytes of lines are shown of all files together.
const MOST_TEXT: u64 = 16 << 20;

/// A file that the bundles do not have alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differing {
    /// Its name, printable.
    pub name: String,
    /// How it differs.
    pub change: Change,
}

/// How a file differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Only the second bundle has it.
    Added {
        /// Its size.
        bytes: u64,
    },
    /// Only the first bundle has it.
    Removed {
        /// Its size.
        bytes: u64,
    },
    /// Both have it, with other bytes.
    Changed {
        /// Its size in the first.
        old: u64,
        /// Its size in the second.
        new: u64,
        /// What differs in it.
        how: How,
    },
}

impl Differing {
    /// In a line: `changed a.py  12 B → 15 B`.
    pub fn heading(&self) -> String {
        let name = &self.name;
        match &self.change {
            Change::Added { bytes } => format!("added {name}  {}", size(*bytes)),
            Change::Removed { bytes } => format!("removed {name}  {}", size(*bytes)),
            Change::Changed { old, new, how } => {
                let sizes = format!("changed {name}  {} → {}", size(*old), size(*new));
                match how {
                    How::Lines(_) => sizes,
                    How::Json(_) => format!("{sizes}, as JSON"),
                    How::Layout => format!("{sizes}: the same JSON, laid out otherwise"),
                    How::Binary => format!("{sizes}: no text"),
                    How::TooLarge => format!("{sizes}: too large to show"),
                }
            }
        }
    }
}

/// What differs in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum How {
    /// These lines.
    Lines(Vec<Line>),
    /// Of the manifest: these lines, once both are laid out in the same way.
    Json(Vec<Line>),
    /// Of the manifest: nothing but how the JSON is laid out.
    Layout,
    /// It is no text.
    Binary,
    /// It is too large to say.
    TooLarge,
}

/// What differs between two bundles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// The files that differ, the manifest first, then by name.
    pub differing: Vec<Differing>,
    /// How many files are the same.
    pub same: usize,
}

impl Comparison {
    /// Whether both have the same files.
    pub fn is_same(&self) -> bool {
        self.differing.is_empty()
    }
}

/// Which of the two bundles is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The first.
    Old,
    /// The second.
    New,
}

/// Compares two bundles; where one cannot be read it is said which.
pub fn compare<R: Read + Seek>(
    old: R,
    new: R,
    limits: Limits,
) -> Result<Comparison, (Which, InspectError)> {
    let mut old = Side::read(old, limits).map_err(|error| (Which::Old, error))?;
    let mut new = Side::read(new, limits).map_err(|error| (Which::New, error))?;
    let mut names: Vec<Vec<u8>> = old.files.keys().chain(new.files.keys()).cloned().collect();
    names.sort_by_key(|name| (name != FILE_NAME.as_bytes(), name.clone()));
    names.dedup();
    let (mut comparison, mut shown) = (Comparison::default(), 0);
    for name in names {
        let change = match (old.files.get(&name), new.files.get(&name)) {
            (Some(was), Some(is)) if was.digest == is.digest => {
                comparison.same += 1;
                continue;
            }
            (Some(was), Some(is)) => {
                let (was, is) = (was.clone(), is.clone());
                shown += was.bytes + is.bytes;
                let is_large = was.bytes.max(is.bytes) > LARGEST_TEXT || shown > MOST_TEXT;
                let how = if is_large {
                    How::TooLarge
                } else {
                    let before = old.content(&was).map_err(|error| (Which::Old, error))?;
                    let after = new.content(&is).map_err(|error| (Which::New, error))?;
                    how(&name, &before, &after)
                };
                Change::Changed { old: was.bytes, new: is.bytes, how }
            }
            (Some(was), None) => Change::Removed { bytes: was.bytes },
            (None, is) => Change::Added { bytes: is.map_or(0, |is| is.bytes) },
        };
        comparison.differing.push(Differing { name: path::shown(&name), change });
    }
    Ok(comparison)
}

/// What differs between two contents of a file.
fn how(name: &[u8], old: &[u8], new: &[u8]) -> How {
    if name == FILE_NAME.as_bytes()
        && let (Some(old), Some(new)) = (laid_out(old), laid_out(new))
    {
        let lines = diff::lines(old.as_bytes(), new.as_bytes());
        return if lines.is_empty() { How::Layout } else { How::Json(lines) };
    }
    if is_text(old) && is_text(new) { How::Lines(diff::lines(old, new)) } else { How::Binary }
}

fn laid_out(manifest: &[u8]) -> Option<String> {
    Some(Document::parse(manifest, Trailing::Refused).ok()?.pretty())
}

fn is_text(content: &[u8]) -> bool {
    !content.contains(&0) && std::str::from_utf8(content).is_ok()
}

/// A file of a bundle.
#[derive(Clone)]
struct Packed {
    entry: usize,
    bytes: u64,
    digest: [u8; 32],
}

/// One of the two bundles.
struct Side<R> {
    archive: Archive<R>,
    files: BTreeMap<Vec<u8>, Packed>,
    limits: Limits,
}

impl<R: Read + Seek> Side<R> {
    fn read(bundle: R, limits: Limits) -> Result<Self, InspectError> {
        let mut archive = Archive::open(bundle, limits)?;
        let mut last: BTreeMap<Vec<u8>, usize> = BTreeMap::new();
        for (index, entry) in archive.entries().iter().enumerate() {
            if !entry.is_directory() {
                let name = archive.name(entry);
                // One that leads out of the folder is shown as it stands.
                last.insert(path::joined(name).unwrap_or_else(|| name.to_vec()), index);
            }
        }
        let (mut budget, mut files) = (Budget::new(limits.unpacked), BTreeMap::new());
        for (name, entry) in last {
            let mut hash = Sha256::new();
            let bytes = archive.stream(entry, &mut budget, &mut |piece| hash.update(piece))?;
            files.insert(name, Packed { entry, bytes, digest: hash.finalize().into() });
        }
        Ok(Self { archive, files, limits })
    }

    /// What a file holds.
    fn content(&mut self, file: &Packed) -> Result<Vec<u8>, InspectError> {
        let mut content = Vec::new();
        let mut budget = Budget::new(self.limits.unpacked.min(LARGEST_TEXT));
        self.archive.stream(file.entry, &mut budget, &mut |piece| {
            content.extend_from_slice(piece);
        })?;
        Ok(content)
    }
}

#[cfg(test)]
mod tests;

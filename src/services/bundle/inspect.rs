//! What is in a bundle: its entries in order, what checksum and signature cover of them, and its manifest.

use std::collections::{HashMap, HashSet};
use std::io::{Read, Seek};

use serde::Serialize;

use super::read::{Archive, Budget, Fault, Limits, ZipError};
use super::unpack::path;
use super::verify::{Refusal, shown_manifest};
use crate::domain::bundle::NameHash;
use crate::domain::manifest::{FILE_NAME, Manifest};

/// A bundle, looked at from outside: nothing of its files was unpacked but the manifest.
#[derive(Debug)]
pub struct Contents {
    /// The size of the zip.
    pub bytes: u64,
    /// Its entries in the order of the central directory.
    pub entries: Vec<Item>,
    /// Names in `file_list` that no entry has, printable.
    pub missing: Vec<String>,
    /// The manifest, or why there is none.
    pub manifest: Result<Manifest, Refusal>,
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Item {
    /// Its name, printable: controls and bytes that are no UTF-8 stand escaped.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Bytes when unpacked, as the directory claims.
    pub bytes: u64,
    /// Bytes in the zip.
    pub compressed: u64,
    /// `stored`, `deflate`, or what Gateways do not read.
    pub method: String,
    /// How often `file_list` names it: checksum and signature cover it as often.
    pub listed: usize,
    /// A later entry has the same name: its bytes are gone after unpacking.
    pub replaced: bool,
}

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link, of which Gateways make a file with the target's name in it.
    Symlink,
    /// The manifest, which neither checksum nor signature covers.
    Manifest,
}

impl Item {
    /// Whether checksum and signature change with its bytes.
    pub fn is_covered(&self) -> bool {
        self.listed > 0 && !self.replaced
    }

    /// Whether its bytes, which a Gateway unpacks, can change without anyone noticing.
    pub fn is_uncovered(&self) -> bool {
        self.kind != Kind::Folder && !self.replaced && !self.is_covered()
    }
}

/// Why a bundle cannot be looked at.
#[derive(Debug, thiserror::Error)]
pub enum InspectError {
    /// The file cannot be read.
    #[error("cannot read the bundle: {0}")]
    Io(#[from] std::io::Error),
    /// It is no zip.
    #[error("{0}")]
    Zip(ZipError),
}

impl From<Fault> for InspectError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Io(error) => Self::Io(error),
            Fault::Zip(error) => Self::Zip(error),
        }
    }
}

/// Looks at a bundle.
pub fn inspect<R: Read + Seek>(bundle: R, limits: Limits) -> Result<Contents, InspectError> {
    let mut archive = Archive::open(bundle, limits)?;
    let manifest = shown_manifest(&mut archive)?;
    let mut listed: HashMap<Vec<u8>, usize> = HashMap::new();
    for name in manifest.as_ref().map(Manifest::files).unwrap_or_default() {
        if let Some(path) = path::joined(name.as_bytes()) {
            *listed.entry(path).or_default() += 1;
        }
    }
    let mut later = HashSet::new();
    let mut entries: Vec<Item> = archive
        .entries()
        .iter()
        .rev()
        .map(|entry| {
            let name = archive.name(entry);
            let path = path::joined(name);
            let is_folder = entry.is_directory();
            let kind = match &path {
                _ if is_folder => Kind::Folder,
                Some(path) if path == FILE_NAME.as_bytes() => Kind::Manifest,
                _ if entry.is_symlink() => Kind::Symlink,
                _ => Kind::File,
            };
            let times = path.as_ref().filter(|_| !is_folder).and_then(|path| listed.get(path));
            Item {
                name: path::shown(name),
                kind,
                bytes: entry.uncompressed,
                compressed: entry.compressed,
                method: entry.method.to_string(),
                listed: times.copied().unwrap_or(0),
                replaced: path.is_some_and(|path| !is_folder && !later.insert(path)),
            }
        })
        .collect();
    entries.reverse();
    let missing = match &manifest {
        Ok(manifest) => missing(manifest, &later),
        Err(_) => Vec::new(),
    };
    Ok(Contents { bytes: archive.size(), entries, missing, manifest })
}

/// The hash that a bundle's published name should have, as its content is (see [`NameHash`]); `None` where a name in it
/// is no UTF-8, which nothing that was published here has.
pub fn hash8<R: Read + Seek>(bundle: R, limits: Limits) -> Result<Option<String>, InspectError> {
    let mut archive = Archive::open(bundle, limits)?;
    let (mut hash, mut budget) = (NameHash::default(), Budget::new(limits.unpacked));
    for index in 0..archive.entries().len() {
        let entry = &archive.entries()[index];
        let Ok(name) = std::str::from_utf8(archive.name(entry)) else { return Ok(None) };
        hash.entry(name, entry.uncompressed);
        archive.stream(index, &mut budget, &mut |bytes| hash.update(bytes))?;
    }
    Ok(Some(hash.finish()))
}

/// Names of `file_list` that no file of the zip has, each once.
fn missing(manifest: &Manifest, files: &HashSet<Vec<u8>>) -> Vec<String> {
    let mut told = HashSet::new();
    let absent = |name: &&String| {
        !path::joined(name.as_bytes()).is_some_and(|path| files.contains(&path))
            && told.insert((*name).clone())
    };
    manifest.files().iter().filter(absent).map(|name| path::shown(name.as_bytes())).collect()
}

//! What a Gateway's disk looks like after it has unpacked a bundle, without a disk.
//!
//! The Gateway creates each entry in the order of the central directory, with `mkdir` and `open`, and makes no parent
//! folders: so what loads hangs on the order of the entries. Names compare byte by byte, as on Linux.

pub(super) mod path;

use std::collections::HashMap;
use std::io::{Read, Seek};

use crate::domain::gateway_version::Loading;
use crate::services::bundle::read::{Archive, Budget, Fault, ZipError};

/// The longest name of one file or folder on Linux, in bytes.
const NAME_MAX: usize = 255;

/// The longest path on Linux, in bytes, less what the official image puts before it:
/// `/opt/tyk-gateway/middleware/bundles/`, 32 hexadecimal digits, `/`.
const PATH_MAX: usize = 4095 - 69;

/// What lies at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Node {
    /// A folder.
    Folder,
    /// A file with the bytes of this entry.
    File(usize),
}

/// Why an entry could not be unpacked, in the Gateway's words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum UnpackError {
    /// The zip itself.
    #[error(transparent)]
    Zip(#[from] ZipError),
    /// A name that leads out of the bundle's folder, or might.
    #[error("invalid file path in archive: {0}")]
    Path(String),
    /// What the operating system answers.
    #[error("{call} {path}: {error}")]
    System {
        /// `open` or `mkdir`.
        call: &'static str,
        /// The path in the bundle.
        path: String,
        /// Linux' words.
        error: Refusal,
    },
}

impl UnpackError {
    /// Whether this is a limit of ours, and nothing that a Gateway says.
    pub(super) fn is_limit(&self) -> bool {
        matches!(self, Self::Zip(error) if error.is_limit())
    }
}

/// Why Linux refuses to create a file or folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refusal {
    #[error("no such file or directory")]
    Missing,
    #[error("not a directory")]
    NotAFolder,
    #[error("is a directory")]
    IsAFolder,
    #[error("file exists")]
    Exists,
    #[error("invalid argument")]
    Invalid,
    #[error("file name too long")]
    TooLong,
}

impl Refusal {
    /// What to do about it.
    pub(super) fn help(self) -> &'static str {
        match self {
            Self::Missing => {
                "a Gateway makes no parent folders: each needs its own entry before the files in it, as `tyk-tui build` \
                 writes them"
            }
            Self::Exists => {
                "a Gateway fails on a folder that exists: each folder has one entry, the top none"
            }
            Self::NotAFolder | Self::IsAFolder => "a file and a folder bear the same name in it",
            Self::Invalid | Self::TooLong => "no file of a Gateway can have this name",
        }
    }
}

/// The folder of an unpacked bundle.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// Folders that have no entry exist all the same.
    unordered: bool,
    nodes: HashMap<Box<[u8]>, Node>,
}

/// How far unpacking came.
#[derive(Debug)]
pub(super) struct Unpacked {
    /// What lies on the disk.
    pub(super) tree: Tree,
    /// What ended it before the last entry.
    pub(super) failed: Option<UnpackError>,
}

/// Unpacks a whole bundle, looking at every byte of it; `Err` only where the file itself cannot be read.
pub(super) fn unpack<R: Read + Seek>(
    archive: &mut Archive<R>,
    gateway: &Loading,
) -> std::io::Result<Unpacked> {
    let mut tree = Tree::default();
    let mut budget = Budget::new(archive.limits().unpacked);
    for index in 0..archive.entries().len() {
        if let Err(fault) = unpack_entry(archive, index, gateway, &mut tree, &mut budget) {
            let error = match fault {
                Failed::Io(error) => return Err(error),
                Failed::Refused(error) => error,
            };
            return Ok(Unpacked { tree, failed: Some(error) });
        }
    }
    Ok(Unpacked { tree, failed: None })
}

enum Failed {
    Io(std::io::Error),
    Refused(UnpackError),
}

impl From<Fault> for Failed {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Io(error) => Self::Io(error),
            Fault::Zip(error) => Self::Refused(error.into()),
        }
    }
}

impl From<UnpackError> for Failed {
    fn from(error: UnpackError) -> Self {
        Self::Refused(error)
    }
}

/// One entry, in the Gateway's order: the name, the folder, the local header, the file, its bytes.
fn unpack_entry<R: Read + Seek>(
    archive: &mut Archive<R>,
    index: usize,
    gateway: &Loading,
    tree: &mut Tree,
    budget: &mut Budget,
) -> Result<(), Failed> {
    let entry = &archive.entries()[index];
    let name = archive.name(entry);
    if gateway.checks_names {
        let cleaned = path::clean(name);
        if cleaned.starts_with(b"/") || cleaned.starts_with(b"..") {
            return Err(UnpackError::Path(path::shown(name)).into());
        }
    }
    let path = path::joined(name);
    if entry.is_directory() {
        return Ok(path.map_or(Ok(()), |path| tree.make_folder(&path))?);
    }
    archive.locate(index)?;
    // Without the check a name may lead out of the folder, and what lies there is not ours to know: taken as written.
    if let Some(path) = path {
        tree.create_file(&path, index)?;
    }
    archive.stream(index, budget, &mut |_| {})?;
    Ok(())
}

impl Tree {
    /// What lies at a cleaned path.
    pub(super) fn find(&self, path: &[u8]) -> Option<Node> {
        if path == b"." { Some(Node::Folder) } else { self.nodes.get(path).copied() }
    }

    /// The entry with the bytes of a file, or why `open` or `read` fails.
    pub(super) fn open(&self, path: &[u8]) -> Result<usize, (&'static str, Refusal)> {
        if !self.unordered {
            self.reach(path).map_err(|refusal| ("open", refusal))?;
        }
        match self.find(path) {
            Some(Node::File(index)) => Ok(index),
            Some(Node::Folder) => Err(("read", Refusal::IsAFolder)),
            None => Err(("open", Refusal::Missing)),
        }
    }

    /// All files of a bundle, whatever order its entries have: what it says, not what a Gateway makes of it.
    pub(super) fn of_all<R: Read + Seek>(archive: &Archive<R>) -> Self {
        let mut tree = Self { unordered: true, ..Self::default() };
        for (index, entry) in archive.entries().iter().enumerate() {
            let Some(path) = path::joined(archive.name(entry)).filter(|path| path != b".") else {
                continue;
            };
            let node = if entry.is_directory() { Node::Folder } else { Node::File(index) };
            tree.nodes.insert(path.into_boxed_slice(), node);
        }
        tree
    }

    fn make_folder(&mut self, path: &[u8]) -> Result<(), UnpackError> {
        let refused = |error| UnpackError::System { call: "mkdir", path: path::shown(path), error };
        self.reach(path).map_err(refused)?;
        if self.find(path).is_some() {
            return Err(refused(Refusal::Exists));
        }
        self.nodes.insert(path.into(), Node::Folder);
        Ok(())
    }

    fn create_file(&mut self, path: &[u8], index: usize) -> Result<(), UnpackError> {
        let refused = |error| UnpackError::System { call: "open", path: path::shown(path), error };
        self.reach(path).map_err(refused)?;
        if self.find(path) == Some(Node::Folder) {
            return Err(refused(Refusal::IsAFolder));
        }
        self.nodes.insert(path.into(), Node::File(index));
        Ok(())
    }

    /// Whether the folder that a path lies in exists, and its name can be one.
    fn reach(&self, path: &[u8]) -> Result<(), Refusal> {
        if path.contains(&0) {
            return Err(Refusal::Invalid);
        }
        if path.len() > PATH_MAX {
            return Err(Refusal::TooLong);
        }
        let mut folder = path::parent(path);
        while let Some(path) = folder {
            match self.find(path) {
                Some(Node::Folder) => break,
                Some(Node::File(_)) => return Err(Refusal::NotAFolder),
                None if path::parent(path)
                    .is_none_or(|above| self.find(above) == Some(Node::Folder)) =>
                {
                    return Err(Refusal::Missing);
                }
                None => folder = path::parent(path),
            }
        }
        let last = path.rsplit(|&byte| byte == b'/').next().unwrap_or_default();
        if last.len() > NAME_MAX { Err(Refusal::TooLong) } else { Ok(()) }
    }
}

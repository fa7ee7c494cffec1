//! Folders in the state directory that hold something for each of the user's files, and that the user alone reads.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

/// How names begin of what is in no file: an API of a Gateway or a Dashboard. `./gateway:x` is a file.
const APART: [&str; 2] = ["gateway:", "dashboard:"];

/// The one name of a file, however it was called: absolute, links followed as far as it exists. What is in no file keeps
/// its name.
pub(super) fn real(path: &Path) -> PathBuf {
    let bytes = path.as_os_str().as_bytes();
    if APART.iter().any(|start| bytes.starts_with(start.as_bytes())) {
        return path.to_owned();
    }
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    if let Ok(real) = path.canonicalize() {
        return real;
    }
    match (path.parent().and_then(|folder| folder.canonicalize().ok()), path.file_name()) {
        (Some(folder), Some(name)) => folder.join(name),
        _ => path,
    }
}

/// What stands for a file in the name of another: 16 hex digits of its path's hash.
pub(super) fn key(path: &Path) -> String {
    digest(path.as_os_str().as_bytes())
}

/// 16 hex digits of the bytes' SHA-256.
pub(super) fn digest(bytes: &[u8]) -> String {
    let mut hex = format!("{:x}", Sha256::digest(bytes));
    hex.truncate(16);
    hex
}

/// The path that these bytes name.
pub(super) fn path_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(OsStr::from_bytes(bytes))
}

/// Makes a folder, and what is missing above it, for the user alone.
pub fn make_private(folder: &Path) -> io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// The names in a folder; none where there is no such folder.
pub(super) fn names(folder: &Path) -> io::Result<Vec<std::ffi::OsString>> {
    match fs::read_dir(folder) {
        Ok(entries) => entries.map(|entry| entry.map(|entry| entry.file_name())).collect(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

//! Where the sockets of a project's servers are.

use std::ffi::OsStr;
use std::fs::{self, Permissions};
use std::io;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::services::files;

/// Most bytes of a socket's path: macOS has room for 104, the last of which ends it.
const LONGEST: usize = 103;

/// Bytes of a socket's name: `PROJECT-ADDRESS.sock`.
const NAME: usize = 12 + 1 + 8 + 5;

/// Where the servers of one project have their sockets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    folder: PathBuf,
    /// What the names of this project's sockets begin with.
    project: String,
}

impl Place {
    /// That of the project in this folder. `state` is the user's state directory: a runtime directory is emptied when
    /// the user logs out, and a server that was left running would be there, and nowhere to be found.
    pub fn of(state: &Path, project: &Path) -> Self {
        let project = fs::canonicalize(project).unwrap_or_else(|_| project.to_owned());
        let mut folder = state.join("run");
        if folder.as_os_str().len() + 1 + NAME > LONGEST {
            let user = rustix::process::geteuid().as_raw();
            folder = std::env::temp_dir().join(format!("tyk-tui-{user}"));
        }
        Self { folder, project: hashed(project.as_os_str(), 12) }
    }

    /// The socket of the server that listens there.
    pub(super) fn socket(&self, address: &str) -> PathBuf {
        let address = hashed(OsStr::new(address), 8);
        self.folder.join(format!("{}-{address}.sock", self.project))
    }

    /// Those that are there, of servers that may be dead.
    pub(super) fn sockets(&self) -> Vec<PathBuf> {
        let Ok(entries) = fs::read_dir(&self.folder) else { return Vec::new() };
        entries.flatten().map(|entry| entry.path()).filter(|path| self.is_socket(path)).collect()
    }

    /// Whether a path of the folder is that of a socket of this project.
    pub(super) fn is_socket(&self, path: &Path) -> bool {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with(&format!("{}-", self.project)) && name.ends_with(".sock")
    }

    /// Makes the folder, for the user alone. One that somebody else has made is refused.
    pub(super) fn make(&self) -> io::Result<()> {
        files::make_private(&self.folder)?;
        let facts = fs::symlink_metadata(&self.folder)?;
        if !facts.is_dir() || facts.uid() != rustix::process::geteuid().as_raw() {
            return Err(io::Error::new(
                io::ErrorKind::PermissionDenied,
                "the folder belongs to somebody else",
            ));
        }
        if facts.mode() & 0o077 != 0 {
            fs::set_permissions(&self.folder, Permissions::from_mode(0o700))?;
        }
        Ok(())
    }

    /// The folder of the sockets.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }
}

/// The first hex digits of a hash.
fn hashed(text: &OsStr, digits: usize) -> String {
    let hash = Sha256::digest(text.as_bytes());
    hash.iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .take(digits)
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}

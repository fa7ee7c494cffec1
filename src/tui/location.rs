//! Where an open document is.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::flows::remote::Remote;

/// A file, or an API of a Gateway or a Dashboard.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Location {
    /// A file.
    File(PathBuf),
    /// An API that is in no file.
    Remote(Remote),
}

impl Location {
    /// The file, where it is one.
    pub(crate) fn file(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
            Self::Remote(_) => None,
        }
    }

    /// The API of a server, where it is one.
    pub(crate) fn remote(&self) -> Option<&Remote> {
        match self {
            Self::File(_) => None,
            Self::Remote(remote) => Some(remote),
        }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(f),
            Self::Remote(remote) => remote.fmt(f),
        }
    }
}

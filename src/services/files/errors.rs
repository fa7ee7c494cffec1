//! What the operating system says of files, in words that help.

use std::io::{Error, ErrorKind};
use std::path::Path;

use crate::domain::task::Problem;

/// A failure on a file: `what` was being done (`cannot write the bundle`), and why it failed.
pub fn problem(what: &str, path: &Path, error: &Error) -> Problem {
    let (why, help) = match error.kind() {
        ErrorKind::StorageFull => {
            ("the disk is full".to_owned(), Some("make room, or write to another disk"))
        }
        ErrorKind::QuotaExceeded => {
            ("the quota on this disk is used up".to_owned(), Some("make room"))
        }
        ErrorKind::FileTooLarge => (
            "larger than this process may write".to_owned(),
            Some("raise the limit on file size (ulimit -f), or write to another file system"),
        ),
        ErrorKind::NotFound => ("no such file or folder".to_owned(), None),
        ErrorKind::PermissionDenied => (
            "permission denied".to_owned(),
            Some("look at the owner and mode of it and its folder"),
        ),
        ErrorKind::IsADirectory => ("it is a folder".to_owned(), None),
        ErrorKind::ReadOnlyFilesystem => ("the file system is read-only".to_owned(), None),
        _ => (error.to_string(), None),
    };
    let problem = Problem::failed(format!("{what}: {why}")).at(path.display());
    match help {
        Some(help) => problem.help(help),
        None => problem,
    }
}

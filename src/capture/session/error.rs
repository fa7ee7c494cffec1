//! Why a session cannot be read or written.

use rusqlite::ErrorCode;

use crate::domain::task::Problem;

/// What is wrong with a session's file.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// It is not there, or is not ours to open.
    #[error("cannot open the session: {0}")]
    Io(#[from] std::io::Error),
    /// Its name is taken.
    #[error("there is a file already")]
    Taken,
    /// Some other file.
    #[error("this is no session of tyk-tui")]
    NoSession,
    /// A later version wrote it in a way that this one does not know.
    #[error("a newer tyk-tui wrote this session (format {found}; this one reads up to {known})")]
    Newer {
        /// Its format.
        found: i32,
        /// The newest that is known here.
        known: i32,
    },
    /// Cut off, or overwritten.
    #[error("the session is damaged{}", after_number(*after))]
    Damaged {
        /// The last record that could be read.
        after: Option<u64>,
    },
    /// No room left.
    #[error("the disk is full")]
    Full,
    /// It may be read, and not changed.
    #[error("the session cannot be written to")]
    ReadOnly,
    /// Another program has it for longer than one waits.
    #[error("another program is writing to the session")]
    Busy,
    /// Whatever else SQLite says.
    #[error("cannot use the session: {0}")]
    Sqlite(rusqlite::Error),
}

fn after_number(seq: Option<u64>) -> String {
    seq.map_or_else(String::new, |seq| format!(" after number {seq}"))
}

impl From<rusqlite::Error> for SessionError {
    fn from(error: rusqlite::Error) -> Self {
        // What readers share beside the journal is written before anything else is, and has a code of its own for a full disk.
        let extended = error.sqlite_error().map(|error| error.extended_code);
        if extended == Some(rusqlite::ffi::SQLITE_IOERR_SHMSIZE) {
            return Self::Full;
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::NoSession,
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged { after: None },
            Some(ErrorCode::DiskFull) => Self::Full,
            // Its list of tables lay where the file was cut off.
            Some(ErrorCode::Unknown) if error.to_string().contains("no such table") => {
                Self::Damaged { after: None }
            }
            Some(ErrorCode::ReadOnly) => Self::ReadOnly,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            _ => Self::Sqlite(error),
        }
    }
}

impl SessionError {
    /// For people: what, where, what to do.
    pub fn problem(&self, path: &std::path::Path) -> Problem {
        let problem = Problem::failed(self.to_string()).at(path.display());
        match self {
            Self::Io(_) | Self::NoSession => {
                problem.help("`tyk-tui session list` shows those that are kept here")
            }
            Self::Taken => problem.help("name another; nothing is written over"),
            Self::Newer { .. } => problem.help("open it with that version, or export it there"),
            Self::Damaged { after: None } => problem.help("none of its records can be read"),
            Self::Damaged { .. } => problem
                .help("what comes before the damage can be read: tyk-tui session export FILE"),
            Self::Full => problem.help("make room; what was written before is whole"),
            Self::ReadOnly => problem.help("chmod u+w, or a copy of it elsewhere"),
            Self::Busy => problem.help("try again"),
            Self::Sqlite(_) => problem,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As SQLite says it of a disk on which the session's index for readers finds no room (seen on a tmpfs of 16 KiB).
    #[test]
    fn a_disk_that_is_full_from_the_start_is_full() {
        for code in [rusqlite::ffi::SQLITE_FULL, rusqlite::ffi::SQLITE_IOERR_SHMSIZE] {
            let error = rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None);
            assert_eq!(SessionError::from(error).to_string(), "the disk is full");
        }
    }
}

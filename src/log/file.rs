//! The log file: readable by its owner only, and never larger than it may be.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use crate::domain::task::Problem;

/// Bytes after which a file is put aside as `.1`, so that both together take at most twice this.
const ROLL_AT: u64 = 4 << 20;

/// A file that is put aside when it is full. Several processes may write the same one: each line is one append.
#[derive(Debug)]
pub(super) struct Rolled {
    path: PathBuf,
    file: File,
    roll_at: u64,
}

impl Rolled {
    /// Opens it for appending; it and its folder are made where they are missing.
    pub(super) fn open(path: &Path) -> Result<Self, Problem> {
        Self::open_rolling_at(path, ROLL_AT).map_err(|error| {
            Problem::failed(format!("cannot write the log file: {error}")).at(path.display())
        })
    }

    fn open_rolling_at(path: &Path, roll_at: u64) -> io::Result<Self> {
        if let Some(folder) = path.parent() {
            fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        }
        Ok(Self { path: path.to_owned(), file: append(path)?, roll_at })
    }

    /// Puts a full file aside, or follows another process that did.
    fn roll(&mut self) -> io::Result<()> {
        let ours = self.file.metadata()?;
        if ours.len() < self.roll_at {
            return Ok(());
        }
        if fs::metadata(&self.path).is_ok_and(|named| named.ino() == ours.ino()) {
            let mut aside = self.path.clone().into_os_string();
            aside.push(".1");
            fs::rename(&self.path, aside)?;
        }
        self.file = append(&self.path)?;
        Ok(())
    }
}

fn append(path: &Path) -> io::Result<File> {
    OpenOptions::new().append(true).create(true).mode(0o600).open(path)
}

impl Write for Rolled {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        // A file that cannot be put aside goes on growing rather than losing what it is for.
        let _ = self.roll();
        self.file.write(line)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_private_and_bounded_also_with_two_writers() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state/tyk-tui.log");
        let mut one = Rolled::open_rolling_at(&path, 100).unwrap();
        let mut two = Rolled::open_rolling_at(&path, 100).unwrap();
        for i in 0..40 {
            writeln!(one, "one {i:02}").unwrap();
            writeln!(two, "two {i:02}").unwrap();
        }
        let facts = fs::metadata(&path).unwrap();
        assert_eq!(facts.mode() & 0o777, 0o600);
        assert!(facts.len() <= 110, "{}", facts.len());
        assert!(fs::metadata(folder.path().join("state/tyk-tui.log.1")).unwrap().len() <= 110);
        assert_eq!(fs::read_dir(folder.path().join("state")).unwrap().count(), 2);
        assert!(fs::read_to_string(&path).unwrap().ends_with("two 39\n"));
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_said() {
        let problem = Rolled::open(Path::new("/dev/null/x/log")).unwrap_err();
        assert!(problem.what.starts_with("cannot write the log file"), "{problem}");
    }
}

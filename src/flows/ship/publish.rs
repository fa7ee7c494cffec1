//! Step 5: the bundle gets its name in the folder that the host serves.
//!
//! A Gateway never downloads a name again whose directory it has, so a name that is there keeps its content for ever.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use tempfile::TempPath;

use crate::domain::task::Problem;
use crate::services::files;

/// Publishes a finished bundle under its name; true where the same was there before.
pub(super) fn publish(made: &Path, target: &Path) -> Result<bool, Problem> {
    let failed = |error: &io::Error| files::problem("cannot publish the bundle", target, error);
    let made = TempPath::try_from_path(made).map_err(|error| failed(&error))?;
    match made.persist_noclobber(target) {
        Ok(()) => Ok(false),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {
            if same_content(&error.path, target).map_err(|error| failed(&error))? {
                return Ok(true);
            }
            Err(Problem::failed("other content is published under this name")
                .at(target.display())
                .help("a Gateway that has this name would keep the old content: remove the file if no Gateway has it"))
        }
        Err(error) => Err(failed(&error.error)),
    }
}

fn same_content(a: &Path, b: &Path) -> io::Result<bool> {
    if !b.symlink_metadata()?.is_file() || a.metadata()?.len() != b.metadata()?.len() {
        return Ok(false);
    }
    let mut a = BufReader::new(File::open(a)?).bytes();
    let mut b = BufReader::new(File::open(b)?).bytes();
    loop {
        match (a.next().transpose()?, b.next().transpose()?) {
            (None, None) => return Ok(true),
            (one, other) if one != other => return Ok(false),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn published(dir: &Path, content: &[u8]) -> Result<bool, Problem> {
        let made = dir.join("made");
        std::fs::write(&made, content).unwrap();
        let published = publish(&made, &dir.join("a.zip"));
        assert!(!made.exists(), "nothing half done is left");
        published
    }

    #[test]
    fn the_same_again_is_fine_and_other_content_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(published(dir.path(), b"one"), Ok(false));
        assert_eq!(published(dir.path(), b"one"), Ok(true));
        for other in [&b"two"[..], b"three"] {
            let problem = published(dir.path(), other).unwrap_err();
            assert!(problem.what.contains("other content"), "{problem}");
        }
        assert_eq!(std::fs::read(dir.path().join("a.zip")).unwrap(), b"one");
    }

    #[test]
    fn what_is_no_file_is_not_replaced() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("a.zip")).unwrap();
        assert!(published(dir.path(), b"one").is_err());
        assert!(dir.path().join("a.zip").is_dir());
    }
}

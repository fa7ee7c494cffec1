//! Step 5: the bundle gets its name in the folder that the host serves.
//!
//! A Gateway never downloads a name again whose directory it has, so a name that is there keeps its content for ever.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use tempfile::TempPath;

use crate::domain::task::Problem;

/// Publishes a finished file under its name; true where the same was there before.
pub(super) fn publish(made: TempPath, target: &Path) -> Result<bool, Problem> {
    let failed = |what: &str, error: io::Error| {
        Problem::failed(format!("cannot {what}: {error}")).at(target.display())
    };
    // What a reader finds under the name must be whole even after a crash.
    File::open(&made).and_then(|file| file.sync_all()).map_err(|error| failed("publish", error))?;
    match made.persist_noclobber(target) {
        Ok(()) => Ok(false),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {
            let same = same_content(&error.path, target)
                .map_err(|error| failed("compare with what is published", error))?;
            if same {
                return Ok(true);
            }
            Err(Problem::failed("other content is published under this name")
                .at(target.display())
                .help("a Gateway that has this name would keep the old content: remove the file if no Gateway has it"))
        }
        Err(error) => Err(failed("publish", error.error)),
    }
}

/// An empty file in the folder, with a name that no bundle has; it disappears with the path unless it is published.
pub(super) fn unnamed_in(dir: &Path) -> Result<(File, TempPath), Problem> {
    let failed = |error: io::Error| {
        Problem::failed(format!("cannot write into the folder of bundles: {error}"))
            .at(dir.display())
    };
    std::fs::create_dir_all(dir).map_err(failed)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".tyk-tui-").suffix(".part");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // As any file that a program creates: the umask takes away what the user does not want.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    Ok(builder.tempfile_in(dir).map_err(failed)?.into_parts())
}

/// Where a bundle of this name lies.
pub(super) fn target(dir: &Path, name: &str) -> PathBuf {
    dir.join(name)
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
    use std::io::Write as _;

    use super::*;

    fn made(dir: &Path, content: &[u8]) -> TempPath {
        let (mut file, path) = unnamed_in(dir).unwrap();
        file.write_all(content).unwrap();
        path
    }

    fn names(dir: &Path) -> Vec<String> {
        let mut names: Vec<_> = std::fs::read_dir(dir)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn the_same_again_is_fine_and_other_content_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("a.zip");
        assert_eq!(publish(made(dir.path(), b"one"), &target), Ok(false));
        assert_eq!(publish(made(dir.path(), b"one"), &target), Ok(true));
        for other in [&b"two"[..], b"three"] {
            let problem = publish(made(dir.path(), other), &target).unwrap_err();
            assert!(problem.what.contains("other content"), "{problem}");
        }
        assert_eq!(std::fs::read(&target).unwrap(), b"one");
        assert_eq!(names(dir.path()), ["a.zip"], "nothing half done is left");
    }

    #[test]
    fn a_folder_under_the_name_is_not_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("a.zip");
        std::fs::create_dir(&target).unwrap();
        assert!(publish(made(dir.path(), b"one"), &target).is_err());
        assert_eq!(names(dir.path()), ["a.zip"]);
    }

    #[test]
    fn the_folder_is_made_where_it_is_missing() {
        let dir = tempfile::tempdir().unwrap();
        let deep = dir.path().join("a/b");
        let target = deep.join("c.zip");
        assert_eq!(publish(made(&deep, b"one"), &target), Ok(false));
        assert_eq!(names(&deep), ["c.zip"]);
    }
}

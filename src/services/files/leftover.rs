//! What a kill between writing and renaming leaves behind.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

/// How the names of our temporary files and folders begin and end.
pub(super) const MARKS: (&str, &str) = (".tyk-tui-", ".tmp");

/// No write of ours takes so long; what is older is nobody's.
const STALE: Duration = Duration::from_hours(1);

/// So many names of a folder are looked at, as this is done at each save.
const MOST: usize = 10_000;

/// Whether a name is that of a temporary file or folder of ours.
pub fn is_temporary(name: &str) -> bool {
    name.starts_with(MARKS.0) && name.ends_with(MARKS.1)
}

/// A folder of ours beside what it is to become, gone when it is dropped.
pub fn temporary_folder(folder: &Path) -> std::io::Result<tempfile::TempDir> {
    sweep(folder, SystemTime::now());
    tempfile::Builder::new().prefix(MARKS.0).suffix(MARKS.1).tempdir_in(folder)
}

/// Removes temporary files and folders of ours that are older than an hour. What cannot be removed stays: the save that
/// this is done for matters more.
pub(super) fn sweep(folder: &Path, now: SystemTime) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.take(MOST).flatten() {
        if !entry.file_name().to_str().is_some_and(is_temporary) {
            continue;
        }
        // Of a link its own: it is not followed.
        let Ok(facts) = entry.metadata() else { continue };
        let age = facts.modified().ok().and_then(|modified| now.duration_since(modified).ok());
        if age.is_none_or(|age| age < STALE) {
            continue;
        }
        let _ = if facts.is_dir() {
            fs::remove_dir_all(entry.path())
        } else {
            fs::remove_file(entry.path())
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_older_than_an_hour_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in [".tyk-tui-a.tmp", ".tyk-tui-b", "x.tmp", ".tyk-tui-tyk-tui.toml"] {
            fs::write(at(name), "").unwrap();
        }
        fs::create_dir(at(".tyk-tui-d.tmp")).unwrap();
        fs::write(at(".tyk-tui-d.tmp/f"), "").unwrap();
        let soon = SystemTime::now() + STALE / 2;
        sweep(folder.path(), soon);
        assert!(at(".tyk-tui-a.tmp").exists() && at(".tyk-tui-d.tmp").exists());
        sweep(folder.path(), soon + STALE);
        assert!(!at(".tyk-tui-a.tmp").exists() && !at(".tyk-tui-d.tmp").exists());
        for name in [".tyk-tui-b", "x.tmp", ".tyk-tui-tyk-tui.toml"] {
            assert!(at(name).exists(), "{name}");
        }
    }
}

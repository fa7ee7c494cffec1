//! Previous versions of the user's files, in the state directory.
//!
//! A folder for each file holds a file for each version, called after the time it was kept and its content
//! (`1764104404123456-9f31c2ab04d7e6f1`), and `path`, which says whose versions these are. A content that comes again is
//! kept once, with the later time. The oldest go first where there are too many.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::atomic::{Mode, write};
use super::errors::problem;
use super::state::{digest, key, make_private, names, path_of, real};
use crate::domain::task::Problem;

/// How much is kept.
#[derive(Clone, Copy, Debug)]
struct Bounds {
    /// Versions of one file.
    versions: usize,
    /// Versions of all files.
    all: usize,
    /// Bytes of all versions.
    bytes: u64,
}

const BOUNDS: Bounds = Bounds { versions: 50, all: 1000, bytes: 256 << 20 };

/// Where previous versions are kept.
#[derive(Clone, Debug)]
pub struct Backups {
    folder: PathBuf,
    bounds: Bounds,
}

/// A previous version of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// What it is called: the first hex digits of its content's SHA-256.
    pub id: String,
    /// When it was kept, that is, when it was last replaced.
    pub at: SystemTime,
    /// How large it is.
    pub bytes: u64,
    stored: PathBuf,
}

/// A file with its previous versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackedUp {
    /// The file, absolute.
    pub path: PathBuf,
    /// The latest first; at least one.
    pub versions: Vec<Version>,
}

/// Digits of an id that people see; the name has 16.
const SHOWN: usize = 8;

/// In the folder of each file: its path.
const PATH: &str = "path";

impl Backups {
    /// Those in this state directory.
    pub fn in_state(state: &Path) -> Self {
        Self { folder: state.join("backups"), bounds: BOUNDS }
    }

    /// Keeps what a file held. It is on the disk when this returns.
    pub fn keep(&self, path: &Path, bytes: &[u8]) -> Result<Version, Problem> {
        let path = real(path);
        let folder = self.folder.join(key(&path));
        let cannot = "cannot keep the previous version";
        let failed = |error: &io::Error| problem(cannot, &folder, error);
        make_private(&folder).map_err(|error| failed(&error))?;
        let named = folder.join(PATH);
        if !named.exists() {
            write(&named, path.as_os_str().as_bytes(), Mode::Private, "a backup's path")?;
        }
        let there = versions(&folder).map_err(|error| failed(&error))?;
        // The latest sorts last, whatever the clock did.
        let latest = there.first().map(|version| micros(version.at) + 1).unwrap_or_default();
        let at = micros(SystemTime::now()).max(latest);
        let content = digest(bytes);
        let stored = folder.join(format!("{at:016}-{content}"));
        match there.iter().find(|version| version.content() == Some(&content)) {
            Some(same) => fs::rename(&same.stored, &stored).map_err(|error| failed(&error))?,
            None => write(&stored, bytes, Mode::Private, "the previous version")?,
        }
        self.prune(&stored);
        Version::of(stored, bytes.len() as u64)
            .ok_or_else(|| Problem::failed(cannot).at(folder.display()))
    }

    /// The previous versions of a file, the latest first.
    pub fn of(&self, path: &Path) -> Result<Vec<Version>, Problem> {
        let folder = self.folder.join(key(&real(path)));
        versions(&folder).map_err(|error| problem("cannot list the backups", &folder, &error))
    }

    /// Every file that has a previous version, by its path.
    pub fn files(&self) -> Result<Vec<BackedUp>, Problem> {
        let failed = |error: &io::Error| problem("cannot list the backups", &self.folder, error);
        let mut files = Vec::new();
        for name in names(&self.folder).map_err(|error| failed(&error))? {
            let folder = self.folder.join(name);
            // A folder without `path` is one that a killed program began.
            let Ok(path) = fs::read(folder.join(PATH)) else { continue };
            let versions = versions(&folder).map_err(|error| failed(&error))?;
            if !versions.is_empty() {
                files.push(BackedUp { path: path_of(&path), versions });
            }
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(files)
    }

    /// The version of a file that an id begins; without one the latest.
    pub fn find(&self, path: &Path, id: Option<&str>) -> Result<Version, Problem> {
        let versions = self.of(path)?;
        let wanted = id.unwrap_or_default();
        let mut found = versions
            .iter()
            .filter(|version| version.content().is_some_and(|it| it.starts_with(wanted)));
        let first = found.next();
        match (first, found.next(), id) {
            (Some(version), None, _) | (Some(version), _, None) => Ok(version.clone()),
            (None, ..) if versions.is_empty() => Err(Problem::no(
                "no previous version of it is kept",
            )
            .at(path.display())
            .help(
                "a version is kept where tyk-tui replaces a file; `tyk-tui backups list` has all",
            )),
            (None, ..) => Err(Problem::no(format!("it has no previous version {wanted}"))
                .at(path.display())
                .help(format!("`tyk-tui backups list {}` has them", path.display()))),
            (Some(_), Some(_), Some(_)) => {
                Err(Problem::usage(format!("several versions begin with {wanted}"))
                    .at(path.display())
                    .help("give more digits"))
            }
        }
    }

    /// What a version holds.
    pub fn read(&self, version: &Version) -> Result<Vec<u8>, Problem> {
        fs::read(&version.stored)
            .map_err(|error| problem("cannot read the previous version", &version.stored, &error))
    }

    /// Takes away the oldest of what is too much, but never `spared`. Where it cannot, the next save tries again.
    fn prune(&self, spared: &Path) {
        let Ok(files) = self.files() else { return };
        let mut all: Vec<&Version> = files.iter().flat_map(|file| &file.versions).collect();
        all.sort_by_key(|version| std::cmp::Reverse(version.at));
        let (mut kept, mut bytes) = (0, 0);
        let mut of_file: HashMap<&Path, usize> = HashMap::new();
        for version in all {
            let folder = version.stored.parent().unwrap_or(Path::new(""));
            let versions = of_file.entry(folder).or_default();
            let fits = *versions < self.bounds.versions
                && kept < self.bounds.all
                && bytes + version.bytes <= self.bounds.bytes;
            if fits || version.stored == spared {
                *versions += 1;
                kept += 1;
                bytes += version.bytes;
            } else {
                let _ = fs::remove_file(&version.stored);
                if *versions == 0 && fs::remove_file(folder.join(PATH)).is_ok() {
                    let _ = fs::remove_dir(folder);
                }
            }
        }
    }
}

impl Version {
    /// Of a stored file; `None` where its name is none of ours, such as that of a temporary file.
    fn of(stored: PathBuf, bytes: u64) -> Option<Self> {
        let (at, content) = stored.file_name()?.to_str()?.split_once('-')?;
        let at = UNIX_EPOCH + Duration::from_micros(at.parse().ok()?);
        Some(Self { id: content.get(..SHOWN)?.to_owned(), at, bytes, stored })
    }

    fn content(&self) -> Option<&str> {
        self.stored.file_name()?.to_str()?.split_once('-').map(|(_, content)| content)
    }
}

fn micros(at: SystemTime) -> u64 {
    let since = at.duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_micros()).unwrap_or_default()
}

/// The versions in a file's folder, the latest first.
fn versions(folder: &Path) -> io::Result<Vec<Version>> {
    let mut versions: Vec<Version> = names(folder)?
        .into_iter()
        .filter_map(|name| {
            let stored = folder.join(name);
            let bytes = fs::metadata(&stored).ok()?.len();
            Version::of(stored, bytes)
        })
        .collect();
    versions.sort_by_key(|version| std::cmp::Reverse(version.at));
    Ok(versions)
}

#[cfg(test)]
#[path = "backups_tests.rs"]
mod tests;

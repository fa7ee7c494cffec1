//! Which files rules are in, and what of them is kept from one reading to the next.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::Permissions;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use crate::config::{self, Globs};
use crate::domain::task::Problem;
use crate::services::files;

/// Bytes of a rules file, at most: tens of thousands of rules, each of which every Dispatch may have to be compared with.
const LONGEST: u64 = 4 << 20;

const WHAT: &str = "the rules file";
const CANNOT: &str = "cannot read the rules file";

/// By which a change of a file is seen: `chmod` mends a file, too. `None` where it is not there.
pub(in crate::dispatch) type Stamp = Option<(SystemTime, u64, Permissions)>;

/// Every file that was looked at, as it was right before it was read, or was not there.
pub(in crate::dispatch) type Seen = BTreeMap<PathBuf, Stamp>;

/// What a file looks like now.
pub(in crate::dispatch) fn stamp(path: &Path) -> Stamp {
    let facts = std::fs::metadata(path).ok()?;
    Some((facts.modified().ok()?, facts.len(), facts.permissions()))
}

/// What says which files the rules are in.
#[derive(Clone, Debug)]
pub(super) struct Origin {
    pub(super) files: Named,
    pub(super) server: config::Server,
    /// Texts of pipes (`--rules <(…)`): they are read once, and stay as they were.
    pipes: BTreeMap<PathBuf, Arc<str>>,
}

#[derive(Clone, Debug)]
pub(super) enum Named {
    Files(Vec<PathBuf>),
    Globs(Globs),
}

impl Named {
    pub(super) fn files(&self) -> Result<Vec<PathBuf>, Problem> {
        match self {
            Self::Files(files) => Ok(files.clone()),
            Self::Globs(globs) => globs.files(),
        }
    }
}

impl Origin {
    pub(super) fn new(files: Named, server: config::Server) -> Self {
        Self { files, server, pipes: BTreeMap::new() }
    }

    /// The text of a rules file. A pipe that the command line names is read where this is the first time; else it would
    /// have whoever reads it wait for ever.
    pub(super) fn text(&mut self, path: &Path, is_first: bool) -> Result<Arc<str>, Problem> {
        if let Some(text) = self.pipes.get(path) {
            return Ok(Arc::clone(text));
        }
        let is_named = matches!(self.files, Named::Files(_));
        let is_pipe = std::fs::metadata(path).is_ok_and(|it| !it.is_file() && !it.is_dir());
        if !(is_first && is_named && is_pipe) {
            return text(path).map(Arc::from);
        }
        let text = files::read_pipe(path, LONGEST, CANNOT)?;
        let text: Arc<str> = utf8(text, path, WHAT)?.into();
        self.pipes.insert(path.to_owned(), Arc::clone(&text));
        Ok(text)
    }

    /// Whether this was read once and for all.
    pub(super) fn is_pipe(&self, path: &Path) -> bool {
        self.pipes.contains_key(path)
    }

    /// The files that are named now and may change, and the folders in which more of them may come to be.
    pub(super) fn places(&self) -> (Vec<PathBuf>, BTreeSet<PathBuf>) {
        let mut named = self.files.files().unwrap_or_default();
        named.retain(|path| !self.is_pipe(path));
        let Named::Globs(globs) = &self.files else { return (named, BTreeSet::new()) };
        let folders = globs.patterns.iter().map(|pattern| globs.folder.join(pattern));
        let folders = folders.filter_map(|path| Some(path.parent()?.to_owned()));
        (named, folders.collect())
    }
}

/// The text of a rules file that is a file.
pub(super) fn text(path: &Path) -> Result<String, Problem> {
    utf8(files::read(path, LONGEST, CANNOT)?, path, WHAT)
}

/// The bytes of a file as text.
pub(super) fn utf8(bytes: Vec<u8>, path: &Path, what: &str) -> Result<String, Problem> {
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Problem::failed(format!("{what} is not UTF-8 at byte {at}")).at(path.display())
    })
}

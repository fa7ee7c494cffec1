//! The requests that were sent, in a file of the state directory that the user alone reads. It holds no secret.

use std::fs::{DirBuilder, File};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::request::Saved;
use crate::domain::task::Problem;
use crate::services::files::{self, Mode};

/// How many are kept.
const MOST: usize = 100;

/// The largest file that is read: one of ours has a hundred bodies of 64 KiB at most.
const LARGEST: u64 = 16 << 20;

/// A request that was sent, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When, RFC 3339.
    pub at: String,
    /// What.
    pub request: Saved,
    /// The answer's status; `None` where there was no answer.
    pub status: Option<u16>,
    /// How long all of it took, in microseconds.
    pub took_us: Option<u64>,
}

impl Entry {
    /// When it was sent; `None` where somebody wrote something else there.
    pub fn time(&self) -> Option<Timestamp> {
        self.at.parse().ok()
    }
}

#[derive(Default, Serialize, Deserialize)]
struct Kept {
    requests: Vec<Entry>,
}

/// The history.
#[derive(Clone, Debug)]
pub struct History {
    folder: PathBuf,
}

impl History {
    /// That of the `state` folder.
    pub fn of(state: &Path) -> Self {
        Self { folder: state.to_owned() }
    }

    fn path(&self) -> PathBuf {
        self.folder.join("requests.json")
    }

    /// All that is kept, the oldest first.
    pub fn list(&self) -> Result<Vec<Entry>, Problem> {
        let path = self.path();
        let cannot = "cannot read the history of requests";
        let Some(bytes) = files::read_if_there(&path, LARGEST, cannot)? else {
            return Ok(Vec::new());
        };
        let kept: Kept = serde_json::from_slice(&bytes).map_err(|error| {
            Problem::failed(format!("{cannot}: {error}"))
                .at(path.display())
                .help("move the file away: a new one is begun")
        })?;
        Ok(kept.requests)
    }

    /// Adds one; the same request as the last one takes its place. The oldest make room.
    pub fn add(&self, entry: Entry) -> Result<(), Problem> {
        let failed = |error: &std::io::Error| {
            files::problem("cannot keep the history of requests", &self.path(), error)
        };
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&self.folder)
            .map_err(|error| failed(&error))?;
        // Another console may add one at the same moment.
        let lock =
            File::options().create(true).append(true).open(self.folder.join("requests.lock"));
        let lock = lock.map_err(|error| failed(&error))?;
        lock.lock().map_err(|error| failed(&error))?;
        let mut requests = self.list()?;
        if requests.last().is_some_and(|last| last.request == entry.request) {
            requests.pop();
        }
        requests.push(entry);
        requests.drain(..requests.len().saturating_sub(MOST));
        let text = serde_json::to_vec_pretty(&Kept { requests })
            .map_err(|error| Problem::failed(error.to_string()))?;
        files::write(&self.path(), &text, Mode::Private, "the history of requests")
    }
}

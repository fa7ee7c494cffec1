//! What the pane wants done, and what comes of it.

use std::path::PathBuf;

use crate::domain::task::{Problem, Progress};
use crate::flows::prune::{Pruned, Usage};
use crate::flows::target::{Pushed, Stored};
use crate::services::bundle::compare::Comparison;

/// Something to be done with targets. What takes its time is one thing at a time, and can be cancelled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    /// Ask these targets how they are; all are connected anew.
    Ask(Vec<String>),
    /// List the bundles of a target.
    List(String),
    /// Ask everybody who knows APIs which bundles they use.
    Usage,
    /// Push a bundle.
    Push {
        /// To which target.
        target: String,
        /// Its file.
        file: PathBuf,
    },
    /// Fetch a bundle into a file.
    Fetch {
        /// From which target.
        target: String,
        /// The bundle.
        id: String,
        /// The file, as it was typed.
        into: PathBuf,
        /// Write over a file that is there; the user was asked.
        over: bool,
    },
    /// Look into a bundle: it is fetched, and nothing of it stays.
    Look {
        /// From which target.
        target: String,
        /// The bundle.
        id: String,
    },
    /// Say what differs between two bundles.
    Compare {
        /// From which target.
        target: String,
        /// The older one.
        old: String,
        /// The newer one.
        new: String,
    },
    /// Delete a bundle; the user was asked.
    Delete {
        /// From which target.
        target: String,
        /// The bundle.
        id: String,
    },
    /// Delete what no API uses; the user was asked.
    Prune {
        /// From which target.
        target: String,
        /// What was shown to the user.
        bundles: Vec<Stored>,
    },
    /// Cancel what takes its time.
    Cancel,
}

/// What a target said of itself.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    /// Where it is.
    pub(crate) place: String,
    /// Why a connection to it is less safe than it looks.
    pub(crate) caution: Option<&'static str>,
    /// How it is.
    pub(crate) health: Result<String, Problem>,
}

/// What came of a [`Wish`].
#[derive(Debug)]
pub(crate) enum News {
    /// How a target is; `Err`: it cannot be used as it is configured.
    Asked(String, Result<Told, Problem>),
    /// The bundles of a target.
    Listed(String, Result<Vec<Stored>, Problem>),
    /// Which APIs use which bundles.
    Used(Result<Usage, Problem>),
    /// How far it is.
    Progress(Progress),
    /// A bundle was pushed.
    Pushed(Result<Pushed, Problem>),
    /// There is a file already where a bundle was to be fetched to.
    Exists(Wish),
    /// A bundle was fetched.
    Fetched(Result<PathBuf, Problem>),
    /// The files of a bundle, with their sizes.
    Looked(String, Result<Vec<(String, u64)>, Problem>),
    /// What differs between two bundles.
    Compared {
        /// The older one.
        old: String,
        /// The newer one.
        new: String,
        /// What differs.
        compared: Result<Comparison, Problem>,
    },
    /// A bundle was deleted.
    Deleted(Result<String, Problem>),
    /// What no API uses was deleted.
    Pruned(Result<Pruned, Problem>),
}

//! One key: lint, build, sign, verify, publish, confirm. One step a file.
//!
//! Nothing is left half done: the bundle is made in a temporary file in the folder that it will be published to, and
//! bears its name there only once it is whole, signed and verified.

mod plan;

use std::path::PathBuf;

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

pub use plan::Plan;

use crate::domain::task::{Finding, Problem, Step};

/// The names of the steps, in their order.
pub const STEPS: [&str; 6] = ["lint", "build", "sign", "verify", "publish", "confirm"];

/// What was shipped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shipped {
    /// The bundle's name, as an API definition names it (`custom_middleware_bundle`).
    pub name: String,
    /// Where it lies: in the folder that the host serves.
    pub path: PathBuf,
    /// Lower-case hex MD5 over the listed files.
    pub checksum: String,
    /// Whether it bears a signature.
    pub signed: bool,
    /// Entries of `file_list`.
    pub files: usize,
    /// Size of the bundle in bytes.
    pub bytes: u64,
    /// A bundle of this name and content was there before, so nothing was written.
    pub already_there: bool,
    /// The URL at which the running host answered with these very bytes; `None` where no host runs.
    pub url: Option<String>,
    /// What the manifest's rules found that did not stop it: warnings and hints.
    pub findings: Vec<Finding>,
}

/// Why nothing was shipped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The key is encrypted: ask for its passphrase and run again with [`Plan::with_passphrase`].
    PassphraseNeeded {
        /// The key's file.
        key: PathBuf,
        /// A passphrase was given, and it is not this key's.
        wrong: bool,
    },
    /// Cancelled by the user; what was begun is removed.
    Cancelled,
    /// A step failed.
    Problem(Problem),
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<Failure> for Problem {
    /// For a caller that cannot ask: what to do is in the help.
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Problem(problem) => problem,
            Failure::Cancelled => {
                Self { kind: crate::domain::task::Kind::Interrupted, ..Self::failed("cancelled") }
            }
            Failure::PassphraseNeeded { key, wrong: false } => {
                Self::failed("the key is encrypted, and no passphrase was given")
                    .at(key.display())
                    .help("set TYK_TUI_KEY_PASSPHRASE")
            }
            Failure::PassphraseNeeded { key, wrong: true } => {
                Self::failed("the passphrase is not this key's").at(key.display())
            }
        }
    }
}

/// Ships: runs all steps in order, telling where each stands through `steps`, until one fails or `cancel` is
/// cancelled.
pub async fn run(
    plan: Plan,
    steps: watch::Sender<Vec<Step>>,
    cancel: CancellationToken,
) -> Result<Shipped, Failure> {
    steps.send_replace(STEPS.iter().map(|name| Step::waiting(name)).collect());
    if cancel.is_cancelled() {
        return Err(Failure::Cancelled);
    }
    Err(Problem::failed(format!("{}: cannot be shipped yet", plan.name())).into())
}

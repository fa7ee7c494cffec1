//! One key: lint, build, sign, verify, push; then the APIs are pointed at the bundle, the Gateway reloads and is asked what it
//! runs. One step a file.
//!
//! Nothing is left half done: what fails after the push puts the definitions back and takes the bundle away again.

mod board;
mod build;
mod download;
mod history;
mod lint;
mod make;
mod plan;
mod point;
mod prepared;
mod probe;
mod rollback;
mod sign;
mod sources;
mod verify;

use std::path::PathBuf;

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

pub use history::{History, Moved, Record, needed};
pub use plan::Plan;
pub use prepared::Prepared;
pub use probe::{OwnServer, PluginServer, Probe};
pub use rollback::{Rollback, RolledBack};
pub use sources::Watch;

use crate::domain::lint::Finding;
use crate::domain::task::{Problem, State, Step};
use board::Board;

/// The names of the steps that every ship has, in their order.
pub const STEPS: [&str; 8] =
    ["lint", "build", "sign", "verify", "push", "point", "reload", "confirm"];

/// The lock of those who ship, and of those who delete what no API uses: a bundle that was pushed and is not named yet.
pub const LOCK: &str = "ship.lock";

/// The steps of a rollback.
const ROLLBACK: [&str; 3] = ["point", "reload", "confirm"];

/// What was shipped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shipped {
    /// The name that it was pushed under.
    pub name: String,
    /// The bundle's name, as an API definition names it (`custom_middleware_bundle`).
    pub bundle: String,
    /// Where it was pushed to.
    pub target: String,
    /// The file, where the target is a folder of this machine.
    pub path: Option<PathBuf>,
    /// Lower-case hex MD5 over the listed files.
    pub checksum: String,
    /// Whether it bears a signature.
    pub signed: bool,
    /// Entries of `file_list`.
    pub files: usize,
    /// Size of the bundle in bytes.
    pub bytes: u64,
    /// A bundle of this name and content was there before, so nothing was sent.
    pub already_there: bool,
    /// Where a Gateway finds it, as far as that is known.
    pub url: Option<String>,
    /// The APIs that run it.
    pub apis: Vec<String>,
    /// What lint found that did not stop it.
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
    /// Cancelled by the user; what was begun is taken back.
    Cancelled,
    /// A step failed; what was begun is taken back.
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

/// Does all that can be done before anything leaves this machine, telling where each step stands through `steps`. Needs a
/// tokio runtime; files are read and written on its threads for blocking work.
pub async fn prepare(
    plan: Plan,
    steps: watch::Sender<Vec<Step>>,
    cancel: &CancellationToken,
) -> Result<Prepared, Failure> {
    crate::services::files::heed_limits();
    Prepared::new(plan, Board::new(steps, &STEPS), cancel).await
}

/// Prepares, and carries it out.
pub async fn run(
    plan: Plan,
    steps: watch::Sender<Vec<Step>>,
    cancel: CancellationToken,
) -> Result<Shipped, Failure> {
    prepare(plan, steps, &cancel).await?.carry_out(&cancel).await
}

/// Reads what is needed to take back the last ship of the plan's project and profile.
pub async fn rollback(
    plan: Plan,
    steps: watch::Sender<Vec<Step>>,
    cancel: &CancellationToken,
) -> Result<Rollback, Failure> {
    Rollback::new(plan, Board::new(steps, &ROLLBACK), cancel).await
}

/// How things are after one that failed, in sentences.
pub fn aftermath(steps: &[Step]) -> String {
    let of = |name: &str| steps.iter().find(|step| step.name == name).map(|step| &step.state);
    let told = [("Put back", of("put back")), ("Cleaned up", of("clean up"))];
    let told = told.into_iter().filter_map(|(title, state)| match state? {
        State::Done(words) | State::Skipped(words) => Some(format!("{title}: {words}.")),
        State::Failed(problem) => Some(format!("{title}: {problem}.")),
        State::Waiting | State::Running(_) => None,
    });
    let told = told.collect::<Vec<_>>().join(" ");
    if told.is_empty() { "No API was changed.".to_owned() } else { told }
}

#[cfg(test)]
mod tests;

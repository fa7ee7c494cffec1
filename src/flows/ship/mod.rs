//! One key: lint, build, sign, verify, publish, confirm. One step a file.
//!
//! Nothing is left half done: the bundle is made in a temporary folder beside those that are published, and bears its
//! name among them only once it is whole, signed and verified.

mod board;
mod build;
mod confirm;
mod lint;
mod plan;
mod publish;
mod sign;
mod verify;

use std::path::PathBuf;

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

pub use plan::Plan;

use crate::domain::bundle::published_name;
use crate::domain::lint::Finding;
use crate::domain::task::{Problem, Step};
use board::Board;

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
    /// Cancelled by the user; what was begun is removed. A bundle that was published already stays: a Gateway may have
    /// it.
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
/// cancelled. Needs a tokio runtime; files are read and written on its threads for blocking work.
pub async fn run(
    plan: Plan,
    steps: watch::Sender<Vec<Step>>,
    cancel: CancellationToken,
) -> Result<Shipped, Failure> {
    crate::services::files::heed_limits();
    let board = Board::new(steps);
    let (on_thread, made_board, token) = (plan.clone(), board.clone(), cancel.clone());
    // Whoever cancels waits for the thread, so that what it began is gone when this returns.
    let thread = tokio::task::spawn_blocking(move || publish(&on_thread, &made_board, &token));
    let mut shipped = thread.await.map_err(|error| {
        Problem::failed(format!("shipping ended half way: {error}"))
            .help("this is a bug of tyk-tui; the log has more")
    })??;
    shipped.url = confirm(&plan, &shipped, &board, &cancel).await?;
    tracing::info!(bundle = %shipped.name, url = shipped.url.as_deref(), "shipped");
    Ok(shipped)
}

/// All steps that work on files: from lint to publish.
fn publish(plan: &Plan, board: &Board, cancel: &CancellationToken) -> Result<Shipped, Failure> {
    let go_on = || if cancel.is_cancelled() { Err(Failure::Cancelled) } else { Ok(()) };

    let step = board.begin("lint");
    let findings = match go_on().and_then(|()| Ok(lint::lint(&plan.folder, &plan.settings)?)) {
        Ok(findings) => findings,
        Err(failure) => return Err(step.failed(failure)),
    };
    step.done(lint::words(&findings));

    let key = match &plan.key {
        None => None,
        Some(path) => match sign::load(path, plan.passphrase.as_ref()) {
            Ok(key) => Some((key, path.as_path())),
            Err(failure) => return Err(board.begin("sign").failed(failure)),
        },
    };

    let step = board.begin("build");
    let built = go_on().and_then(|()| build::build(plan, key.as_ref(), board, cancel));
    let (making, built, signed_in) = match built {
        Ok(made) => made,
        Err(failure) => return Err(step.failed(failure)),
    };
    let name = published_name(&plan.name, &built.hash8);
    step.done(build::words(&built, &name));
    match (&key, signed_in) {
        (Some((key, _)), Some(took)) => board.done_in("sign", took, sign::words(key)),
        _ => board.skipped("sign", "no key is set ([project] key), so the bundle is unsigned"),
    }

    let step = board.begin("verify");
    let signing_key = key.as_ref().map(|(key, _)| key);
    let verified = go_on().and_then(|()| {
        Ok(verify::verify(&built.bundle, plan.public_key.as_deref(), signing_key, cancel)?)
    });
    match verified.and_then(|words| go_on().map(|()| words)) {
        Ok(words) => step.done(words),
        // What reading the file says of a cancelled run is no news.
        Err(_) if cancel.is_cancelled() => return Err(step.failed(Failure::Cancelled)),
        Err(failure) => return Err(step.failed(failure)),
    }

    let step = board.begin("publish");
    let path = plan.dir.join(&name);
    let already_there = match publish::publish(&built.bundle, &path) {
        Ok(already_there) => already_there,
        Err(problem) => return Err(step.failed(problem)),
    };
    drop(making);
    let place = path.display();
    step.done(if already_there { format!("already there: {place}") } else { place.to_string() });
    Ok(Shipped {
        name,
        path,
        checksum: built.manifest.checksum,
        signed: key.is_some(),
        files: built.files.len(),
        bytes: built.bytes,
        already_there,
        url: None,
        findings,
    })
}

/// The last step, from the network's side.
async fn confirm(
    plan: &Plan,
    shipped: &Shipped,
    board: &Board,
    cancel: &CancellationToken,
) -> Result<Option<String>, Failure> {
    let Some(host) = plan.host else {
        board.skipped("confirm", "the bundle host is not running");
        return Ok(None);
    };
    let step = board.begin("confirm");
    let url = confirm::url(host, &shipped.name);
    let progress = |progress| board.progress("confirm", progress);
    let confirmed = tokio::select! {
        biased;
        () = cancel.cancelled() => Err(Failure::Cancelled),
        confirmed = confirm::confirm(&url, &shipped.path, progress) => confirmed.map_err(Failure::from),
    };
    match confirmed {
        Ok(()) => {
            step.done(url.clone());
            Ok(Some(url))
        }
        Err(failure) => Err(step.failed(failure)),
    }
}

#[cfg(test)]
mod tests;

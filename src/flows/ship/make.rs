//! The steps on this machine: lint, build, sign, verify.

use std::time::Duration;

use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

use super::board::Board;
use super::point::Servers;
use super::{Failure, Plan, build, lint, sign, verify};
use crate::domain::bundle::published_name;
use crate::domain::gateway_version::Gateway as Release;
use crate::domain::lint::Finding;
use crate::domain::task::{Problem, Severity};
use crate::services::bundle::keys::SigningKey;
use crate::services::bundle::write::Built;

/// A bundle that may be pushed. It goes with this.
pub(super) struct Made {
    _folder: TempDir,
    pub(super) built: Built,
    /// What it is published under: `{name}-{hash8}.zip`.
    pub(super) name: String,
    pub(super) signed: bool,
    pub(super) findings: Vec<Finding>,
    /// The release that it was verified as.
    pub(super) release: Release,
}

/// Does all four; whoever cancels waits for the threads, so that what they began is gone when this returns.
pub(super) async fn make(
    plan: &Plan,
    servers: &Servers,
    board: &Board,
    cancel: &CancellationToken,
) -> Result<Made, Failure> {
    let work = Work { plan: plan.clone(), board: board.clone(), cancel: cancel.clone() };
    let (work, signed) = on_thread(move || {
        let signed = work.signed();
        (work, signed)
    })
    .await?;
    let Signed { folder, built, key, findings } = signed?;

    let step = board.begin("verify");
    let (release, note) = match release(plan, servers, cancel).await {
        Ok(known) => known,
        Err(failure) => return Err(step.failed(failure)),
    };
    let name = published_name(&plan.name, &built.hash8);
    let (built, release, signed, verified) = on_thread(move || {
        let verified = work.verified(&built, key.as_ref(), &release);
        (built, release, key.is_some(), verified)
    })
    .await?;
    match verified {
        Ok(words) => step.done(format!("{words}{note}")),
        Err(failure) => return Err(step.failed(failure)),
    }
    Ok(Made { _folder: folder, built, name, signed, findings, release })
}

/// The release to verify as, and what to say of it.
async fn release(
    plan: &Plan,
    servers: &Servers,
    cancel: &CancellationToken,
) -> Result<(Release, String), Failure> {
    let release = tokio::select! {
        biased;
        () = cancel.cancelled() => return Err(Failure::Cancelled),
        release = servers.release(&plan.settings) => release,
    };
    match release {
        Ok(release) => Ok((release, String::new())),
        // Where nothing is asked of the Gateway, the bundle may be published without it.
        Err(problem) if plan.apis.is_empty() => {
            Ok((Release::default(), format!(" · the Gateway was not asked: {}", problem.what)))
        }
        Err(problem) => Err(problem.into()),
    }
}

/// Runs on a thread that may wait for disks.
pub(super) async fn on_thread<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work).await.map_err(|error| {
        Problem::failed(format!("shipping ended half way: {error}"))
            .help("this is a bug of tyk-tui; the log has more")
    })
}

struct Work {
    plan: Plan,
    board: Board,
    cancel: CancellationToken,
}

struct Signed {
    folder: TempDir,
    built: Built,
    key: Option<SigningKey>,
    findings: Vec<Finding>,
}

impl Work {
    fn go_on(&self) -> Result<(), Failure> {
        if self.cancel.is_cancelled() { Err(Failure::Cancelled) } else { Ok(()) }
    }

    fn signed(&self) -> Result<Signed, Failure> {
        let Self { plan, board, cancel } = self;
        let step = board.begin("lint");
        let least = if plan.deny_warnings { Severity::Warning } else { Severity::Error };
        let linted =
            self.go_on().and_then(|()| Ok(lint::lint(&plan.folder, &plan.settings, least)?));
        let findings = match linted {
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
        let built = self.go_on().and_then(|()| build::build(plan, key.as_ref(), board, cancel));
        let (folder, built, signed_in): (_, _, Option<Duration>) = match built {
            Ok(made) => made,
            Err(failure) => return Err(step.failed(failure)),
        };
        step.done(build::words(&built, &published_name(&plan.name, &built.hash8)));
        match (&key, signed_in) {
            (Some((key, _)), Some(took)) => board.done_in("sign", took, sign::words(key)),
            _ => board.skipped("sign", "no key is set ([project] key), so the bundle is unsigned"),
        }
        Ok(Signed { folder, built, key: key.map(|(key, _)| key), findings })
    }

    fn verified(
        &self,
        built: &Built,
        key: Option<&SigningKey>,
        release: &Release,
    ) -> Result<String, Failure> {
        self.go_on()?;
        let public_key = self.plan.public_key.as_deref();
        let verified = verify::verify(&built.bundle, public_key, key, release, &self.cancel);
        // What reading the file says of a cancelled run is no news.
        self.go_on()?;
        Ok(verified?)
    }
}

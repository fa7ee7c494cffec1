//! Pushing a bundle, and deleting one.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{Desk, cancelled};
use crate::domain::task::{Kind, Problem};
use crate::flows::sound::Bundle;
use crate::net::http::Told;
use crate::services::mserv::{MservError, Push, Pushed};

impl Desk {
    /// Pushes a bundle that was looked at, under a new id, and downloads it to see that mserv gives out the same. Where it
    /// does not, or is cancelled, the bundle is not there, or not any more.
    pub async fn push(
        &self,
        bundle: &Bundle,
        api_id: Option<&str>,
        store_only: bool,
    ) -> Result<Pushed, Problem> {
        let push = push_of(bundle, api_id, store_only);
        let pushed =
            self.upload(|told| async move { self.server.push(&push, &told).await }).await?;
        if self.cancel.is_cancelled() {
            // It came too late to stop the upload.
            self.take_back(&pushed.id).await?;
            return Err(cancelled("what was pushed is deleted again"));
        }
        if store_only {
            return Ok(pushed);
        }
        let Err(problem) = self.proved(&pushed.id, bundle).await else { return Ok(pushed) };
        self.take_back(&pushed.id).await.map_err(|left| {
            let what = format!("{}; and {}", problem.what, left.what);
            Problem { what, help: left.help, ..problem.clone() }
        })?;
        Err(match problem.kind {
            Kind::Interrupted => cancelled("what was pushed is deleted again"),
            _ => Problem {
                what: format!("{}; what was pushed is deleted again", problem.what),
                ..problem
            },
        })
    }

    /// Whether mserv gives out what was pushed; asked once more where the answer was short, as a first download may be.
    async fn proved(&self, id: &str, bundle: &Bundle) -> Result<(), Problem> {
        match self.gives_out(id, bundle).await {
            Err(problem) if problem.kind != Kind::Interrupted => self.gives_out(id, bundle).await,
            proved => proved,
        }
    }

    /// Deletes a bundle. What was sent cannot be cancelled.
    pub async fn delete(&self, id: &str) -> Result<Pushed, Problem> {
        if self.cancel.is_cancelled() {
            return Err(cancelled("nothing was deleted"));
        }
        self.server.delete(id).await.map_err(|error| error.problem())
    }

    /// Deletes what was pushed a moment ago.
    pub(super) async fn take_back(&self, id: &str) -> Result<(), Problem> {
        self.server.delete(id).await.map(|_| ()).map_err(|error| {
            let problem = error.problem();
            let left = format!("{id} stays on mserv: {}", problem.what);
            Problem { what: left, ..problem }.help(format!("delete it: tyk-tui mserv delete {id}"))
        })
    }

    /// Runs an upload, which is dropped where it is cancelled before the whole file was sent: mserv stores no half form.
    /// After that only the answer tells what became of it.
    pub(super) async fn upload<F>(&self, upload: impl FnOnce(Told) -> F) -> Result<Pushed, Problem>
    where
        F: Future<Output = Result<Pushed, MservError>>,
    {
        let sent = Arc::new(AtomicBool::new(false));
        let (told, all) = (self.told("uploading"), Arc::clone(&sent));
        let told: Told = Arc::new(move |progress| {
            all.store(progress.total == Some(progress.done), Ordering::Relaxed);
            told(progress);
        });
        let mut upload = std::pin::pin!(upload(told));
        tokio::select! {
            biased;
            () = self.cancel.cancelled(), if !sent.load(Ordering::Relaxed) => {}
            done = &mut upload => return done.map_err(|error| error.problem()),
        }
        if !sent.load(Ordering::Relaxed) {
            return Err(cancelled("nothing was stored"));
        }
        upload.await.map_err(|error| error.problem())
    }
}

pub(super) fn push_of(bundle: &Bundle, api_id: Option<&str>, store_only: bool) -> Push {
    Push {
        file: bundle.file.clone(),
        checksum: bundle.checksum.clone(),
        api_id: api_id.map(str::to_owned),
        store_only,
    }
}

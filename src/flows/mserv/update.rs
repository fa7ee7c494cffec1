//! Replacing a bundle under its id. mserv deletes the old one before it looks at the new one, so the new one shows itself
//! first, under an id of its own.

use super::push::push_of;
use super::{Desk, cancelled};
use crate::domain::task::{Kind, Problem};
use crate::flows::sound::Bundle;
use crate::services::mserv::Pushed;

/// A bundle that was replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Updated {
    /// The bundle's id and how it is known.
    pub pushed: Pushed,
    /// The trial that could not be deleted again.
    pub left: Option<Problem>,
}

impl Desk {
    /// Replaces a bundle by one that was looked at.
    pub async fn update(&self, id: &str, bundle: &Bundle) -> Result<Updated, Problem> {
        let old = self.until_cancelled(self.server.get(id)).await?;
        if old.checksum.as_ref() == Some(&bundle.checksum) {
            return Err(Problem::no(
                "the checksum is the old bundle's, so mserv would go on giving out the old one",
            )
            .at(bundle.file.display())
            .help(
                "only listed files count in it, not the manifest: push it under a new id with tyk-tui mserv push",
            ));
        }
        let trial = self.push(bundle, None, false).await.map_err(|problem| Problem {
            what: format!("the trial before the update: {}", problem.what),
            ..problem
        })?;
        let done = self.put(id, bundle).await;
        let left = self.take_back(&trial.id).await.err();
        match (done, left) {
            (Ok(pushed), left) => Ok(Updated { pushed, left }),
            (Err(problem), None) => Err(problem),
            (Err(problem), Some(left)) => {
                let what = format!("{}; and the trial {}", problem.what, left.what);
                Err(Problem { what, ..problem })
            }
        }
    }

    /// What follows once the trial has proved to be good.
    async fn put(&self, id: &str, bundle: &Bundle) -> Result<Pushed, Problem> {
        if self.cancel.is_cancelled() {
            return Err(cancelled("the old bundle stays"));
        }
        let push = push_of(bundle, None, false);
        let told = self.told("uploading");
        // Half a PUT would be refused, one that was sent may be done: it is not dropped.
        let put = self.server.put(id, &push, &told).await.map_err(|error| error.problem())?;
        self.gives_out(id, bundle).await.map_err(|problem| match problem.kind {
            Kind::Interrupted => cancelled("the bundle was replaced, and not looked at"),
            _ => problem,
        })?;
        Ok(put)
    }
}

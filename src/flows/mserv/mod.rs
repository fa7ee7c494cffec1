//! Bundles on mserv: what is pushed and what is downloaded is verified, as mserv only logs what is wrong with it.

mod download;
mod push;
mod update;

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

pub use download::Downloaded;
pub use update::Updated;

use crate::domain::task::{Kind, Problem, Progress};
use crate::net::http::Told;
use crate::services::bundle::keys::PublicKey;
use crate::services::mserv::{Mserv, MservError};

/// Is told of what is going on (`uploading`), piece by piece.
pub type Tell = Arc<dyn Fn(&'static str, Progress) + Send + Sync>;

/// Who writes to mserv has this turn: writes at the same moment kill it more often.
pub const MSERV_LOCK: &str = "mserv.lock";

/// An mserv that is worked with.
#[derive(Clone)]
pub struct Desk {
    server: Mserv,
    tell: Tell,
    cancel: CancellationToken,
    key: Option<PublicKey>,
}

impl Desk {
    /// Works with this server until `cancel` is cancelled.
    pub fn new(server: Mserv, tell: Tell, cancel: CancellationToken) -> Self {
        Self { server, tell, cancel, key: None }
    }

    /// The same; what is downloaded must be signed by this key.
    #[must_use]
    pub fn signed_by(self, key: Option<PublicKey>) -> Self {
        Self { key, ..self }
    }

    /// Cancels what it does.
    pub fn cancel(&self) -> &CancellationToken {
        &self.cancel
    }

    fn told(&self, what: &'static str) -> Told {
        let tell = Arc::clone(&self.tell);
        Arc::new(move |progress| tell(what, progress))
    }

    /// Waits for what may be dropped at any moment.
    async fn until_cancelled<T>(
        &self,
        work: impl Future<Output = Result<T, MservError>>,
    ) -> Result<T, Problem> {
        tokio::select! {
            biased;
            () = self.cancel.cancelled() => Err(cancelled("nothing was changed")),
            done = work => done.map_err(|error| error.problem()),
        }
    }
}

/// What a cancelled piece of work ends with.
fn cancelled(so: impl std::fmt::Display) -> Problem {
    Problem { kind: Kind::Interrupted, ..Problem::failed(format!("cancelled: {so}")) }
}

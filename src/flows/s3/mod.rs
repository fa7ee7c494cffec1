//! Bundles in S3: what is pushed and what is fetched is verified, and a key keeps its content for ever, as a Gateway that has
//! a name never downloads it again.

mod check;
mod delete;
mod fetch;
mod key;
mod policy;
mod push;

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

pub use check::{Meets, check};
pub use fetch::Fetched;
pub use key::Template;
pub use policy::{mserv_policy, policy};
pub use push::{Pushed, fits};

use crate::domain::task::{Kind, Problem, Progress};
use crate::net::http::Told;
use crate::services::bundle::keys::PublicKey;
use crate::services::s3::{S3Error, Store};

/// Is told of what is going on (`uploading`), piece by piece.
pub type Tell = Arc<dyn Fn(&'static str, Progress) + Send + Sync>;

/// A bucket that is worked with.
#[derive(Clone)]
pub struct Desk {
    store: Store,
    tell: Tell,
    cancel: CancellationToken,
    key: Option<PublicKey>,
}

impl Desk {
    /// Works with this bucket until `cancel` is cancelled.
    pub fn new(store: Store, tell: Tell, cancel: CancellationToken) -> Self {
        Self { store, tell, cancel, key: None }
    }

    /// The same; what is fetched must be signed by this key.
    #[must_use]
    pub fn signed_by(self, key: Option<PublicKey>) -> Self {
        Self { key, ..self }
    }

    /// `s3://BUCKET/KEY` of a key.
    fn place(&self, key: &str) -> String {
        format!("s3://{}/{key}", self.store.name())
    }

    /// Where a key is for who asks by HTTP.
    pub fn url(&self, key: &str) -> Result<String, Problem> {
        self.store.url(key).map(Into::into).map_err(|error| error.problem())
    }

    fn told(&self, what: &'static str) -> Told {
        let tell = Arc::clone(&self.tell);
        Arc::new(move |progress| tell(what, progress))
    }

    /// Waits for what may be dropped at any moment.
    async fn until_cancelled<T>(
        &self,
        work: impl Future<Output = Result<T, S3Error>>,
    ) -> Result<T, Problem> {
        tokio::select! {
            biased;
            () = self.cancel.cancelled() => Err(cancelled("nothing was changed")),
            done = work => done.map_err(|error| error.problem()),
        }
    }
}

/// What a cancelled piece of work ends with.
fn cancelled(so: &str) -> Problem {
    Problem { kind: Kind::Interrupted, ..Problem::failed(format!("cancelled: {so}")) }
}

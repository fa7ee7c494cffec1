//! Pushing a bundle.

use std::time::Duration;

use super::{Desk, cancelled};
use crate::domain::task::{Kind, Problem, size};
use crate::flows::sound::Bundle;
use crate::services::s3::S3Error;

/// So long S3 is given to delete what is not to stay.
const LAST_WORD: Duration = Duration::from_secs(20);

/// A bundle that was pushed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pushed {
    /// Its key.
    pub key: String,
    /// The same content was there before, so nothing was sent.
    pub already_there: bool,
}

impl Desk {
    /// Pushes a bundle that was looked at under a key, and fetches it to see that the same is there. Where it is not, or where
    /// that is cancelled, it is deleted again. Other content under the key stays.
    pub async fn push(&self, bundle: &Bundle, key: &str) -> Result<Pushed, Problem> {
        let found = self.until_cancelled(self.store.find(key)).await?;
        if found.is_some() {
            return match self.same(key, bundle).await {
                Ok(true) => Ok(Pushed { key: key.to_owned(), already_there: true }),
                Ok(false) => Err(Problem::failed("other content is stored under this key")
                    .at(self.place(key))
                    .help("a Gateway that has this name would keep the old content: push under another, or delete it if no Gateway has it")),
                Err(problem) => Err(problem),
            };
        }
        let told = self.told("uploading");
        let sent = self.store.send(key, &bundle.file, &told, &self.cancel).await;
        if let Err(error) = &sent
            && !error.why.leaves_open()
        {
            return Err(error.problem());
        }
        let problem = match (self.same(key, bundle).await, sent) {
            // Where only the answer was lost it is there, too.
            (Ok(true), _) => return Ok(Pushed { key: key.to_owned(), already_there: false }),
            (_, Err(error)) => error.problem(),
            (Ok(false), Ok(())) => {
                Problem::failed("S3 gives out something else than what was pushed")
                    .at(self.place(key))
                    .help("push it again")
            }
            (Err(problem), Ok(())) => problem,
        };
        let so = self.taken_back(key).await;
        Err(match problem.kind {
            Kind::Interrupted => cancelled(&so),
            _ => Problem { what: format!("{}; {so}", problem.what), ..problem },
        })
    }

    /// Deletes what a push may have left under a key where nothing was before; says how that went.
    async fn taken_back(&self, key: &str) -> String {
        let deleted = async {
            if self.store.find(key).await?.is_none() {
                return Ok("nothing was stored".to_owned());
            }
            self.store.delete(key).await?;
            Ok::<_, S3Error>("what was pushed is deleted again".to_owned())
        };
        match tokio::time::timeout(LAST_WORD, deleted).await {
            Ok(Ok(so)) => so,
            Ok(Err(error)) => {
                format!(
                    "what was pushed may stay, as it cannot be deleted: {}",
                    error.problem().what
                )
            }
            Err(_) => "what was pushed may stay: S3 does not answer".to_owned(),
        }
    }

    /// Whether this very bundle is there.
    async fn same(&self, key: &str, bundle: &Bundle) -> Result<bool, Problem> {
        let mut file = tempfile::tempfile()
            .map_err(|error| Problem::failed(format!("cannot make a temporary file: {error}")))?;
        let told = self.told("verifying");
        self.until_cancelled(self.store.fetch(key, &mut file, &told)).await?;
        Ok(bundle.is_in(&mut file))
    }
}

/// Refuses what is larger than `most`; `raise` says how that is changed.
pub fn fits(bundle: &Bundle, most: u64, raise: &str) -> Result<(), Problem> {
    if bundle.bytes <= most {
        return Ok(());
    }
    let (bytes, most) = (size(bundle.bytes), size(most));
    Err(Problem::failed(format!("the bundle has {bytes}, and {most} are pushed at most"))
        .at(bundle.file.display())
        .help(format!(
            "a Gateway gives one attempt to download it 5 s; where its network is fast enough, {raise}"
        )))
}

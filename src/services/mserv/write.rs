//! Writes: one at a time, each followed by waiting until the server is there again. A write whose answer is lost is sent
//! again only where the list says that it was not done.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;
use reqwest::Url;
use serde::Deserialize;
use tokio::fs::File;
use tokio::time::{Instant, sleep};

use super::client::plain;
use super::{Mserv, MservError, Mw, Why};
use crate::net::http::{Ask, Told, Upload};

/// How often a write is sent: once more where it was not done.
const TRIES: usize = 2;

/// A bundle to push.
#[derive(Clone, Debug)]
pub struct Push {
    /// The file.
    pub file: PathBuf,
    /// The checksum of its manifest, by which it is found in the list.
    pub checksum: String,
    /// The API that it is for; mserv only remembers it.
    pub api_id: Option<String>,
    /// Keep it, and nothing else: it cannot be downloaded.
    pub store_only: bool,
}

/// A write that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pushed {
    /// The bundle's id.
    pub id: String,
    /// The answer was lost, and the server's list told that it was done.
    pub found: bool,
}

#[derive(Deserialize)]
struct Stored {
    #[serde(rename = "BundleID")]
    id: String,
}

impl Mserv {
    /// Pushes a bundle under a new id.
    pub async fn push(&self, push: &Push, told: &Told) -> Result<Pushed, MservError> {
        let _alone = self.writing.lock().await;
        let before: BTreeSet<String> = self.list().await?.into_iter().map(|mw| mw.id).collect();
        let store_only = if push.store_only { "true" } else { "false" };
        let mut query = vec![("store_only", store_only)];
        query.extend(push.api_id.as_deref().map(|id| ("api_id", id)));
        for _ in 0..TRIES {
            let ask = Ask::upload(&["api", "mw"], false).query(&query);
            match self.send(ask, push, told).await {
                Ok(id) => return self.settled(Pushed { id, found: false }, "pushed").await,
                Err(error) if error.is_lost() => {}
                Err(error) => return Err(error),
            }
            self.back(None).await?;
            let ours = |mw: &Mw| {
                !before.contains(&mw.id)
                    && mw.store_only == push.store_only
                    && mw.api_id == push.api_id.as_deref().unwrap_or_default()
                    && (push.store_only || mw.checksum.as_ref() == Some(&push.checksum))
            };
            let mut new = self.list().await?.into_iter().filter(ours).map(|mw| mw.id);
            match (new.next(), new.next()) {
                (Some(id), None) => return Ok(Pushed { id, found: true }),
                (Some(one), Some(two)) => {
                    return Err(self.lost(format!("{one} or {two} may be this bundle")));
                }
                (None, _) => {}
            }
        }
        Err(self.lost("it was not stored, twice".to_owned()))
    }

    /// Replaces a bundle. mserv deletes the old one before it looks at the new one: push a trial first.
    pub async fn put(&self, id: &str, push: &Push, told: &Told) -> Result<Pushed, MservError> {
        let _alone = self.writing.lock().await;
        let before = self.get(id).await?.added;
        let path = ["api", "mw", plain(id)?];
        for _ in 0..TRIES {
            match self.send(Ask::upload(&path, true), push, told).await {
                Ok(id) => return self.settled(Pushed { id, found: false }, "replaced").await,
                Err(error) if error.is_lost() => {}
                Err(error) => return Err(error),
            }
            self.back(None).await?;
            match self.get(id).await {
                Ok(mw) if is_new(&mw, before, push) => {
                    return Ok(Pushed { id: mw.id, found: true });
                }
                Ok(_) => {}
                Err(MservError { why: Why::Absent, .. }) => {
                    return Err(self.lost(format!("{id} is not there any more")));
                }
                Err(error) => return Err(error),
            }
        }
        Err(self.lost("the bundle is the old one still, twice".to_owned()))
    }

    /// Deletes a bundle.
    pub async fn delete(&self, id: &str) -> Result<Pushed, MservError> {
        let _alone = self.writing.lock().await;
        let path = ["api", "mw", plain(id)?];
        for _ in 0..TRIES {
            match self.ask::<Stored>(Ask::delete(&path)).await {
                Ok(stored) => {
                    let deleted = Pushed { id: stored.id, found: false };
                    return self.settled(deleted, "deleted").await;
                }
                Err(error) if error.is_lost() => {}
                Err(error) => return Err(error),
            }
            self.back(None).await?;
            match self.get(id).await {
                Ok(_) => {}
                Err(MservError { why: Why::Absent, .. }) => {
                    return Ok(Pushed { id: id.to_owned(), found: true });
                }
                Err(error) => return Err(error),
            }
        }
        Err(self.lost("the bundle is there still, twice".to_owned()))
    }

    /// Sends the file; returns the id that the answer has.
    async fn send(&self, ask: Ask<'_>, push: &Push, told: &Told) -> Result<String, MservError> {
        let url = self.caller.url(&ask);
        let failed = |why: Why| MservError::new(shown(&url), why);
        let unreadable = |error: std::io::Error| {
            failed(Why::File(format!("cannot read {}: {error}", push.file.display())))
        };
        let name = push.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let file = File::open(&push.file).await.map_err(unreadable)?;
        let upload = Upload::new(file, "uploadfile", &name).await.map_err(unreadable)?;
        let answer = self.caller.upload(ask, upload, told).await;
        let answer = answer.map_err(|error| failed(error.into()))?;
        Ok(self.opened::<Stored>(&answer).map_err(failed)?.id)
    }

    /// A write that was answered, once the server is there again.
    async fn settled(&self, done: Pushed, what: &str) -> Result<Pushed, MservError> {
        self.back(Some(format!("{} was {what}", done.id))).await?;
        Ok(done)
    }

    /// Waits until the server is there again: asks for its health, over a new connection each time.
    async fn back(&self, written: Option<String>) -> Result<(), MservError> {
        let gone = Instant::now() + self.pace.patience;
        let mut pause = self.pace.settle;
        loop {
            sleep(pause).await;
            let left = gone.saturating_duration_since(Instant::now());
            let limit = left.clamp(Duration::from_millis(200), Duration::from_secs(3));
            if self.health_within(limit).await.is_ok_and(|health| health.http) {
                return Ok(());
            }
            if left.is_zero() {
                return Err(MservError::new(self.address(), Why::Gone { written }));
            }
            pause = (pause * 2).clamp(Duration::from_millis(20), Duration::from_secs(1)).min(left);
        }
    }

    fn lost(&self, what: String) -> MservError {
        MservError::new(self.address(), Why::Lost(what))
    }
}

/// Whether a record is what a PUT makes of it.
fn is_new(mw: &Mw, before: Option<Timestamp>, push: &Push) -> bool {
    mw.added != before && mw.checksum.as_ref() == Some(&push.checksum)
}

/// A URL without its query.
fn shown(url: &Url) -> String {
    let mut url = url.clone();
    url.set_query(None);
    url.to_string()
}

//! The zip of a bundle.

use std::io::Write;

use super::client::plain;
use super::{Mserv, MservError, Why};
use crate::domain::task::{Progress, size};
use crate::net::http::{Ask, Told};

/// More is not downloaded: a server that never ends must not fill the disk.
const LARGEST: u64 = 1 << 30;

impl Mserv {
    /// Writes the zip of a bundle as it comes, and returns how many bytes there were. What came may be short although the
    /// status is 200: verify it.
    pub async fn download(
        &self,
        id: &str,
        to: &mut (impl Write + Send),
        told: &Told,
    ) -> Result<u64, MservError> {
        // Asked for one that is stored only, it ends the connection.
        if self.get(id).await?.store_only_without_manifest() {
            return Err(MservError::new(self.address(), Why::StoreOnly));
        }
        let path = ["api", "mw", "bundle", plain(id)?];
        let ask = Ask::get(&path);
        let url = self.caller.url(&ask).to_string();
        let failed = |why: Why| MservError::new(&url, why);
        let mut coming = self.caller.download(ask).await.map_err(|error| failed(error.into()))?;
        if !coming.is_ok() {
            let answer = coming.answer().await.map_err(|error| failed(error.into()))?;
            return match self.opened::<serde_json::Value>(&answer) {
                Err(why) => Err(failed(why)),
                Ok(_) => Err(failed(Why::NotMserv(answer.excerpt()))),
            };
        }
        let (mut done, total) = (0, coming.total());
        while let Some(piece) = coming.piece().await.map_err(|error| failed(error.into()))? {
            done += piece.len() as u64;
            if done > LARGEST {
                return Err(failed(Why::File(format!("it is larger than {}", size(LARGEST)))));
            }
            to.write_all(&piece).map_err(|error| {
                failed(Why::File(format!("what is downloaded cannot be written: {error}")))
            })?;
            told(Progress { done, total });
        }
        Ok(done)
    }
}

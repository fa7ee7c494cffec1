//! mserv as a target. It keeps no names: a bundle is known by the id of its push, so what is there already is found by its
//! content.

use std::cmp::Reverse;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use super::{Here, Pushed, Stored, cancelled, needed};
use crate::config;
use crate::domain::task::{Kind, Problem};
use crate::flows::mserv::{Desk, MSERV_LOCK, Tell};
use crate::flows::sound::Bundle;
use crate::net::http::Told;
use crate::services::bundle::keys::PublicKey;
use crate::services::files::Turn;
use crate::services::mserv::{Function, Mserv, Mw, Settings};

/// So many bundles with our checksum are looked at: it covers no manifest, and none of `grpc` bundles without files differ
/// in it.
const LOOKED_AT: usize = 8;

pub(super) struct Shelf {
    server: Mserv,
    api_id: Option<String>,
    unchecked: bool,
    state: Option<PathBuf>,
}

impl Shelf {
    pub(super) fn new(name: &str, set: &config::Target, here: &Here) -> Result<Self, Problem> {
        let endpoint = needed(set.url.as_ref(), "url", name)?.clone();
        // Where nothing is set it is where mservctl's users have it.
        let token = set.token.read("TOKEN")?;
        let settings = Settings {
            endpoint,
            token,
            insecure_tls: set.insecure_tls,
            file: None,
            warnings: Vec::new(),
        };
        let server = Mserv::new(&settings).map_err(|error| error.problem())?;
        let unchecked = set.insecure_tls && server.address().starts_with("https:");
        Ok(Self { server, api_id: set.api_id.clone(), unchecked, state: here.state.clone() })
    }

    pub(super) fn address(&self) -> &str {
        self.server.address()
    }

    /// Whether any certificate is trusted.
    pub(super) fn is_unchecked(&self) -> bool {
        self.unchecked
    }

    pub(super) async fn health(&self) -> Result<String, Problem> {
        let health = self.server.health().await.map_err(|error| error.problem())?;
        let word = |is_on| if is_on { "on" } else { "off" };
        Ok(format!("HTTP {} · gRPC {}", word(health.http), word(health.grpc)))
    }

    pub(super) async fn list(&self) -> Result<Vec<Stored>, Problem> {
        let all = self.server.list().await.map_err(|error| error.problem())?;
        Ok(all.into_iter().map(stored).collect())
    }

    pub(super) async fn push(
        &self,
        bundle: &Bundle,
        told: Told,
        cancel: &CancellationToken,
    ) -> Result<Pushed, Problem> {
        let desk = self.desk(&told, cancel);
        let _turn = self.turn(cancel).await?;
        if let Some(id) = self.same(&desk, bundle, cancel).await? {
            return Ok(self.pushed(id, true));
        }
        let pushed = desk.push(bundle, self.api_id.as_deref(), false).await?;
        Ok(self.pushed(pushed.id, false))
    }

    pub(super) async fn fetch(
        &self,
        id: &str,
        into: &Path,
        signed_by: Option<PublicKey>,
        told: Told,
        cancel: &CancellationToken,
    ) -> Result<(), Problem> {
        let desk = self.desk(&told, cancel).signed_by(signed_by);
        desk.download(id, into).await.map(|_| ())
    }

    pub(super) async fn delete(&self, id: &str, cancel: &CancellationToken) -> Result<(), Problem> {
        let _turn = self.turn(cancel).await?;
        let told: Told = Arc::new(|_| {});
        self.desk(&told, cancel).delete(id).await.map(|_| ())
    }

    /// The id under which this very bundle is there already. The checksum that mserv tells only says where to look, as it
    /// does not cover the manifest: the zip is compared.
    async fn same(
        &self,
        desk: &Desk,
        bundle: &Bundle,
        cancel: &CancellationToken,
    ) -> Result<Option<String>, Problem> {
        let mut all = tokio::select! {
            biased;
            () = cancel.cancelled() => return Err(cancelled("nothing was pushed")),
            all = self.server.list() => all.map_err(|error| error.problem())?,
        };
        all.retain(|mw| !mw.store_only && mw.checksum.as_ref() == Some(&bundle.checksum));
        all.sort_by_key(|mw| Reverse(mw.added));
        for mw in all.into_iter().take(LOOKED_AT) {
            match desk.gives_out(&mw.id, bundle).await {
                Ok(()) => return Ok(Some(mw.id)),
                // Another one, or a bad one.
                Err(problem) if problem.kind == Kind::No => {}
                Err(problem) => return Err(problem),
            }
        }
        Ok(None)
    }

    fn pushed(&self, id: String, already_there: bool) -> Pushed {
        let url = Some(format!("{}/api/mw/bundle/{id}", self.address()));
        Pushed { bundle: id.clone(), id, already_there, url }
    }

    fn desk(&self, told: &Told, cancel: &CancellationToken) -> Desk {
        let told = Arc::clone(told);
        let tell: Tell = Arc::new(move |_, progress| told(progress));
        Desk::new(self.server.clone(), tell, cancel.clone())
    }

    /// The right to write.
    async fn turn(&self, cancel: &CancellationToken) -> Result<Option<Turn>, Problem> {
        let Some(state) = &self.state else { return Ok(None) };
        let waits = || tracing::info!("waiting for another tyk-tui that writes to mserv");
        Turn::wait(state, MSERV_LOCK, waits, cancel).await.map(Some)
    }
}

fn stored(mw: Mw) -> Stored {
    let mut hooks: Vec<String> = Vec::new();
    // One stands there for each file; response hooks do not.
    for function in &mw.functions {
        let hook = format!("{} {}", word(function), function.name);
        if !hooks.contains(&hook) {
            hooks.push(hook);
        }
    }
    Stored {
        bundle: mw.id.clone(),
        id: mw.id,
        name: String::new(),
        bytes: None,
        at: mw.added,
        checksum: mw.checksum,
        hooks,
        note: mw.store_only.then_some("stored only: nobody can download it"),
    }
}

/// A hook by the manifest's word.
fn word(function: &Function) -> &'static str {
    match function.hook() {
        "Pre" => "pre",
        "Post" => "post",
        "PostKeyAuth" => "post_key_auth",
        "CustomKeyCheck" => "auth_check",
        "Response" => "response",
        other => other,
    }
}

//! The connection to an mserv, and what all its answers have in common.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::HeaderName;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use tokio::sync::Mutex;

use super::error::NOT_FOUND;
use super::{MservError, Mw, Settings, Why};
use crate::net::http::{Answer, Ask, Caller, Certificates};

/// How a server is waited for after a write.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// How long it is left alone: it answers until it restarts, which takes less than 0.1 s.
    pub settle: Duration,
    /// How long it may take to be there again; with its gRPC side on 4 s were measured.
    pub patience: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self { settle: Duration::from_millis(300), patience: Duration::from_secs(10) }
    }
}

/// An mserv.
#[derive(Clone)]
pub struct Mserv {
    pub(super) caller: Caller,
    pub(super) pace: Pace,
    /// Held while one writes.
    pub(super) writing: Arc<Mutex<()>>,
}

/// What it says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Health {
    /// Its HTTP side is there.
    #[serde(rename = "HTTPStarted", default)]
    pub http: bool,
    /// Its gRPC side is there; off where its configuration has it off.
    #[serde(rename = "GRPCStarted", default)]
    pub grpc: bool,
}

/// What its answers come in.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Envelope {
    payload: Json,
    status: String,
    #[serde(default)]
    error: String,
}

impl Mserv {
    /// The one of these settings.
    pub fn new(settings: &Settings) -> Result<Self, MservError> {
        let header = HeaderName::from_static("x-api-key");
        let (endpoint, token) = (settings.endpoint.as_str(), settings.token.as_ref());
        let certificates =
            if settings.insecure_tls { Certificates::Any } else { Certificates::Trusted };
        let caller = Caller::closing(endpoint, header, token, certificates);
        let caller = caller.map_err(|error| MservError::new(endpoint, Why::Call(error)))?;
        Ok(Self { caller, pace: Pace::default(), writing: Arc::default() })
    }

    /// The same, waited for otherwise.
    #[must_use]
    pub fn paced(self, pace: Pace) -> Self {
        Self { pace, ..self }
    }

    /// Its address, as it is shown.
    pub fn address(&self) -> &str {
        self.caller.address()
    }

    /// Asks how it is.
    pub async fn health(&self) -> Result<Health, MservError> {
        self.health_within(Duration::from_secs(30)).await
    }

    pub(super) async fn health_within(&self, limit: Duration) -> Result<Health, MservError> {
        self.ask(Ask::get(&["health"]).within(Some(limit))).await
    }

    /// All bundles that it has, the oldest first.
    pub async fn list(&self) -> Result<Vec<Mw>, MservError> {
        let all: Option<Vec<Mw>> = self.ask(Ask::get(&["api", "mw", "master", "all"])).await?;
        Ok(all.unwrap_or_default())
    }

    /// One bundle.
    pub async fn get(&self, id: &str) -> Result<Mw, MservError> {
        self.ask(Ask::get(&["api", "mw", plain(id)?])).await
    }

    /// Asks, and reads what the envelope holds.
    pub(super) async fn ask<T: DeserializeOwned>(&self, ask: Ask<'_>) -> Result<T, MservError> {
        let url = self.caller.url(&ask).to_string();
        let read = self.caller.ask(ask).await.map_err(Why::Call);
        read.and_then(|answer| self.opened(&answer)).map_err(|why| MservError { url, why })
    }

    /// What an answer's envelope holds, else why there is nothing in it.
    pub(super) fn opened<T: DeserializeOwned>(&self, answer: &Answer) -> Result<T, Why> {
        let not_mserv =
            || Why::NotMserv(format!("{} {}", answer.status.as_u16(), answer.excerpt()));
        let envelope = serde_json::from_slice::<Envelope>(&answer.body);
        match (answer.status.as_u16(), envelope) {
            (200, Ok(envelope)) if envelope.status == "ok" => {
                serde_json::from_value(envelope.payload).map_err(|_| not_mserv())
            }
            // It looks at no token itself: what stands before it does, in words of its own.
            (status @ (401 | 403), _) => {
                Err(Why::Token { status, given: self.caller.has_secret(), text: answer.excerpt() })
            }
            (_, Ok(envelope)) if envelope.error.contains(NOT_FOUND) => Err(Why::Absent),
            (status, Ok(envelope)) => Err(Why::Refused { status, text: envelope.error }),
            (status @ 502..=504, Err(_)) => Err(Why::Refused { status, text: answer.excerpt() }),
            (_, Err(_)) => Err(not_mserv()),
        }
    }
}

/// An id that can stand in a path: URLs leave these three out, and another thing would be asked.
pub(super) fn plain(id: &str) -> Result<&str, MservError> {
    match id {
        "" | "." | ".." => Err(MservError::new("", Why::Id(id.to_owned()))),
        _ => Ok(id),
    }
}

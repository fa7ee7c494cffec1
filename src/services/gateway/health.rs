//! `/hello` and `/ready`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Gateway, GatewayError};
use crate::net::http::Ask;

/// How something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// All well.
    Pass,
    /// Something is missing that it can do without.
    Warn,
    /// Something is missing that it needs.
    Fail,
}

/// What a Gateway says of itself. Nothing is asked of the caller: no secret.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Hello {
    /// How it is, all in all.
    pub status: Status,
    /// Its version; builds that were given none say `v5.5.0-dev`.
    #[serde(default)]
    pub version: String,
    /// What it needs: `redis`, `dashboard`, `rpc`. Empty for the first ten seconds.
    #[serde(default)]
    pub details: BTreeMap<String, Component>,
}

/// Something that a Gateway needs.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Component {
    /// How it is.
    pub status: Status,
    /// What it says of it.
    #[serde(default)]
    pub output: String,
}

impl Gateway {
    /// Asks how it is.
    pub async fn hello(&self) -> Result<Hello, GatewayError> {
        let path = [self.health_path()];
        let (url, answer) = self.answer(Ask::get(&path)).await?;
        match serde_json::from_slice(&answer.body) {
            Ok(hello) => Ok(hello),
            // Not under this name: `health_check_endpoint_name`, or no Gateway.
            Err(_) => Err(GatewayError { url, why: self.refusal(&answer) }),
        }
    }

    /// Whether it is ready to serve: a reload has succeeded, and Redis is there. `None` before Gateway 5.9, which does not
    /// say.
    pub async fn ready(&self) -> Result<Option<bool>, GatewayError> {
        let (url, answer) = self.answer(Ask::get(&["ready"])).await?;
        match answer.status.as_u16() {
            200 => Ok(Some(true)),
            503 => Ok(Some(false)),
            404 => Ok(None),
            _ => Err(GatewayError { url, why: self.refusal(&answer) }),
        }
    }

    /// Whether its secret is ours: asks for what costs nothing.
    pub async fn accepts_secret(&self) -> Result<(), GatewayError> {
        // Any path below /tyk/ is looked at only after the secret; this one is nowhere.
        let path = ["tyk", "tyk-tui-asks-for-nothing"];
        let (url, answer) = self.answer(Ask::get(&path)).await?;
        match answer.status.as_u16() {
            404 if answer.excerpt() == "404 page not found" => Ok(()),
            _ => Err(GatewayError { url, why: self.refusal(&answer) }),
        }
    }
}

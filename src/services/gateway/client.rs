//! The connection to a Gateway, and what all its answers have in common.

use std::time::Duration;

use reqwest::header::HeaderName;
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::Value as Json;

use super::{GatewayError, Why};
use crate::net::http::{Answer, Ask, Caller, Certificates};

/// The largest schema that is taken, in bytes: that of 5.14 has 57 682.
const LARGEST_SCHEMA: usize = 4 << 20;

/// A Gateway that is asked over its control API.
#[derive(Clone)]
pub struct Gateway {
    caller: Caller,
    /// What `/hello` is called there.
    health_path: String,
}

/// What most of the control API answers with.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Reply {
    status: String,
    message: String,
}

impl Gateway {
    /// A Gateway by the address of its control API (`control_api_port` where it has a port of its own), with the
    /// `secret` of its tyk.conf.
    pub fn new(address: &str, secret: Option<&SecretString>) -> Result<Self, GatewayError> {
        Self::showing(address, secret, Certificates::Trusted)
    }

    /// The same, which may show these certificates.
    pub fn showing(
        address: &str,
        secret: Option<&SecretString>,
        certificates: Certificates,
    ) -> Result<Self, GatewayError> {
        let header = HeaderName::from_static("x-tyk-authorization");
        let caller = Caller::new(address, header, secret, certificates);
        let caller = caller.map_err(|error| GatewayError::new(address, Why::Call(error)))?;
        Ok(Self { caller, health_path: "hello".to_owned() })
    }

    /// The same with another `health_check_endpoint_name`.
    #[must_use]
    pub fn with_health_path(self, path: &str) -> Self {
        Self { health_path: path.trim_matches('/').to_owned(), ..self }
    }

    /// The same, where no answer may take longer.
    #[must_use]
    pub fn within(self, limit: Duration) -> Self {
        Self { caller: self.caller.within(limit), ..self }
    }

    /// Its address, as it is shown.
    pub fn address(&self) -> &str {
        self.caller.address()
    }

    /// Which certificates it may show.
    pub fn certificates(&self) -> Certificates {
        self.caller.certificates()
    }

    pub(super) fn health_path(&self) -> &str {
        &self.health_path
    }

    /// Asks; an answer of 200 is one, everything else says why not.
    pub(super) async fn ask(&self, ask: Ask<'_>) -> Result<Answer, GatewayError> {
        let (url, answer) = self.answer(ask).await?;
        if answer.status.is_success() {
            return Ok(answer);
        }
        Err(GatewayError { url, why: self.refusal(&answer) })
    }

    /// Asks for JSON.
    pub(super) async fn json(&self, ask: Ask<'_>) -> Result<Json, GatewayError> {
        let url = self.caller.url(&ask).to_string();
        let answer = self.ask(ask).await?;
        serde_json::from_slice(&answer.body)
            .map_err(|_| GatewayError { url, why: Why::NotAGateway(answer.excerpt()) })
    }

    /// Asks, whatever the status of the answer is; with the URL that was asked.
    pub(super) async fn answer(&self, ask: Ask<'_>) -> Result<(String, Answer), GatewayError> {
        let url = self.caller.url(&ask).to_string();
        match self.caller.ask(ask).await {
            Ok(answer) => Ok((url, answer)),
            Err(error) => Err(GatewayError { url, why: Why::Call(error) }),
        }
    }

    /// Why an answer is not the one that was asked for.
    pub(super) fn refusal(&self, answer: &Answer) -> Why {
        let status = answer.status.as_u16();
        let text = String::from_utf8_lossy(&answer.body);
        if text.contains("HTTP request to an HTTPS server") {
            return Why::SpeaksTls;
        }
        // Only a Gateway answers so: HTML and plain text are of something else, or of an API that it serves.
        let Ok(reply) = serde_json::from_slice::<Reply>(&answer.body) else {
            return Why::NotAGateway(format!("{status} {}", answer.excerpt()));
        };
        match (status, reply.message) {
            (403, message) if message.contains("invalid or missing key") => {
                Why::Secret { given: self.caller.has_secret() }
            }
            (500, message) if message.contains("use_db_app_configs") => Why::DashboardOnly,
            (404, message) if message.contains("enable_hashed_keys_listing") => Why::KeysUnlisted,
            (404, _) if reply.status == "error" => Why::Absent,
            (status, message) => Why::Refused { status, message },
        }
    }

    /// Reloads the APIs; with `block` it is waited until they are, as long as their bundles take (a host that hangs costs
    /// 35 s for each), so it has no time limit: drop the future to give up. The Gateway answers 200 where an API failed
    /// to load, too: ask for the API afterwards.
    pub async fn reload(&self, block: bool) -> Result<(), GatewayError> {
        let path = ["tyk", "reload"];
        let ask = if block {
            Ask::get(&path).query(&[("block", "true")]).within(None)
        } else {
            Ask::get(&path).within(Some(Duration::from_secs(30)))
        };
        self.ask(ask).await.map(|_| ())
    }

    /// Has every Gateway of its group reload, this one too: they are told over Redis, and nobody waits for them.
    pub async fn reload_group(&self) -> Result<(), GatewayError> {
        let path = ["tyk", "reload", "group"];
        self.ask(Ask::get(&path)).await.map(|_| ())
    }

    /// The JSON Schema of its OAS definitions (Gateway 5.0); `version` is `3.0` or `3.1`.
    pub async fn schema(&self, version: &str) -> Result<Json, GatewayError> {
        let path = ["tyk", "schema"];
        let query = [("oasVersion", version)];
        let answer = self.ask(Ask::get(&path).query(&query)).await?;
        let unexpected = || GatewayError::new(self.address(), Why::NotAGateway(answer.excerpt()));
        if answer.body.len() > LARGEST_SCHEMA {
            return Err(unexpected());
        }
        let mut said: Json = serde_json::from_slice(&answer.body).map_err(|_| unexpected())?;
        match said["schema"].take() {
            Json::Null => Err(unexpected()),
            schema => Ok(schema),
        }
    }
}

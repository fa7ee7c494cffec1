//! `/tyk/debug`: a Gateway builds an API in memory, runs one request through it and tells what its plugins did.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};

use super::{Gateway, GatewayError, Why};
use crate::domain::api::{Definition, Kind};
use crate::net::http::Ask;

/// A bundle whose host hangs costs the Gateway 35 s before it answers.
const LONGEST: Duration = Duration::from_secs(90);

/// A request to send through the API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Request {
    /// `GET`, ….
    pub method: String,
    /// Relative to the listen path; a query cannot be sent.
    pub path: String,
    /// Headers, each with its values.
    pub headers: BTreeMap<String, Vec<String>>,
    /// The body.
    pub body: String,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Debugged {
    /// The API could be built; the plugins may have failed all the same.
    pub built: bool,
    /// The status that the caller would see; `None` where no request was run.
    pub status: Option<u16>,
    /// The request after the chain, and the response.
    pub dump: String,
    /// The Gateway's log of it.
    pub logs: Vec<LogLine>,
}

/// A line of a Gateway's log.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct LogLine {
    /// `debug`, `info`, `warning`, `error`.
    #[serde(default)]
    pub level: String,
    /// The text.
    #[serde(default)]
    pub msg: String,
    /// The error that belongs to it.
    #[serde(default)]
    pub error: String,
    /// The middleware that it is about: `CoProcessMiddleware` for each hook of a plugin.
    #[serde(default)]
    pub mw: String,
    /// What the middleware came to, where it says that it has finished.
    #[serde(default)]
    pub code: Option<u16>,
    /// How long the middleware took, in nanoseconds, where it has finished.
    #[serde(default)]
    pub ns: Option<u64>,
    /// How long what the line is about took, in milliseconds.
    #[serde(default)]
    pub ms: Option<f64>,
}

#[derive(Deserialize)]
struct Reply {
    #[serde(default)]
    response: String,
    #[serde(default)]
    logs: String,
}

impl Gateway {
    /// Runs a request through a definition. **This leaves something behind**: the bundle stays on the Gateway's disk under
    /// its name, and a session that an auth plugin returns becomes a live key.
    pub async fn debug(
        &self,
        request: &Request,
        definition: &Definition,
    ) -> Result<Debugged, GatewayError> {
        let unfit = |error: serde_json::Error| Why::Unfit(error.to_string());
        let spec: Json = serde_json::from_slice(definition.root().raw())
            .map_err(|error| GatewayError::new(self.address(), unfit(error)))?;
        let kind = if definition.kind() == Kind::Classic { "spec" } else { "oas" };
        let mut body = Map::new();
        body.insert("request".to_owned(), json!(request));
        body.insert(kind.to_owned(), spec);
        let body = Json::Object(body).to_string().into_bytes();
        let path = ["tyk", "debug"];
        let ask = Ask::post(&path, "application/json", body).within(Some(LONGEST));
        let (url, answer) = self.answer(ask).await?;
        let built = answer.status.as_u16() == 200;
        // Where the API could not be built it is 400, with logs that say why; where we could not ask so, without.
        let has_logs = |answer: &Json| answer.get("logs").is_some();
        let reply = serde_json::from_slice::<Json>(&answer.body).ok().filter(has_logs);
        let reply = reply.and_then(|reply| serde_json::from_value::<Reply>(reply).ok());
        let Some(reply) = reply else {
            return Err(GatewayError { url, why: self.refusal(&answer) });
        };
        let logs = reply.logs.lines().filter_map(|line| serde_json::from_str(line).ok());
        Ok(Debugged {
            built,
            status: status(&reply.response),
            logs: logs.collect(),
            dump: reply.response,
        })
    }
}

/// The status in the dump of the response.
fn status(dump: &str) -> Option<u16> {
    let (_, response) = dump.split_once("====== Response ======\n")?;
    response.split_whitespace().nth(1)?.parse().ok()
}

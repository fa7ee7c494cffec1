//! Asking a Dashboard for its API definitions.

use std::time::Duration;

use reqwest::header::AUTHORIZATION;
use secrecy::SecretString;
use serde::Deserialize;

use crate::domain::api::{Definition, Kind};
use crate::domain::json::{Document, Trailing, Value};
use crate::domain::task::Problem;
use crate::net::http::{Answer, Ask, CallError, Caller, Certificates};

/// A Dashboard that is asked as one of its users.
#[derive(Clone)]
pub struct Dashboard {
    caller: Caller,
}

/// A question that a Dashboard did not answer as asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{why}")]
pub struct DashboardError {
    /// What was asked.
    pub url: String,
    /// Why it failed.
    pub why: Why,
}

/// Why a Dashboard did not answer as asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// It could not be asked.
    #[error(transparent)]
    Call(#[from] CallError),
    /// The user's key is wrong or missing, or may not do this.
    #[error("the Dashboard refuses the user's API key")]
    Key,
    /// What answers is no Dashboard's API.
    #[error("this does not answer as a Dashboard's API does: {0}")]
    NotADashboard(String),
    /// Another API has the id.
    #[error("the id is taken: {0}")]
    Taken(String),
    /// It took a definition for another one.
    #[error("the Dashboard stored the definition as {stored:?}, not as {sent:?}")]
    OtherId {
        /// What it says.
        stored: String,
        /// What was sent.
        sent: String,
    },
    /// Anything else, in its words.
    #[error("the Dashboard answered {status}: {message}")]
    Refused {
        /// The status.
        status: u16,
        /// Its message.
        message: String,
    },
}

impl DashboardError {
    /// The problem for people.
    pub fn problem(&self) -> Problem {
        let help = match &self.why {
            Why::Call(error) => return error.problem("the Dashboard", &self.url),
            Why::Key => "give the \"Tyk Dashboard API Access Credentials\" of the user's page",
            Why::NotADashboard(_) => {
                "give the address of the Dashboard, not of a Gateway or its portal"
            }
            Why::Taken(_) => "give the API another id, or change the one that has it",
            Why::OtherId { .. } => "write that id into the definition, or delete what it stored",
            Why::Refused { .. } => "look into the Dashboard's log",
        };
        Problem::failed(self.why.to_string()).at(&self.url).help(help)
    }
}

/// What it answers to writes, and where it refuses.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Reply {
    #[serde(default)]
    message: String,
    /// The id of the API, where one was stored.
    #[serde(default, rename = "ID")]
    id: String,
}

impl Dashboard {
    /// A Dashboard by its address, with a user's API key.
    pub fn new(address: &str, key: Option<&SecretString>) -> Result<Self, DashboardError> {
        Self::showing(address, key, Certificates::Trusted)
    }

    /// The same, which may show these certificates.
    pub fn showing(
        address: &str,
        key: Option<&SecretString>,
        certificates: Certificates,
    ) -> Result<Self, DashboardError> {
        let refused = |error| DashboardError { url: address.to_owned(), why: Why::Call(error) };
        let caller = Caller::new(address, AUTHORIZATION, key, certificates);
        Ok(Self { caller: caller.map_err(refused)? })
    }

    /// The same, where no answer may take longer.
    #[must_use]
    pub fn within(self, limit: Duration) -> Self {
        Self { caller: self.caller.within(limit) }
    }

    /// Its address, as it is shown.
    pub fn address(&self) -> &str {
        self.caller.address()
    }

    /// Its APIs: classic ones in its wrapper, OAS ones as their documents.
    pub async fn apis(&self) -> Result<Vec<Definition>, DashboardError> {
        let path = ["api", "apis"];
        let answer = self.ask(Ask::get(&path).query(&[("p", "-1")])).await?;
        let none = || self.unexpected(&answer);
        let document = Document::parse(&answer.body, Trailing::Refused).map_err(|_| none())?;
        let listed = document.root().field("apis").ok_or_else(none)?;
        let mut apis = Vec::new();
        for value in listed.children() {
            let api = Definition::open(value.raw()).map_err(|_| none())?;
            apis.push(match oas_id(&api) {
                Some(id) => self.definition(&["api", "apis", "oas", &id]).await?,
                None => api,
            });
        }
        Ok(apis)
    }

    /// One API by its id.
    pub async fn api(&self, id: &str) -> Result<Definition, DashboardError> {
        let api = self.definition(&["api", "apis", id]).await?;
        match oas_id(&api) {
            Some(id) => self.definition(&["api", "apis", "oas", &id]).await,
            None => Ok(api),
        }
    }

    /// Replaces an API by what it gave, changed: the `id` inside is the database's, and must still be there. The
    /// Dashboard reloads its Gateways itself.
    pub async fn replace(&self, id: &str, definition: &Definition) -> Result<(), DashboardError> {
        let body = definition.document().source().to_vec();
        let (classic, oas) = (["api", "apis", id], ["api", "apis", "oas", id]);
        let path: &[&str] = if definition.kind() == Kind::Classic { &classic } else { &oas };
        self.ask(Ask::put(path, "application/json", body)).await.map(|_| ())
    }

    /// Stores a new API, whose id is free. The Dashboard reloads its Gateways itself.
    pub async fn create(&self, id: &str, definition: &Definition) -> Result<(), DashboardError> {
        let body = definition.document().source().to_vec();
        let (classic, oas) = (["api", "apis"], ["api", "apis", "oas"]);
        let path: &[&str] = if definition.kind() == Kind::Classic { &classic } else { &oas };
        let answer = self.ask(Ask::post(path, "application/json", body)).await?;
        match serde_json::from_slice::<Reply>(&answer.body) {
            Ok(Reply { id: stored, .. }) if stored.is_empty() || stored == id => Ok(()),
            Ok(Reply { id: stored, .. }) => {
                let why = Why::OtherId { stored, sent: id.to_owned() };
                Err(DashboardError { url: self.address().to_owned(), why })
            }
            Err(_) => Err(self.unexpected(&answer)),
        }
    }

    async fn definition(&self, path: &[&str]) -> Result<Definition, DashboardError> {
        let answer = self.ask(Ask::get(path)).await?;
        Definition::open(&answer.body).map_err(|_| self.unexpected(&answer))
    }

    async fn ask(&self, ask: Ask<'_>) -> Result<Answer, DashboardError> {
        let url = self.caller.url(&ask).to_string();
        let answer = match self.caller.ask(ask).await {
            Ok(answer) if answer.status.is_success() => return Ok(answer),
            Ok(answer) => answer,
            Err(error) => return Err(DashboardError { url, why: Why::Call(error) }),
        };
        let why = match (answer.status.as_u16(), serde_json::from_slice::<Reply>(&answer.body)) {
            (401 | 403, Ok(_)) => Why::Key,
            (409, Ok(Reply { message, .. })) => Why::Taken(message),
            (status, Ok(Reply { message, .. })) => Why::Refused { status, message },
            (status, Err(_)) => Why::NotADashboard(format!("{status} {}", answer.excerpt())),
        };
        Err(DashboardError { url, why })
    }

    fn unexpected(&self, answer: &Answer) -> DashboardError {
        let url = self.address().to_owned();
        DashboardError { url, why: Why::NotADashboard(answer.excerpt()) }
    }
}

/// The id of an API that the list has as a classic projection.
fn oas_id(api: &Definition) -> Option<String> {
    let is_oas = api.value(&["is_oas"]).and_then(Value::bool) == Some(true);
    let id = api.value(&["api_id"]).and_then(Value::string);
    id.filter(|_| is_oas && api.kind() == Kind::Classic)
}

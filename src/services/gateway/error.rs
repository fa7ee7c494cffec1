//! Why a Gateway did not do what it was asked.

use crate::domain::task::Problem;
use crate::net::http::CallError;

/// A question that a Gateway did not answer as asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{why}")]
pub struct GatewayError {
    /// What was asked.
    pub url: String,
    /// Why it failed.
    pub why: Why,
}

/// Why a Gateway did not answer as asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// It could not be asked.
    #[error(transparent)]
    Call(#[from] CallError),
    /// It wants TLS.
    #[error("this port speaks TLS")]
    SpeaksTls,
    /// The secret is wrong or missing.
    #[error("the Gateway refuses the {}", if *given { "secret" } else { "call: no secret was given" })]
    Secret {
        /// One was sent.
        given: bool,
    },
    /// What answers is no Gateway's control API.
    #[error("this does not answer as a Gateway's control API does: {0}")]
    NotAGateway(String),
    /// There is nothing of this name.
    #[error("the Gateway has none of this name")]
    Absent,
    /// It keeps hashes of its keys, and does not list them.
    #[error("the Gateway does not list its keys")]
    KeysUnlisted,
    /// It takes its APIs from a Dashboard.
    #[error("the Gateway takes its APIs from a Dashboard (`use_db_app_configs`)")]
    DashboardOnly,
    /// Anything else, in its words.
    #[error("the Gateway answered {status}: {message}")]
    Refused {
        /// The status.
        status: u16,
        /// Its message.
        message: String,
    },
    /// It took a definition for another one.
    #[error("the Gateway stored the definition as {key:?}, not as {sent:?}")]
    OtherKey {
        /// What it says.
        key: String,
        /// What was sent.
        sent: String,
    },
    /// The definition is none that a Gateway takes.
    #[error("{0}")]
    Unfit(String),
}

impl GatewayError {
    pub(super) fn new(url: impl Into<String>, why: Why) -> Self {
        Self { url: url.into(), why }
    }

    /// The problem for people.
    pub fn problem(&self) -> Problem {
        let help = match &self.why {
            Why::Call(error) => return error.problem("the Gateway", &self.url),
            Why::SpeaksTls => "write https:// for http://",
            Why::Secret { .. } => {
                "give the `secret` of its tyk.conf, or what TYK_GW_SECRET holds there"
            }
            Why::NotAGateway(_) => {
                "give the address of the control API: where tyk.conf has `control_api_port` or `control_api_hostname`, \
                 it is there alone"
            }
            Why::Absent => {
                "list what it has loaded: a definition that was posted is there after a reload, one whose \
                            bundle failed never"
            }
            Why::KeysUnlisted => {
                "it keeps their hashes alone (`hash_keys`): set `enable_hashed_keys_listing` in its tyk.conf"
            }
            Why::DashboardOnly => "change the API in the Dashboard",
            Why::Refused { .. } => "look into the Gateway's log",
            Why::OtherKey { .. } => {
                "delete what it stored; its `api_id` is the definition's name in the Gateway"
            }
            Why::Unfit(_) => "correct the definition first",
        };
        Problem::failed(self.why.to_string()).at(&self.url).help(help)
    }
}

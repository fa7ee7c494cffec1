//! Why an mserv did not do what it was asked.

use crate::domain::task::Problem;
use crate::net::http::CallError;

/// How mserv says, with status 500, that it has no bundle of an id.
pub(super) const NOT_FOUND: &str = "no documents in result";

/// A question that an mserv did not answer as asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{why}")]
pub struct MservError {
    /// What was asked.
    pub url: String,
    /// Why it failed.
    pub why: Why,
}

/// Why an mserv did not answer as asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// It could not be asked.
    #[error(transparent)]
    Call(#[from] CallError),
    /// What stands before it refuses the token.
    #[error("mserv's token is {}: {status} {text}", if *given { "refused" } else { "missing" })]
    Token {
        /// The status.
        status: u16,
        /// One was sent.
        given: bool,
        /// In its words.
        text: String,
    },
    /// There is no bundle of this id.
    #[error("mserv has no bundle with this id")]
    Absent,
    /// What was given cannot be an id.
    #[error("{0:?} is no bundle's id")]
    Id(String),
    /// What answers is no mserv.
    #[error("this does not answer as mserv does: {0}")]
    NotMserv(String),
    /// Anything else, in its words.
    #[error("mserv answered {status}: {text}")]
    Refused {
        /// The status.
        status: u16,
        /// Its words; they may name files on its machine.
        text: String,
    },
    /// It did not come back after a write.
    #[error("mserv went away after the write{}", written.as_ref().map(|it| format!(" ({it})")).unwrap_or_default())]
    Gone {
        /// What the write came to, where it was answered.
        written: Option<String>,
    },
    /// The answer to a write was lost, and it cannot be told what came of it.
    #[error("mserv's answer was lost, and {0}")]
    Lost(String),
    /// A bundle that it was given to keep only.
    #[error("the bundle is stored only: mserv cannot give it out")]
    StoreOnly,
    /// The file that is sent cannot be read, or the one that comes not be written.
    #[error("{0}")]
    File(String),
}

impl MservError {
    pub(super) fn new(url: impl Into<String>, why: Why) -> Self {
        Self { url: url.into(), why }
    }

    /// Whether the request may have been done all the same: it was sent, and no answer came.
    pub(super) fn is_lost(&self) -> bool {
        matches!(self.why, Why::Call(CallError::Broken(_) | CallError::TimedOut(_)))
    }

    /// The problem for people.
    pub fn problem(&self) -> Problem {
        let help = match &self.why {
            Why::Call(error) => return error.problem("mserv", &self.url),
            Why::Token { given: true, .. } => "give the token that what stands before mserv knows",
            Why::Token { given: false, .. } => {
                "give it in the variable TOKEN, or as `token` in ~/.mservctl.yaml"
            }
            Why::Absent => "look at what it has: tyk-tui mserv list",
            Why::Id(_) => {
                return Problem::usage(self.why.to_string()).help("take one of tyk-tui mserv list");
            }
            Why::NotMserv(_) => {
                "give mserv's address, as in http://localhost:8989; a path in it is put before /api/mw"
            }
            Why::Refused { status: 415 | 422, .. } => "push a zip: tyk-tui verify FILE",
            Why::Refused { text, .. } if text.contains("i/o timeout") => {
                "it cuts what takes more than 60 s: push from a faster connection"
            }
            Why::Refused { text, .. } if text.contains("no such file or directory") => {
                "a file in a folder needs the folder's own entry in the zip, and each listed file must be there: \
                 build it with tyk-tui build"
            }
            Why::Refused { .. } => "look into mserv's log",
            Why::Gone { written: Some(_) } => "start it again",
            Why::Gone { written: None } => {
                "start it again, then look whether the write was done before you repeat it: tyk-tui mserv list"
            }
            Why::Lost(_) => "look at what it has before you repeat it: tyk-tui mserv list",
            Why::StoreOnly => "push it without --storeonly",
            Why::File(_) => "look at the file and its disk",
        };
        Problem::failed(self.why.to_string()).at(&self.url).help(help)
    }
}

//! What was captured, as other programs read it: curl's and grpcurl's command lines, HAR, lines of JSON.
//!
//! All of it is made from lines of `--json`, which went through a view of [`crate::domain::redact`] already: what is
//! hidden there is hidden here, and an export that hides something says so in itself, as it cannot be replayed.

mod chain;
mod curl;
mod exporter;
mod grpcurl;
mod har;
mod http;
mod shell;

use serde_json::Value;

pub use exporter::{Exported, Exporter};
pub use http::Http;

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A JSON object for each record, as `serve --json` prints it.
    Jsonl,
    /// HTTP Archive 1.2: an entry for each HTTP request, as far as its hooks saw it.
    Har,
    /// A command of curl for each HTTP request.
    Curl,
    /// A command of grpcurl for each call.
    Grpcurl,
    /// A session, which everything reads that reads sessions.
    Session,
}

impl Format {
    /// In the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Jsonl, Self::Har, Self::Curl, Self::Grpcurl, Self::Session];

    /// Its name.
    pub fn word(self) -> &'static str {
        match self {
            Self::Jsonl => "jsonl",
            Self::Har => "har",
            Self::Curl => "curl",
            Self::Grpcurl => "grpcurl",
            Self::Session => "session",
        }
    }

    /// What a file of it ends in, after the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jsonl => "jsonl",
            Self::Har => "har",
            Self::Curl | Self::Grpcurl => "sh",
            Self::Session => "tyks",
        }
    }

    /// What it is, in a few words.
    pub fn about(self) -> &'static str {
        match self {
            Self::Jsonl => "a line of JSON for each, as serve --json prints it",
            Self::Har => "an HTTP archive: an entry for each HTTP request",
            Self::Curl => "a command of curl for each HTTP request",
            Self::Grpcurl => "a command of grpcurl for each call",
            Self::Session => "a session: attach, replay and export read it",
        }
    }

    /// Whether it has one piece for all hooks of an HTTP request: then a request is in it whole, or not at all.
    pub fn is_by_request(self) -> bool {
        matches!(self, Self::Har | Self::Curl)
    }

    /// Whether it is text, which a clipboard takes.
    pub fn is_text(self) -> bool {
        self != Self::Session
    }
}

/// What somebody noted on a record.
fn note(line: &Value) -> Option<&str> {
    line["note"].as_str().filter(|note| !note.is_empty())
}

#[cfg(test)]
mod tests;

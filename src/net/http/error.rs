//! Why a server could not be asked.

use std::time::Duration;

use crate::domain::task::Problem;

/// A call that got no answer that could be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// The address is no URL of a server.
    #[error("{address:?} is no address of a server: {why}")]
    Address {
        /// As it was given.
        address: String,
        /// What is wrong with it.
        why: String,
    },
    /// The address holds a user's name or password.
    #[error("the address holds a name or password")]
    Credentials,
    /// The secret cannot be sent in a header.
    #[error("the secret holds characters that no header can carry")]
    Secret,
    /// No connection.
    #[error("cannot connect: {0}")]
    Unreachable(String),
    /// The server does not speak TLS, or its certificate is not trusted.
    #[error("no TLS with this server: {0}")]
    Tls(String),
    /// It took too long.
    #[error("no answer within {0:?}")]
    TimedOut(Duration),
    /// The answer broke off, or was no HTTP.
    #[error("the answer cannot be read: {0}")]
    Broken(String),
    /// It sent us elsewhere.
    #[error("it redirects to {0:?}, which is not followed: the secret would go there too")]
    Redirect(String),
    /// More than is read.
    #[error("its answer is longer than {0} bytes")]
    TooLarge(usize),
}

impl CallError {
    pub(super) fn of(error: &reqwest::Error, limit: Option<Duration>) -> Self {
        let why = cause(error);
        // Of rustls and its verifiers: what is no TLS record, and certificates.
        let is_tls = ["corrupt message", "certificate", "handshake", "TLS"];
        if error.is_timeout() {
            // Without a limit of the call's own it is the connection's.
            Self::TimedOut(limit.unwrap_or(Duration::from_secs(5)))
        } else if is_tls.iter().any(|word| why.contains(word)) {
            Self::Tls(why)
        } else if error.is_connect() {
            Self::Unreachable(why)
        } else {
            Self::Broken(why)
        }
    }

    /// What to do about it; `server` as people call it.
    pub fn help(&self, server: &str) -> String {
        match self {
            Self::Address { .. } => format!("give the address of {server}"),
            Self::Credentials => format!("give the address of {server} without them"),
            Self::Secret => "look for a line break in the file that holds it".to_owned(),
            Self::Unreachable(_) => format!("start {server}, or correct its address"),
            Self::Tls(why) if why.contains("corrupt message") => {
                "it speaks no TLS on this port: write http:// for https://".to_owned()
            }
            Self::Tls(_) => "let this machine trust the certificate's authority; where that cannot be, `insecure_tls = true` in your own \
                 config.toml trusts any"
                    .to_owned(),
            Self::TimedOut(_) => {
                format!("look whether {server} hangs, or a firewall lies between")
            }
            Self::Broken(_) => {
                format!("look whether the port is that of {server}, and http or https")
            }
            Self::Redirect(_) => "give the address that it redirects to".to_owned(),
            Self::TooLarge(_) => format!("look whether this is {server}"),
        }
    }

    /// The problem for people.
    pub fn problem(&self, server: &str, url: &str) -> Problem {
        let problem = match self {
            Self::Address { .. } | Self::Credentials => Problem::usage(self.to_string()),
            _ => Problem::failed(self.to_string()).at(url),
        };
        problem.help(self.help(server))
    }
}

/// The innermost reason: the outer ones repeat the URL.
pub fn cause(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}

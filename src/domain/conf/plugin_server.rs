//! `coprocess_grpc_server`: where a Gateway finds the plugin server.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

/// An address that a Gateway can use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PluginServer {
    /// `tcp://host:port`, `host:port`, `dns:///host:port`, `passthrough:///host:port`.
    Tcp {
        /// A name or address, without brackets.
        host: String,
        /// The port.
        port: u16,
        /// It is looked up by gRPC's own resolver, which round robin needs.
        is_dns: bool,
    },
    /// `unix:///path`.
    Unix(String),
}

/// An address that a Gateway refuses, or with which every call fails. Each form was tried on a running one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PluginServerError {
    /// None at all: `No gRPC URL is set`.
    #[error("is empty, so the driver `grpc` is not loaded and every hook answers 500")]
    Empty,
    /// Go takes what stands before a colon for a scheme, and no address is one: refused at the start.
    #[error("is refused at the start: an address without a scheme cannot be told from a path")]
    Bare,
    /// Another scheme: every call fails.
    #[error("has the scheme {0}, with which every call fails")]
    Scheme(String),
    /// Every call goes to port 443, and fails.
    #[error("names no port, so every call fails")]
    NoPort,
    /// The port is none.
    #[error("has the port {0:?}, which is none")]
    Port(String),
}

impl FromStr for PluginServer {
    type Err = PluginServerError;

    fn from_str(text: &str) -> Result<Self, PluginServerError> {
        if text.is_empty() {
            return Err(PluginServerError::Empty);
        }
        if let Some(path) = text.strip_prefix("unix:") {
            return Ok(Self::Unix(path.strip_prefix("//").unwrap_or(path).to_owned()));
        }
        let Some((scheme, rest)) = text.split_once("://") else {
            return bare(text);
        };
        match scheme.to_ascii_lowercase().as_str() {
            "tcp" => authority(rest, false),
            // The resolver's own server may stand before the last slash.
            "dns" | "passthrough" => {
                let (_, endpoint) = rest.split_once('/').unwrap_or(("", rest));
                authority(endpoint, scheme.eq_ignore_ascii_case("dns"))
            }
            _ => Err(PluginServerError::Scheme(format!("{scheme}://"))),
        }
    }
}

/// An address without `://`: Go's URL parser takes a host's name for a scheme, but no number, bracket or underscore.
fn bare(text: &str) -> Result<PluginServer, PluginServerError> {
    let Some((host, _)) = text.rsplit_once(':') else {
        return Err(PluginServerError::NoPort);
    };
    let is_scheme = host.starts_with(|c: char| c.is_ascii_alphabetic())
        && host.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    if is_scheme { authority(text, false) } else { Err(PluginServerError::Bare) }
}

fn authority(text: &str, is_dns: bool) -> Result<PluginServer, PluginServerError> {
    let text = text.trim_end_matches('/');
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, port),
        _ => return Err(PluginServerError::NoPort),
    };
    let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
    let port = port.parse().map_err(|_| PluginServerError::Port(port.to_owned()))?;
    Ok(PluginServer::Tcp { host, port, is_dns })
}

impl PluginServer {
    /// Whether it is reached on the Gateway's own machine alone.
    pub fn is_loopback(&self) -> bool {
        match self {
            Self::Unix(_) => true,
            Self::Tcp { host, .. } => {
                host.eq_ignore_ascii_case("localhost")
                    || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
            }
        }
    }

    /// What to write for an address that does not work, where it says enough.
    pub fn corrected(text: &str) -> Option<String> {
        let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
        let rest = rest.split('/').next().unwrap_or_default();
        match authority(rest, false) {
            Ok(server @ Self::Tcp { .. }) => Some(server.to_string()),
            _ => None,
        }
    }
}

impl fmt::Display for PluginServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unix(path) => write!(f, "unix://{path}"),
            Self::Tcp { host, port, is_dns } => {
                let scheme = if *is_dns { "dns:///" } else { "tcp://" };
                if host.contains(':') {
                    write!(f, "{scheme}[{host}]:{port}")
                } else {
                    write!(f, "{scheme}{host}:{port}")
                }
            }
        }
    }
}

//! Addresses that a server of ours listens on, as people write them: `HOST:PORT` or `unix:PATH`.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr};
use std::path::PathBuf;
use std::str::FromStr;

/// Where a server listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listen {
    /// `HOST:PORT`; the host is a name or an address, an IPv6 address in brackets. Port 0 is any free one.
    Tcp {
        /// As written, without brackets.
        host: String,
        /// The port.
        port: u16,
    },
    /// `unix:PATH`, or `unix://PATH` as gRPC clients write it.
    Unix(PathBuf),
}

/// Text that is no listen address; the message says what was expected.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ListenError {
    /// No port.
    #[error("`{0}` has no port: write HOST:PORT, such as 127.0.0.1:8000")]
    NoPort(String),
    /// No host. It is not taken for every interface: too many ports were opened to the world by a forgotten host.
    #[error(
        "`{0}` has no host: write 127.0.0.1{0} for this machine alone, or 0.0.0.0{0} for every network that it is on"
    )]
    NoHost(String),
    /// The port is no number from 0 to 65535.
    #[error("`{0}`: the port is a number from 0 to 65535")]
    Port(String),
    /// Colons without brackets.
    #[error("`{0}`: write an IPv6 address in brackets, such as [::1]:8000")]
    Brackets(String),
    /// A host that is no name and no address.
    #[error("`{0}`: the host holds a character that no name or address has")]
    Host(String),
    /// `unix:` with nothing behind it.
    #[error("`unix:` needs the path of a socket behind it")]
    NoPath,
}

impl FromStr for Listen {
    type Err = ListenError;

    fn from_str(text: &str) -> Result<Self, ListenError> {
        let text = text.trim();
        if let Some(path) = text.strip_prefix("unix:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            return if path.is_empty() {
                Err(ListenError::NoPath)
            } else {
                Ok(Self::Unix(path.into()))
            };
        }
        let Some((host, port)) = text.rsplit_once(':') else {
            return Err(ListenError::NoPort(text.into()));
        };
        if host.is_empty() {
            return Err(ListenError::NoHost(text.into()));
        }
        let host = match host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some(inner) if inner.parse::<Ipv6Addr>().is_ok() => inner,
            None if !host.contains(':') => host,
            _ => return Err(ListenError::Brackets(text.into())),
        };
        if host.chars().any(|c| c.is_whitespace() || c.is_control() || "/\\@?#[]".contains(c)) {
            return Err(ListenError::Host(text.into()));
        }
        // `u16::from_str` would take a sign.
        if !port.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(ListenError::Port(text.into()));
        }
        let port = port.parse().map_err(|_| ListenError::Port(text.into()))?;
        Ok(Self::Tcp { host: host.into(), port })
    }
}

impl Listen {
    /// Whether only this machine can reach it. A name other than `localhost` may be any address, so it is not taken
    /// for loopback.
    pub fn is_loopback(&self) -> bool {
        match self {
            Self::Unix(_) => true,
            Self::Tcp { host, .. } => {
                host.eq_ignore_ascii_case("localhost")
                    || host
                        .parse::<IpAddr>()
                        .is_ok_and(|address| address.to_canonical().is_loopback())
            }
        }
    }
}

impl fmt::Display for Listen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp { host, port } if host.contains(':') => write!(f, "[{host}]:{port}"),
            Self::Tcp { host, port } => write!(f, "{host}:{port}"),
            Self::Unix(path) => write!(f, "unix:{}", path.display()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<Listen, ListenError> {
        text.parse()
    }

    #[test]
    fn takes_names_addresses_and_sockets() {
        for text in
            ["127.0.0.1:8000", "localhost:0", "[::1]:50051", "0.0.0.0:65535", "unix:/run/x.sock"]
        {
            assert_eq!(parsed(text).map(|listen| listen.to_string()), Ok(text.to_owned()));
        }
        assert_eq!(parsed("unix:///run/x.sock"), Ok(Listen::Unix("/run/x.sock".into())));
    }

    #[test]
    fn says_what_is_missing() {
        assert_eq!(parsed("8000"), Err(ListenError::NoPort("8000".into())));
        assert_eq!(parsed(":8000"), Err(ListenError::NoHost(":8000".into())));
        assert_eq!(parsed("::1:8000"), Err(ListenError::Brackets("::1:8000".into())));
        assert_eq!(parsed("[x]:1"), Err(ListenError::Brackets("[x]:1".into())));
        assert_eq!(parsed("h:65536"), Err(ListenError::Port("h:65536".into())));
        assert_eq!(parsed("h:+1"), Err(ListenError::Port("h:+1".into())));
        assert_eq!(parsed("h:"), Err(ListenError::Port("h:".into())));
        assert_eq!(parsed("http://h:1"), Err(ListenError::Brackets("http://h:1".into())));
        assert_eq!(parsed("unix:"), Err(ListenError::NoPath));
    }

    #[test]
    fn only_this_machine_is_loopback() {
        for text in [
            "127.0.0.1:1",
            "127.8.9.1:1",
            "localhost:1",
            "[::1]:1",
            "[::ffff:127.0.0.1]:1",
            "unix:/x",
        ] {
            assert!(parsed(text).unwrap().is_loopback(), "{text}");
        }
        for text in ["0.0.0.0:1", "[::]:1", "10.0.0.1:1", "example.org:1", "localhost.evil.org:1"] {
            assert!(!parsed(text).unwrap().is_loopback(), "{text}");
        }
    }
}

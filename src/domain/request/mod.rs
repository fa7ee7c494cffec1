//! A request to an API, as curl or Postman would send it, with the authentication of the hook under test.
//!
//! What a person asks for is a [`Request`]; it names where its secret is and never holds it. What goes over the wire is a
//! [`Sent`], which becomes text through a view of `domain::redact`, as an Object does.

mod auth;
mod curl;
mod hmac;
mod jwt;
mod saved;
mod sent;
mod shown;

pub use auth::{Algorithm, Auth, HmacAlgorithm, JwtAlgorithm, KeySource};
pub use curl::{curl, quoted};
pub use hmac::{Signed, credentials, is_signature, signature, signed_text};
pub use jwt::{JwtSigner, SignError, is_pem};
pub use saved::{Saved, SavedBody};
pub use sent::{Origin, Sent, SentHeader};
pub use shown::{Received, Shown};

use std::fmt;
use std::path::PathBuf;

/// What a person wants to send.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// `GET`, or any other token.
    pub method: String,
    /// A whole URL, or a path of the profile's Gateway, which begins with `/`.
    pub url: String,
    /// In their order; a name may come twice.
    pub headers: Vec<Header>,
    /// Who it is from.
    pub auth: Auth,
    /// Its body.
    pub body: Body,
}

/// A header that a person gave. Its value may be a secret, so it has no `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Header {
    /// Its name.
    pub name: String,
    /// Its value, sent as UTF-8.
    pub value: String,
}

impl fmt::Debug for Header {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: …", self.name)
    }
}

/// A body.
#[derive(Clone, Default, PartialEq, Eq)]
pub enum Body {
    /// None: neither Content-Length nor Content-Type is sent.
    #[default]
    None,
    /// These bytes.
    Given(Vec<u8>),
    /// What a file holds when it is sent.
    File(PathBuf),
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("none"),
            Self::Given(bytes) => write!(f, "{} bytes", bytes.len()),
            Self::File(path) => write!(f, "{}", path.display()),
        }
    }
}

/// Why something cannot be sent as a request.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// The method is no token.
    #[error("{0:?} is no method")]
    Method(String),
    /// The header's name is no token.
    #[error("{0:?} is no name of a header")]
    HeaderName(String),
    /// The header's value has a character that ends it. The value itself may be a secret.
    #[error("the value of the header {0:?} holds a line break or another control character")]
    HeaderValue(String),
    /// The line has no colon.
    #[error("no colon after the header's name")]
    NoColon,
    /// HMAC's key id stands in quotes.
    #[error("the key id {0:?} holds a quote or a control character")]
    KeyId(String),
}

impl RequestError {
    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Method(_) => "a method is one word, as GET or PATCH",
            Self::HeaderName(_) => {
                "letters, digits and hyphens; the name ends at the colon: X-Name: value"
            }
            Self::HeaderValue(_) => "write it in one line",
            Self::NoColon => "write it as Name: value",
            Self::KeyId(_) => "give it as the plugin server knows it",
        }
    }
}

impl Header {
    /// A header of a line `Name: value`; `Name;` has an empty value, as curl has it. White space around the value does not
    /// belong to it.
    pub fn parse(line: &str) -> Result<Self, RequestError> {
        if let Some((name, value)) = line.split_once(':') {
            return Self::new(name, value.trim_matches([' ', '\t']));
        }
        match line.strip_suffix(';') {
            Some(name) => Self::new(name, ""),
            None => Err(RequestError::NoColon),
        }
    }

    /// A header whose name and value HTTP can carry.
    pub fn new(name: &str, value: &str) -> Result<Self, RequestError> {
        if !is_token(name) {
            return Err(RequestError::HeaderName(name.to_owned()));
        }
        if value.contains(|c: char| c.is_control() && c != '\t') {
            return Err(RequestError::HeaderValue(name.to_owned()));
        }
        Ok(Self { name: name.to_owned(), value: value.to_owned() })
    }
}

impl Request {
    /// Whether HTTP can carry it.
    pub fn check(&self) -> Result<(), RequestError> {
        if !is_token(&self.method) {
            return Err(RequestError::Method(self.method.clone()));
        }
        for Header { name, value } in &self.headers {
            Header::new(name, value)?;
        }
        match &self.auth {
            Auth::Hmac { key_id, .. } if key_id.contains(|c: char| c.is_control() || c == '"') => {
                Err(RequestError::KeyId(key_id.clone()))
            }
            Auth::Key { header, .. } | Auth::Jwt { header, .. } => {
                Header::new(header, "").map(|_| ())
            }
            _ => Ok(()),
        }
    }

    /// Whether a person set this header.
    pub fn has(&self, name: &str) -> bool {
        self.headers.iter().any(|header| header.name.eq_ignore_ascii_case(name))
    }
}

/// Whether the method asks for something and changes nothing (RFC 9110, 9.2.1).
pub fn is_safe(method: &str) -> bool {
    matches!(method, "GET" | "HEAD" | "OPTIONS")
}

/// A token of RFC 9110, 5.6.2.
fn is_token(text: &str) -> bool {
    let is_fit = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    !text.is_empty() && text.chars().all(is_fit)
}

#[cfg(test)]
mod tests;

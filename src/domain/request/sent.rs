//! A request as it goes over the wire: with its whole URL and the header that proves who it is from.

use secrecy::SecretString;

use super::{Body, KeySource};

/// A request that is ready to be sent. It holds secrets, so it has no `Debug`.
#[derive(Clone)]
pub struct Sent {
    /// Its method.
    pub method: String,
    /// The whole URL.
    pub url: String,
    /// In their order.
    pub headers: Vec<SentHeader>,
    /// Where its body is from.
    pub body: Body,
    /// Any certificate is trusted.
    pub insecure: bool,
}

/// A header as it is sent.
#[derive(Clone)]
pub struct SentHeader {
    /// Its name.
    pub name: String,
    /// Its value; any may be a secret.
    pub value: SecretString,
    /// Where it is from.
    pub origin: Origin,
}

/// Where a header is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A person gave it, or it says nothing of who sends.
    Given,
    /// A key as it is kept, after a scheme: whoever has the same key can write the header.
    Key {
        /// What stands before the key, with the space.
        before: String,
        /// Where the key is.
        source: KeySource,
    },
    /// User and password, in base64.
    Basic {
        /// The user's name.
        user: String,
        /// Where the password is.
        source: KeySource,
    },
    /// Made for this one request: signature or token.
    Made,
}

impl SentHeader {
    /// A header that holds no secret of ours.
    pub fn given(name: &str, value: &str) -> Self {
        Self { name: name.to_owned(), value: SecretString::from(value), origin: Origin::Given }
    }
}

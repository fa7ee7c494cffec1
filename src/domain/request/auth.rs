//! Who a request is from: the ways that plugins check.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// Where a secret is kept; a request never holds it itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeySource {
    /// In this variable of the environment.
    Env(String),
    /// In this file, which its owner alone may read.
    File(PathBuf),
}

/// How a request proves who it is from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Auth {
    /// Not at all.
    #[default]
    None,
    /// A key in a header.
    Key {
        /// The header's name.
        header: String,
        /// A word before the key, as `Bearer`; empty for none.
        scheme: String,
        /// The key.
        key: KeySource,
    },
    /// The reference scheme: a signed Date.
    Hmac {
        /// Which key: sent as it is.
        key_id: String,
        /// Its hash.
        algorithm: HmacAlgorithm,
        /// The secret.
        secret: KeySource,
    },
    /// A JSON Web Token, minted when the request is sent.
    Jwt {
        /// How it is signed.
        algorithm: JwtAlgorithm,
        /// The secret of HS…, else a private key in PEM.
        key: KeySource,
        /// `kid` of its header.
        kid: Option<String>,
        /// Its claims: a JSON object. `iat` and `exp` are added where they are not in it.
        claims: String,
        /// How long it holds, in seconds from the moment when it is sent.
        lasts: u64,
        /// The header's name.
        header: String,
        /// A word before the token; empty for none.
        scheme: String,
    },
    /// Basic authentication.
    Basic {
        /// The user's name.
        user: String,
        /// The password.
        password: KeySource,
    },
}

/// Algorithms that have a name in requests.
pub trait Algorithm: Copy + PartialEq + 'static {
    /// All of them, the usual first.
    const ALL: &'static [Self];
    /// Its name.
    fn word(self) -> &'static str;
    /// By its name, without case.
    fn of(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|it| it.word().eq_ignore_ascii_case(word))
    }
}

/// Hashes of the reference HMAC scheme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum HmacAlgorithm {
    /// `hmac-sha512`.
    #[default]
    #[serde(rename = "hmac-sha512")]
    Sha512,
    /// `hmac-sha256`.
    #[serde(rename = "hmac-sha256")]
    Sha256,
}

impl Algorithm for HmacAlgorithm {
    const ALL: &'static [Self] = &[Self::Sha512, Self::Sha256];

    fn word(self) -> &'static str {
        match self {
            Self::Sha512 => "hmac-sha512",
            Self::Sha256 => "hmac-sha256",
        }
    }

    /// `sha256` is enough.
    fn of(word: &str) -> Option<Self> {
        let matches = |it: &Self| {
            let name = it.word();
            name.eq_ignore_ascii_case(word) || name["hmac-".len()..].eq_ignore_ascii_case(word)
        };
        Self::ALL.iter().copied().find(matches)
    }
}

/// Signatures of JSON Web Tokens (RFC 7518, RFC 8037).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the RFC's")]
pub enum JwtAlgorithm {
    #[default]
    HS256,
    HS384,
    HS512,
    RS256,
    RS384,
    RS512,
    PS256,
    PS384,
    PS512,
    ES256,
    ES384,
    EdDSA,
}

impl Algorithm for JwtAlgorithm {
    const ALL: &'static [Self] = &[
        Self::HS256,
        Self::HS384,
        Self::HS512,
        Self::RS256,
        Self::RS384,
        Self::RS512,
        Self::PS256,
        Self::PS384,
        Self::PS512,
        Self::ES256,
        Self::ES384,
        Self::EdDSA,
    ];

    fn word(self) -> &'static str {
        match self {
            Self::HS256 => "HS256",
            Self::HS384 => "HS384",
            Self::HS512 => "HS512",
            Self::RS256 => "RS256",
            Self::RS384 => "RS384",
            Self::RS512 => "RS512",
            Self::PS256 => "PS256",
            Self::PS384 => "PS384",
            Self::PS512 => "PS512",
            Self::ES256 => "ES256",
            Self::ES384 => "ES384",
            Self::EdDSA => "EdDSA",
        }
    }
}

impl From<JwtAlgorithm> for jsonwebtoken::Algorithm {
    fn from(algorithm: JwtAlgorithm) -> Self {
        match algorithm {
            JwtAlgorithm::HS256 => Self::HS256,
            JwtAlgorithm::HS384 => Self::HS384,
            JwtAlgorithm::HS512 => Self::HS512,
            JwtAlgorithm::RS256 => Self::RS256,
            JwtAlgorithm::RS384 => Self::RS384,
            JwtAlgorithm::RS512 => Self::RS512,
            JwtAlgorithm::PS256 => Self::PS256,
            JwtAlgorithm::PS384 => Self::PS384,
            JwtAlgorithm::PS512 => Self::PS512,
            JwtAlgorithm::ES256 => Self::ES256,
            JwtAlgorithm::ES384 => Self::ES384,
            JwtAlgorithm::EdDSA => Self::EdDSA,
        }
    }
}

impl Auth {
    /// `none`, `key`, `hmac`, `jwt`, `basic`.
    pub fn word(&self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Key { .. } => "key",
            Self::Hmac { .. } => "hmac",
            Self::Jwt { .. } => "jwt",
            Self::Basic { .. } => "basic",
        }
    }

    /// Where its secret is.
    pub fn key(&self) -> Option<&KeySource> {
        match self {
            Self::None => None,
            Self::Key { key, .. } | Self::Jwt { key, .. } => Some(key),
            Self::Hmac { secret, .. } => Some(secret),
            Self::Basic { password, .. } => Some(password),
        }
    }

    /// The header that it goes in.
    pub fn header(&self) -> Option<&str> {
        match self {
            Self::None => None,
            Self::Key { header, .. } | Self::Jwt { header, .. } => Some(header),
            Self::Hmac { .. } | Self::Basic { .. } => Some("Authorization"),
        }
    }
}

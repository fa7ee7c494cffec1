//! Header values: schemes and the names of cookies stay, so that one sees what kind of secret there was.

use std::borrow::Cow;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::pen::Pen;
use super::text;

impl Pen<'_> {
    /// The value of a header as it is shown.
    pub(super) fn header<'v>(&self, name: &str, value: &'v str) -> Cow<'v, str> {
        if name.eq_ignore_ascii_case("cookie") {
            self.meet(value);
            return Cow::Owned(self.cookies(value));
        }
        if name.eq_ignore_ascii_case("set-cookie") {
            self.meet(value);
            let (pair, attributes) = value.split_at(value.find(';').unwrap_or(value.len()));
            return Cow::Owned(self.cookies(pair) + attributes);
        }
        if self.names.header(name) {
            return Cow::Owned(self.credentials(value));
        }
        text::redact(self, value)
    }

    fn cookies(&self, value: &str) -> String {
        let shown: Vec<_> = value
            .split(';')
            .map(|cookie| match cookie.split_once('=') {
                Some((name, value)) => {
                    let bare = value.trim().trim_matches('"');
                    format!("{name}={}", self.hide(bare))
                }
                None if cookie.trim().is_empty() => cookie.to_owned(),
                None => self.hide(cookie),
            })
            .collect();
        shown.join(";")
    }

    /// `Scheme credentials`, or a secret alone.
    fn credentials(&self, value: &str) -> String {
        let (scheme, credentials) = match value.trim().split_once(' ') {
            Some((scheme, credentials)) if is_scheme(scheme) => (scheme, credentials.trim()),
            _ => return self.hide(value),
        };
        self.meet(value);
        if scheme.eq_ignore_ascii_case("basic") {
            self.basic(credentials);
        }
        // `keyId="…",signature="…"` and the like: each value may stand elsewhere alone.
        for part in credentials.split(',') {
            if let Some((name, value)) = part.split_once('=') {
                let value = value.trim().trim_matches('"');
                if SECRET_PARTS.iter().any(|part| name.trim().eq_ignore_ascii_case(part)) {
                    self.meet(value);
                }
            }
        }
        format!("{scheme} {}", self.hide(credentials))
    }

    /// The password, and user and password, of `Basic`.
    fn basic(&self, credentials: &str) {
        let decoded = BASE64_STANDARD.decode(credentials).ok();
        if let Some(text) = decoded.and_then(|bytes| String::from_utf8(bytes).ok()) {
            self.meet(&text);
            if let Some((_, password)) = text.split_once(':') {
                self.meet(password);
            }
        }
    }
}

/// Parameters of `Signature`, `Digest`, `OAuth`, `AWS4-HMAC-SHA256` and `Hawk` credentials.
const SECRET_PARTS: [&str; 9] = [
    "keyId",
    "signature",
    "response",
    "cnonce",
    "mac",
    "id",
    "credential",
    "oauth_token",
    "oauth_signature",
];

fn is_scheme(word: &str) -> bool {
    const SCHEMES: [&str; 14] = [
        "bearer",
        "basic",
        "digest",
        "signature",
        "negotiate",
        "ntlm",
        "token",
        "apikey",
        "hmac",
        "hawk",
        "oauth",
        "dpop",
        "aws4-hmac-sha256",
        "hoba",
    ];
    SCHEMES.iter().any(|scheme| word.eq_ignore_ascii_case(scheme))
}

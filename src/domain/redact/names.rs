//! Names behind which a secret stands, compared without case, `-` and `_`: `X-Api-Key` is `x_api_key` is `xApiKey`.

use std::collections::{BTreeSet, HashSet};

use foldhash::fast::RandomState;

use super::Policy;
use crate::domain::object::SecretNames;

/// Header names.
const HEADERS: &[&str] = &[
    "authorization",
    "proxy-authorization",
    "x-tyk-authorization",
    "x-forwarded-authorization",
    "x-original-authorization",
    "cookie",
    "set-cookie",
    "cookie2",
    "set-cookie2",
    "x-api-key",
    "api-key",
    "apikey",
    "x-apikey",
    "x-auth",
    "x-auth-key",
    "x-access-key",
    "x-functions-key",
    "x-goog-api-key",
    "ocp-apim-subscription-key",
    "x-jwt",
    "x-jwt-assertion",
    "x-signature",
    "x-session",
    "x-session-id",
    "session-id",
    "x-goog-iap-jwt-assertion",
    "authentication-info",
    "x-forwarded-client-cert",
    "x-client-cert",
];

/// Query and form names besides the members'.
const PARAMS: &[&str] = &[
    "key",
    "pass",
    "auth",
    "sig",
    "signature",
    "code",
    "sid",
    "session",
    "session_id",
    "jsessionid",
    "phpsessid",
    "connect.sid",
    "assertion",
    "client_assertion",
    "code_verifier",
    "saml_response",
    "x-amz-signature",
    "x-amz-credential",
    "x-goog-signature",
    "x-goog-credential",
];

/// JSON members, XML elements and metadata.
const MEMBERS: &[&str] = &[
    "password",
    "passwd",
    "passphrase",
    "passcode",
    "pwd",
    "pin",
    "otp",
    "secret",
    "secrets",
    "token",
    "tokens",
    "jwt",
    "bearer",
    "credential",
    "credentials",
    "private_key",
    "access_key",
    "secret_key",
    "secret_access_key",
    "signing_key",
    "encryption_key",
    "shared_key",
    "session_key",
    "auth_key",
    "session_id",
    "key_id",
    "cvv",
    "cvc",
    "card_number",
    "hmac_secret",
    "userpassword",
];

/// Ends of names that are secret whatever stands before: `clientSecret`, `X-Csrf-Token`.
const ENDS: &[&str] =
    &["password", "passwd", "passphrase", "secret", "token", "apikey", "privatekey"];

/// They are asked for each text of a million messages, and nobody who sends some chooses them.
type Words = HashSet<String, RandomState>;

/// The names of one policy.
#[derive(Clone)]
pub(super) struct Names {
    headers: Words,
    params: Words,
    members: Words,
}

impl Names {
    /// The built-in ones and the policy's.
    pub(super) fn of(policy: &Policy) -> Self {
        let set = |built_in: &[&str], more: &[String]| {
            let built_in = built_in.iter().map(|name| plain(name));
            built_in.chain(more.iter().map(|name| plain(name))).collect()
        };
        Self {
            headers: set(HEADERS, &policy.headers),
            params: set(PARAMS, &policy.params),
            members: set(MEMBERS, &policy.members),
        }
    }

    /// These and others; `None` where all of them are known.
    pub(super) fn with(&self, more: &SecretNames) -> Option<Self> {
        let known = |known: &Words, more: &BTreeSet<String>| {
            more.iter().all(|name| known.contains(&plain(name)))
        };
        if known(&self.headers, &more.headers) && known(&self.params, &more.params) {
            return None;
        }
        let mut all = self.clone();
        all.headers.extend(more.headers.iter().map(|name| plain(name)));
        all.params.extend(more.params.iter().map(|name| plain(name)));
        Some(all)
    }

    /// Whether a header's value is secret.
    pub(super) fn header(&self, name: &str) -> bool {
        with_plain(name, |name| self.headers.contains(name) || ends(name))
    }

    /// Whether the value of a query, form or multipart name is secret.
    pub(super) fn param(&self, name: &str) -> bool {
        with_plain(name, |name| {
            self.params.contains(name)
                || self.members.contains(name)
                || self.headers.contains(name)
                || ends(name)
        })
    }

    /// Whether what stands under a JSON member, an XML element or a key of metadata is secret. Headers are members
    /// where a body says what was received.
    pub(super) fn member(&self, name: &str) -> bool {
        with_plain(name, |name| {
            self.members.contains(name) || self.headers.contains(name) || ends(name)
        })
    }
}

fn ends(name: &str) -> bool {
    ENDS.iter().any(|end| name.ends_with(end))
}

/// A name without case and separators; most are short, and cost no memory. A filter asks for those of a million messages.
pub(super) fn with_plain<R>(name: &str, look: impl FnOnce(&str) -> R) -> R {
    const SHORT: usize = 48;
    let mut short = [0; SHORT];
    let mut length = 0;
    for byte in name.bytes() {
        if matches!(byte, b'-' | b'_' | b' ' | b'[' | b']') {
            continue;
        }
        if !byte.is_ascii() || length == SHORT {
            return look(&plain(name));
        }
        short[length] = byte.to_ascii_lowercase();
        length += 1;
    }
    look(std::str::from_utf8(&short[..length]).unwrap_or_default())
}

/// Without case and separators.
pub(super) fn plain(name: &str) -> String {
    name.chars()
        .filter(|c| !matches!(c, '-' | '_' | ' ' | '[' | ']'))
        .flat_map(char::to_lowercase)
        .collect()
}

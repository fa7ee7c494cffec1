//! Which parts of a message are secret, and how they are shown: `«redacted 9f31c2»`, six hex digits of a keyed hash, so
//! that equal secrets look equal.

use std::borrow::Cow;

use crate::domain::object::View;

/// What to redact: names by list, compared without case. Built from `[redact]` of the configuration.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// Header names (request, set, override, response), besides `Authorization`, `Cookie`, ….
    pub headers: Vec<String>,
    /// Query and form names, in params, URLs and bodies.
    pub params: Vec<String>,
    /// JSON member names, in bodies, config data and payloads.
    pub members: Vec<String>,
}

/// Redacts by a policy.
pub struct Redacted {
    _policy: Policy,
    _key: [u8; 32],
}

impl Redacted {
    /// The built-in names and those of a policy. `key` is random for the life of the process: marks of equal secrets
    /// are equal within it, and say nothing outside.
    pub fn new(policy: Policy, key: [u8; 32]) -> Self {
        Self { _policy: policy, _key: key }
    }

    /// A path or URL as it is shown.
    pub fn url(&self, _url: &str) -> String {
        String::new()
    }
}

impl View for Redacted {
    fn text<'a>(&self, _path: &[Cow<'_, str>], _value: &'a str) -> Cow<'a, str> {
        Cow::Borrowed("")
    }
    fn bytes<'a>(&self, _path: &[Cow<'_, str>], _value: &'a [u8]) -> Cow<'a, [u8]> {
        Cow::Borrowed(b"")
    }
}

/// Shows everything (`--show-secrets`).
pub struct Shown;

impl View for Shown {
    fn text<'a>(&self, _path: &[Cow<'_, str>], value: &'a str) -> Cow<'a, str> {
        Cow::Borrowed(value)
    }
    fn bytes<'a>(&self, _path: &[Cow<'_, str>], value: &'a [u8]) -> Cow<'a, [u8]> {
        Cow::Borrowed(value)
    }
}

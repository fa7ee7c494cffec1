//! Which parts of a message are secret, and how they are shown: `«redacted 9f31c2»`, six hex digits of a keyed hash, so
//! that equal secrets look equal.
//!
//! A message is looked at twice. First by place and name: headers, query, cookies, forms, members of JSON, elements of
//! XML, the session's secrets, `metadata.token`, the payloads of events. Then whatever was found so is hidden wherever
//! else it stands, in clear, percent-encoded, JSON-escaped or in base64: an upstream that says back what it received
//! gives nothing away. A body that is compressed is shown as a mark.

mod body;
mod event;
mod header;
mod hides;
mod json;
mod known;
mod names;
mod pen;
mod restore;
mod text;
mod view;

use std::borrow::Cow;
use std::sync::{Arc, PoisonError, RwLock};

use crate::domain::object::{SecretNames, View};

pub use hides::{MARK, hides};
pub use restore::{LostMark, restore};

use names::Names;
use pen::Pen;

/// What to redact: names by list, compared without case, `-` and `_`. Built from `[redact]` of the configuration.
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
    /// They become more: the rules of a server that runs may change.
    names: RwLock<Arc<Names>>,
    key: [u8; 32],
}

impl Redacted {
    /// The built-in names and those of a policy. `key` is random for the life of the process: marks of equal secrets
    /// are equal within it, and say nothing outside.
    #[expect(clippy::needless_pass_by_value, reason = "a policy is built for this and used up")]
    pub fn new(policy: Policy, key: [u8; 32]) -> Self {
        Self { names: RwLock::new(Arc::new(Names::of(&policy))), key }
    }

    fn names(&self) -> Arc<Names> {
        Arc::clone(&self.names.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn pen(&self) -> Pen<'_> {
        Pen::new(self.names(), &self.key)
    }

    /// Hides what stands under these names as well.
    fn add(&self, more: &SecretNames) {
        let mut names = self.names.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(all) = names.with(more) {
            *names = Arc::new(all);
        }
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

#[cfg(test)]
mod tests;

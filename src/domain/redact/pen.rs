//! Writes marks in place of secrets, and remembers which.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use super::known::Known;
use super::names::Names;

/// What every part of this room redacts with.
pub(super) struct Pen<'r> {
    pub(super) names: Arc<Names>,
    pub(super) key: &'r [u8; 32],
    /// The secrets met, in clear.
    pub(super) met: RefCell<BTreeSet<String>>,
    /// The secrets that are looked for wherever they stand.
    known: Option<&'r Known>,
}

impl<'r> Pen<'r> {
    pub(super) fn new(names: Arc<Names>, key: &'r [u8; 32]) -> Self {
        Self { names, key, met: RefCell::default(), known: None }
    }

    /// One that also hides what is known.
    pub(super) fn knowing(self, known: &'r Known) -> Self {
        Self { known: Some(known), ..self }
    }

    /// A text without what is known: where it is written in a form of its own, such as a literal with escapes, this is
    /// asked before it is written so again.
    pub(super) fn hide_known<'a>(&self, text: &'a str) -> Cow<'a, str> {
        self.known.map_or(Cow::Borrowed(text), |known| known.hide(text))
    }

    /// The mark of a secret; nothing hides nothing.
    pub(super) fn hide(&self, secret: &str) -> String {
        self.meet(secret);
        mark(self.key, secret)
    }

    /// Remembers a secret that is part of one that is hidden.
    pub(super) fn meet(&self, secret: &str) {
        let secret = secret.trim();
        if !secret.is_empty() {
            self.met.borrow_mut().insert(secret.to_owned());
        }
    }
}

/// `«redacted 9f31c2»`: six hex digits of a hash under the process's key. It tells equal secrets from others, and
/// nothing about them: 24 bits of SHA-256 with the key in front, whose full value nobody sees.
pub(super) fn mark(key: &[u8; 32], secret: &str) -> String {
    let secret = secret.trim();
    if secret.is_empty() {
        return String::new();
    }
    let hash = Sha256::new().chain_update(key).chain_update(secret).finalize();
    format!("«redacted {:02x}{:02x}{:02x}»", hash[0], hash[1], hash[2])
}

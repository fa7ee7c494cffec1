//! Step 3: the signature, with the key that the configuration names.
//!
//! The key is loaded before anything is built, so that its passphrase is asked for first; it signs the digest that the
//! build comes to.

use std::path::Path;

use secrecy::SecretString;

use super::Failure;
use crate::services::bundle::keys::{KeyError, SigningKey};

/// Loads the key.
pub(super) fn load(key: &Path, passphrase: Option<&SecretString>) -> Result<SigningKey, Failure> {
    SigningKey::load(key, passphrase).map_err(|error| match error {
        KeyError::PassphraseNeeded => {
            Failure::PassphraseNeeded { key: key.to_owned(), wrong: false }
        }
        KeyError::WrongPassphrase => Failure::PassphraseNeeded { key: key.to_owned(), wrong: true },
        other => other.problem(key).into(),
    })
}

/// In a few words, with the warning that a short key deserves.
pub(super) fn words(key: &SigningKey) -> String {
    let name = format!("rsa {} · {}", key.bits(), key.label());
    match key.warning() {
        Some(warning) => format!("{name} · {warning}"),
        None => name,
    }
}

//! Rules over signing and public keys.

mod key_listed;
mod key_not_usable;
mod key_open_to_others;
mod key_pair;
mod key_reference_tool;
mod key_too_short;

use super::Rule;

pub(super) const RULES: &[&Rule] = &[
    &key_not_usable::RULE,
    &key_pair::RULE,
    &key_listed::RULE,
    &key_too_short::RULE,
    &key_open_to_others::RULE,
    &key_reference_tool::RULE,
];

#[cfg(test)]
mod try_on {
    use crate::domain::lint::{Facts, Key, KeyFile, KeyRole};

    /// An RSA key, `FINGERPRINT.pem`.
    pub(super) fn rsa(role: KeyRole, fingerprint: &str, bits: usize) -> KeyFile {
        KeyFile {
            file: format!("{fingerprint}.pem"),
            role,
            key: Ok(Key::Rsa { bits, fingerprint: fingerprint.into(), ours_alone: false }),
            open_to_others: false,
        }
    }

    /// Facts of these keys.
    pub(super) fn keys(keys: impl Into<Vec<KeyFile>>) -> Facts {
        Facts { keys: keys.into(), ..Facts::default() }
    }
}

//! Keys.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use super::Survey;
use crate::domain::lint::{Key, KeyFile, KeyRole, Unusable};
use crate::services::bundle::keys::{KeyError, PublicKey, SigningKey};

impl Survey<'_> {
    pub(super) fn key(&mut self, path: &Path, text: &[u8], role: KeyRole) {
        let key = match role {
            KeyRole::Public => PublicKey::parse(text, path).map(|key| {
                let known = Key::Rsa {
                    bits: key.bits(),
                    fingerprint: key.fingerprint(),
                    ours_alone: false,
                };
                self.public_key = Some(key);
                known
            }),
            KeyRole::Private => match SigningKey::parse(text, path, None) {
                Ok(key) => Ok(Key::Rsa {
                    bits: key.bits(),
                    fingerprint: key.fingerprint(),
                    // The reference tool knows PKCS#1 and PKCS#8 alone.
                    ours_alone: text.windows(7).any(|word| word == b"OPENSSH"),
                }),
                Err(KeyError::PassphraseNeeded) => Ok(Key::Encrypted),
                Err(error) => Err(error),
            },
        };
        let mode = std::fs::metadata(path).map(|facts| facts.permissions().mode());
        self.facts.keys.push(KeyFile {
            file: self.shown(path),
            role,
            key: key.map_err(|error| unusable(&error, path)),
            open_to_others: mode.is_ok_and(|mode| mode & 0o077 != 0),
        });
    }
}

fn unusable(error: &KeyError, path: &Path) -> Unusable {
    let help = error.problem(path).help.unwrap_or_default();
    Unusable { found: error.to_string(), help }
}

//! Keys.

use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use super::Survey;
use crate::domain::lint::{Key, KeyFile, KeyRole, Unusable};
use crate::services::bundle::keys::{KeyError, PublicKey, SigningKey};

impl Survey<'_> {
    pub(super) fn key(&mut self, path: &Path, role: KeyRole) {
        let facts = std::fs::metadata(path);
        // Before it is opened: opening a named pipe waits for its writer.
        let is_other = facts.as_ref().is_ok_and(|facts| !facts.is_file());
        let key = match if is_other { Err(no_file()) } else { self.load(path, role) } {
            Err(error @ KeyError::Unreadable(_)) => {
                return self.unread(path, error.problem(path));
            }
            key => key.map_err(|error| unusable(&error, path)),
        };
        let mode = facts.map(|facts| facts.permissions().mode());
        self.facts.keys.push(KeyFile {
            file: self.shown(path),
            role,
            key,
            open_to_others: mode.is_ok_and(|mode| mode & 0o077 != 0),
        });
    }

    fn load(&mut self, path: &Path, role: KeyRole) -> Result<Key, KeyError> {
        match role {
            KeyRole::Private => match SigningKey::load(path, None) {
                Ok(key) => Ok(Key::Rsa {
                    bits: key.bits(),
                    fingerprint: key.fingerprint(),
                    ours_alone: key.is_openssh(),
                }),
                Err(KeyError::PassphraseNeeded) => Ok(Key::Encrypted),
                Err(error) => Err(error),
            },
            KeyRole::Public => {
                let key = PublicKey::load(path)?;
                let (bits, fingerprint) = (key.bits(), key.fingerprint());
                self.public_key.get_or_insert(key);
                Ok(Key::Rsa { bits, fingerprint, ours_alone: false })
            }
        }
    }
}

fn no_file() -> KeyError {
    KeyError::Unreadable(io::Error::other("it is no regular file"))
}

fn unusable(error: &KeyError, path: &Path) -> Unusable {
    let help = error.problem(path).help.unwrap_or_default();
    Unusable { found: error.to_string(), help }
}

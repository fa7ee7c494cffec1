//! What can be wrong with a key, and what to do about it.

use std::path::Path;

use crate::domain::task::Problem;

/// Why a key cannot be used. Never holds any of the key or the passphrase.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file could not be read.
    #[error("cannot read the key: {0}")]
    Unreadable(#[source] std::io::Error),
    /// The key is encrypted and no passphrase came with it: ask for one and load again.
    #[error("the key is encrypted and needs its passphrase")]
    PassphraseNeeded,
    /// The passphrase is not the key's.
    #[error("the passphrase is not this key's")]
    WrongPassphrase,
    /// A key, or something else, that cannot be used: what was found, and the command that makes one that can.
    #[error("{found}")]
    Unusable {
        /// What was found.
        found: String,
        /// How to come to a usable one.
        help: String,
    },
    /// A public key that a Gateway refuses, with the Gateway's own words.
    #[error("{found}: a Gateway says `{gateway}`")]
    Refused {
        /// What was found.
        found: String,
        /// The error in the Gateway's log.
        gateway: String,
        /// How to come to a usable one.
        help: String,
    },
    /// RSA shorter than what the reference tool and a Gateway take.
    #[error("the RSA key has {bits} bits; below {minimum} it is refused", minimum = super::MIN_BITS)]
    TooShort {
        /// The size of the modulus.
        bits: usize,
    },
    /// The signature could not be computed.
    #[error("cannot sign with this key: {0}")]
    Signing(String),
}

impl KeyError {
    /// The error for a person: what, which file, what to do.
    pub fn problem(&self, path: &Path) -> Problem {
        let problem = Problem::failed(self.to_string()).at(path.display());
        match self {
            Self::Unreadable(_) | Self::Signing(_) => problem,
            Self::PassphraseNeeded => problem.help(
                "run it on a terminal to be asked for it, or give it by --passphrase-fd N or in TYK_TUI_KEY_PASSPHRASE",
            ),
            Self::WrongPassphrase => problem.help("check the passphrase and the file; nothing was changed"),
            Self::Unusable { help, .. } | Self::Refused { help, .. } => problem.help(help.clone()),
            Self::TooShort { .. } => problem.help(super::CREATE),
        }
    }
}

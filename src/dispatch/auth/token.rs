//! The token that a session is stored under.
//!
//! Whoever knows a session's token has a key of the Gateway; so it is nothing that anybody sends or can guess, but an HMAC
//! of who the caller is under a secret of this server.

use std::path::Path;

use hmac::{Hmac, Mac as _};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::Sha256;

use crate::config::SecretSource;
use crate::domain::task::Problem;
use crate::services::files::{self, Mode};

/// Random bytes of a new secret.
const BYTES: usize = 32;

/// The secret of this server.
#[derive(Debug)]
pub(in crate::dispatch) struct TokenSecret(SecretString);

impl TokenSecret {
    /// The secret in this file, which only its owner reads; one is made where there is none yet.
    pub(in crate::dispatch) fn at(path: &Path) -> Result<Self, Problem> {
        if !path.exists() {
            let folder = files::folder_of(path);
            std::fs::create_dir_all(folder).map_err(|error| {
                files::problem("cannot make the folder of the tokens' secret", folder, &error)
            })?;
            let secret = random()?;
            let text = format!("{}\n", secret.expose_secret());
            let made = files::write_new(path, text.as_bytes(), Mode::Private, "the tokens' secret");
            // Another process may have been faster: its secret counts.
            if let Err(problem) = made
                && !path.exists()
            {
                return Err(problem);
            }
        }
        let source = SecretSource { file: Some(path.to_owned()), ..SecretSource::default() };
        let secret = source.read("")?.ok_or_else(|| Problem::failed("no secret of tokens"))?;
        Ok(Self(secret))
    }

    /// One that lasts as long as the process: with the next, callers get other tokens.
    pub(in crate::dispatch) fn of_process() -> Result<Self, Problem> {
        random().map(Self)
    }

    /// The token of whoever these parts name, in hexadecimal.
    pub(super) fn token(&self, parts: &[&str]) -> String {
        // HMAC takes keys of any length.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(self.0.expose_secret().as_bytes()) else {
            return String::new();
        };
        for part in parts {
            // With its length, so that no two lists of parts are one text.
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        format!("{:x}", mac.finalize().into_bytes())
    }
}

fn random() -> Result<SecretString, Problem> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes)
        .map_err(|error| Problem::failed(format!("no randomness: {error}")))?;
    Ok(bytes.map(|byte| format!("{byte:02x}")).concat().into())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_secret_is_made_once_and_its_owners_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state/token-secret");
        let first = TokenSecret::at(&path).unwrap();
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let again = TokenSecret::at(&path).unwrap();
        assert_eq!(first.token(&["jwt", "alice"]), again.token(&["jwt", "alice"]));
        let other = TokenSecret::of_process().unwrap();
        assert_ne!(first.token(&["jwt", "alice"]), other.token(&["jwt", "alice"]));
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
        assert!(TokenSecret::at(&path).unwrap_err().help.unwrap().starts_with("chmod 600"));
    }

    #[test]
    fn no_two_callers_share_a_token() {
        let secret = TokenSecret("k".to_owned().into());
        let token = secret.token(&["a", "bc"]);
        assert_ne!(token, secret.token(&["ab", "c"]));
        assert_ne!(token, secret.token(&["a", "bc", ""]));
        // HMAC-SHA256 by OpenSSL: printf '\0\0\0\0\0\0\0\1a\0\0\0\0\0\0\0\2bc' | openssl dgst -sha256 -hmac k
        assert_eq!(token, "c6e12e31e12fc01a54d93625639dd36fa4617eb33b8441fbb063c4a1a3e711cb");
    }
}

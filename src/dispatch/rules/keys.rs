//! Static-key authentication: a header's value against a list of keys, in constant time.

use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};
use subtle::{Choice, ConditionallySelectable as _, ConstantTimeEq as _};

use super::action::Done;
use super::session::Session;
use crate::domain::object::{Edit, Head, Overrides};

/// The action `static_key`.
#[derive(Debug)]
pub(super) struct StaticKey {
    /// Which header holds the key.
    pub(super) header: String,
    /// What a caller without a known key gets.
    pub(super) refusal: Overrides,
    /// The keys.
    pub(super) keys: Vec<Key>,
}

/// One key, and what a caller who has it gets.
#[derive(Debug)]
pub(super) struct Key {
    secret: SecretString,
    /// Of the secret: all have one length, so that comparing tells nothing of a key's.
    digest: [u8; 32],
    pub(super) session: Session,
}

impl Key {
    pub(super) fn new(secret: String, session: Session) -> Self {
        let digest = Sha256::digest(secret.as_bytes()).into();
        Self { secret: secret.into(), digest, session }
    }

    pub(super) fn same_secret(&self, other: &Self) -> bool {
        self.digest.ct_eq(&other.digest).into()
    }
}

impl StaticKey {
    /// The key becomes the token of Object and session; without a known one the caller is refused.
    pub(super) fn apply(&self, head: &Head<'_>, edit: &mut Edit) -> Done {
        let key = head.header(&self.header).and_then(|value| self.find(value));
        let Some(key) = key else {
            edit.overrides = Some(self.refusal.clone());
            edit.session = None;
            return Done::Refused;
        };
        let token = key.secret.expose_secret();
        edit.session = Some(key.session.encode(token, head.api_id));
        edit.metadata.retain(|(name, _)| name != "token");
        edit.metadata.push(("token".to_owned(), token.to_owned()));
        Done::GoOn
    }

    /// Looks at every key, whichever matches.
    fn find(&self, value: &str) -> Option<&Key> {
        let digest: [u8; 32] = Sha256::digest(value.as_bytes()).into();
        let mut place = 0_u64;
        let mut found = Choice::from(0);
        for (index, key) in (0_u64..).zip(&self.keys) {
            let equal = key.digest.ct_eq(&digest);
            place.conditional_assign(&index, equal);
            found |= equal;
        }
        bool::from(found).then(|| self.keys.get(usize::try_from(place).ok()?)).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_a_key_and_never_shows_it() {
        let keys = ["alpha-key-0001", "beta-key-0002"];
        let action = StaticKey {
            header: "Authorization".to_owned(),
            refusal: Overrides::default(),
            keys: keys.map(|key| Key::new(key.to_owned(), Session::default())).into(),
        };
        for key in keys {
            assert_eq!(action.find(key).map(|key| key.secret.expose_secret()), Some(key));
            assert!(!format!("{action:?}").contains(key));
        }
        for other in ["", "alpha-key-000", "alpha-key-00011", "ALPHA-KEY-0001"] {
            assert!(action.find(other).is_none());
        }
    }
}

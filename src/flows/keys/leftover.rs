//! The live keys that sessions of plugins leave behind.
//!
//! A Gateway stores each session that an auth plugin returns, under its token, as an ordinary key: unless its access
//! rights name the plugin's API alone, every API with token authentication takes it, in any organisation. Source:
//! recordings of a 5.14.0, and its code (`gateway/coprocess.go`).

use super::{Key, list};
use crate::domain::task::Problem;
use crate::services::gateway::{Gateway, Session};

/// What revoking came to.
#[derive(Debug, Default)]
pub struct Revoked {
    /// How many are gone.
    pub count: usize,
    /// Those that could not be deleted, and why.
    pub failed: Vec<(Key, Problem)>,
}

/// Whether it is the session of a plugin. The Gateway copies the plugin's metadata into it, and takes the token from
/// there, so it is always among them; and it notes no date, as it does for each key that somebody makes. The sessions of
/// Go plugins, which set what they like, are not told from others by this.
pub fn is_leftover(session: &Session) -> bool {
    let made = session.date_created.as_deref().is_some_and(|date| !date.starts_with("0001-"));
    let token = session.meta_data.as_ref().and_then(|data| data.get("token"));
    !made && token.and_then(|token| token.as_str()).is_some_and(|token| !token.is_empty())
}

/// All of them; those that open every API come first.
pub async fn leftovers(gateway: &Gateway) -> Result<Vec<Key>, Problem> {
    let mut keys = list(gateway).await?;
    keys.retain(|key| is_leftover(&key.session));
    keys.sort_by_key(|key| key.apis().is_some());
    Ok(keys)
}

/// Deletes these; one that cannot be deleted does not keep the others. A caller whom the plugin still accepts gets a new
/// one with his next request.
pub async fn revoke(gateway: &Gateway, keys: Vec<Key>) -> Revoked {
    let mut revoked = Revoked::default();
    for key in keys {
        match gateway.delete_key(&key.name).await {
            // Gone meanwhile is as good.
            Ok(_) => revoked.count += 1,
            Err(error) => revoked.failed.push((key, error.problem())),
        }
    }
    revoked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plugins_session_is_told_from_keys_that_were_made() {
        // As recorded: an auth plugin's session, with access rights and without; one of an older Gateway; and keys.
        for (session, expected) in [
            (r#"{"rate":1000,"per":1,"org_id":"default","meta_data":{"token":"fresh"}}"#, true),
            (r#"{"date_created":"0001-01-01T00:00:00Z","meta_data":{"token":"fresh"}}"#, true),
            (r#"{"date_created":"2026-11-22T18:56:22.98Z","meta_data":{"who":"test"}}"#, false),
            (r#"{"date_created":"2026-11-22T18:56:22.98Z","meta_data":{"token":"x"}}"#, false),
            (r#"{"org_id":"default","meta_data":{"TykJWTSessionID":"1"}}"#, false),
            (r#"{"org_id":"default","meta_data":null,"access_rights":{}}"#, false),
        ] {
            let session: Session = serde_json::from_str(session).unwrap();
            assert_eq!(is_leftover(&session), expected, "{session:?}");
        }
    }
}

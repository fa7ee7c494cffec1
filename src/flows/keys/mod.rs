//! Keys of a Gateway: made for a test, looked at, deleted; and the live keys that sessions of plugins leave behind.
//!
//! A key is a secret: it leaves this room where it was made, once, and is shown by its end everywhere else.

mod leftover;
mod make;

use futures_util::{StreamExt as _, TryStreamExt as _};
use secrecy::ExposeSecret as _;

use crate::domain::task::Problem;
use crate::services::gateway::{Gateway, KeyName, Session};

pub use leftover::{Revoked, is_leftover, leftovers, revoke};
pub use make::{Limits, Made, make};

/// How many keys are asked for at once: a Gateway under load is to notice nothing.
const AT_ONCE: usize = 8;

/// A key of a Gateway.
#[derive(Clone, Debug)]
pub struct Key {
    /// What it is called.
    pub name: KeyName,
    /// What it may do.
    pub session: Session,
}

impl Key {
    /// The ids of the APIs that it opens; `None`: of every API that takes keys, in every organisation. (What its
    /// policies say is not known here.)
    pub fn apis(&self) -> Option<Vec<&str>> {
        let Session { access_rights, apply_policies, .. } = &self.session;
        let opens_all = access_rights.is_empty() && apply_policies.is_empty();
        (!opens_all).then(|| access_rights.keys().map(String::as_str).collect())
    }

    /// Whether it opens this API, as far as is known here.
    pub fn opens(&self, api: &str) -> bool {
        self.apis().is_none_or(|apis| apis.contains(&api))
    }
}

/// All keys, with what they may do, in the order of the Gateway's list. One that is gone meanwhile is left out.
pub async fn list(gateway: &Gateway) -> Result<Vec<Key>, Problem> {
    let names = gateway.keys().await.map_err(|error| error.problem())?;
    let asked = futures_util::stream::iter(names.into_iter().map(|name| async move {
        let session = gateway.key(&name).await.map_err(|error| error.problem())?;
        Ok::<_, Problem>(session.map(|session| Key { name, session }))
    }));
    let keys: Vec<_> = asked.buffered(AT_ONCE).try_collect().await?;
    Ok(keys.into_iter().flatten().collect())
}

/// The one key that a person means: by itself, its hash, its end as it is shown (`****9314` or `9314`), or its alias.
pub async fn find(gateway: &Gateway, meant: &str) -> Result<Key, Problem> {
    let nothing = || {
        Problem::failed("the Gateway has no such key")
            .at(gateway.address())
            .help("`tyk-tui gateway key list` shows the ends and aliases of all")
    };
    let whole = KeyName::plain(meant.into());
    if let Some(session) = gateway.key(&whole).await.map_err(|error| error.problem())? {
        return Ok(Key { name: whole, session });
    }
    let end = meant.trim_start_matches('*');
    let is_meant = |key: &Key| {
        let name = key.name.secret().expose_secret();
        name == meant
            || key.session.alias == meant && !meant.is_empty()
            || end.chars().count() >= 4 && name.ends_with(end)
            || key.name.shown() == meant
    };
    let mut found: Vec<Key> = list(gateway).await?.into_iter().filter(is_meant).collect();
    match (found.pop(), found.len()) {
        (None, _) => Err(nothing()),
        (Some(key), 0) => Ok(key),
        (Some(_), others) => Err(Problem::usage(format!("{} keys fit {meant:?}", others + 1))
            .help("give more of its end, or the whole key on standard input: -")),
    }
}

/// Deletes a key; callers that send it are refused at once.
pub async fn delete(gateway: &Gateway, key: &Key) -> Result<(), Problem> {
    match gateway.delete_key(&key.name).await {
        Ok(true) => Ok(()),
        Ok(false) => Err(Problem::failed("it is gone already").at(key.name.shown())),
        Err(error) => Err(error.problem()),
    }
}

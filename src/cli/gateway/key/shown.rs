//! How keys are printed.

use secrecy::ExposeSecret as _;
use serde_json::{Value as Json, json};

use crate::cli::table;
use crate::domain::task::Problem;
use crate::flows::keys::{Key, is_leftover};
use crate::services::gateway::Session;

const HEAD: [&str; 6] = ["KEY", "ALIAS", "OPENS", "RATE", "EXPIRES", "OF"];

/// Prints a table of them.
pub(super) fn print(keys: &[Key], whole: bool) -> Result<(), Problem> {
    table::print(HEAD, &keys.iter().map(|key| row(key, whole)).collect::<Vec<_>>())
}

fn row(key: &Key, whole: bool) -> [String; 6] {
    let session = &key.session;
    table::cells([
        name(key, whole),
        session.alias.clone(),
        opens(key),
        rate(session.rate, session.per),
        ends(session),
        if is_leftover(session) { "a plugin" } else { "" }.to_owned(),
    ])
}

/// One as JSON.
pub(super) fn json(key: &Key, whole: bool) -> Json {
    let session = &key.session;
    json!({
        "key": name(key, whole),
        "is_hash": key.name.is_hash(),
        "alias": session.alias,
        "org_id": session.org_id,
        "opens_all": key.apis().is_none(),
        "apis": key.apis().unwrap_or_default(),
        "policies": session.apply_policies,
        "rate": session.rate,
        "per": session.per,
        "quota": (session.quota_max > 0).then_some(session.quota_max),
        "expires": (session.expires > 0).then(|| expires(session.expires)),
        "session_lifetime": (session.session_lifetime > 0).then_some(session.session_lifetime),
        "active": !session.is_inactive,
        "created": session.date_created,
        "of_a_plugin": is_leftover(session),
    })
}

fn name(key: &Key, whole: bool) -> String {
    if whole { key.name.secret().expose_secret().to_owned() } else { key.name.shown() }
}

/// What it opens, in words.
pub(super) fn opens(key: &Key) -> String {
    match key.apis() {
        None => "EVERY API".to_owned(),
        Some(apis) if apis.is_empty() => {
            format!("by policy {}", key.session.apply_policies.join(", "))
        }
        Some(apis) => apis.join(", "),
    }
}

/// A rate in words.
pub(super) fn rate(rate: f64, per: f64) -> String {
    if rate > 0.0 && per > 0.0 { format!("{rate} in {per} s") } else { "no limit".to_owned() }
}

/// When it ends, in words; one without a time of its own may be forgotten some time after it was stored.
fn ends(session: &Session) -> String {
    if session.expires <= 0 && session.session_lifetime > 0 {
        return format!("kept {} s", session.session_lifetime);
    }
    expires(session.expires)
}

/// A time in words.
pub(super) fn expires(seconds: i64) -> String {
    if seconds <= 0 {
        return "never".to_owned();
    }
    jiff::Timestamp::from_second(seconds).map_or_else(|_| "never".to_owned(), |at| at.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_without_a_time_of_its_own_is_kept_for_its_lifetime_or_never_ends() {
        let ends = |expires, session_lifetime| {
            ends(&Session { expires, session_lifetime, ..Session::default() })
        };
        assert_eq!([ends(0, 0), ends(-1, 0), ends(0, 3600)], ["never", "never", "kept 3600 s"]);
        assert_eq!(ends(1_795_770_917, 3600), "2026-11-27T09:15:17Z");
    }
}

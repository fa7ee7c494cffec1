//! A key for one API, for a test.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::domain::api::{Definition, Kind};
use crate::domain::task::Problem;
use crate::services::gateway::{CreatedKey, Gateway, NewKey, Right, Why};

/// The word that our keys are tagged with.
const TAG: &str = "tyk-tui";

/// How far a key goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Requests in `per` seconds; `None`: no limit.
    pub rate: Option<f64>,
    /// Seconds.
    pub per: f64,
    /// Requests until it ends; `None`: no limit.
    pub quota: Option<u32>,
    /// How long it lives; `None`: until somebody deletes it.
    pub life: Option<Duration>,
}

impl Default for Limits {
    /// An hour: a key for a test that is forgotten ends by itself.
    fn default() -> Self {
        Self { rate: None, per: 1.0, quota: None, life: Some(Duration::from_hours(1)) }
    }
}

/// A key that was made.
#[derive(Debug)]
pub struct Made {
    /// The key: to be shown once.
    pub key: CreatedKey,
    /// What it was made with.
    pub sent: NewKey,
    /// What the user should know.
    pub warnings: Vec<Problem>,
}

/// Makes a key that opens this API, and no other. The API has to be loaded: the Gateway takes any id, and a key for one
/// that is not there opens nothing.
pub async fn make(
    gateway: &Gateway,
    api: &str,
    alias: &str,
    limits: Limits,
) -> Result<Made, Problem> {
    let loaded = gateway.loaded(api).await.map_err(|error| match error.why {
        Why::Absent => Problem::failed("the Gateway has no API with this id").at(api).help(
            "`tyk-tui gateway apis` has all that are loaded; one that was put is there after a reload",
        ),
        _ => error.problem(),
    })?;
    let sent = new_key(&loaded, alias, limits);
    let key = gateway.create_key(&sent).await.map_err(|error| error.problem())?;
    Ok(Made { key, sent, warnings: warnings(&loaded, api) })
}

/// The key for an API as it is in force (an OAS one as its classic projection).
fn new_key(api: &Definition, alias: &str, limits: Limits) -> NewKey {
    let summary = api.summary();
    let id = summary.id.text();
    let versions = api.field(&["version_data", "versions"]);
    let mut versions: Vec<_> = versions.members().map(|(name, _)| name).collect();
    if versions.is_empty() {
        versions.push("Default".to_owned());
    }
    let right = Right { api_id: id.clone(), api_name: summary.name.text(), versions };
    NewKey {
        org_id: summary.org_id.text(),
        alias: alias.to_owned(),
        access_rights: [(id, right)].into(),
        rate: limits.rate.unwrap_or(0.0),
        per: limits.per,
        quota_max: limits.quota.map_or(-1, i64::from),
        // One quota in all: a test is over before a year is.
        quota_renewal_rate: if limits.quota.is_some() { 365 * 86_400 } else { 0 },
        expires: limits.life.map_or(-1, |life| unix(SystemTime::now() + life)),
        tags: vec![TAG.to_owned()],
    }
}

fn unix(time: SystemTime) -> i64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

/// What the API will make of a key.
fn warnings(api: &Definition, id: &str) -> Vec<Problem> {
    debug_assert_eq!(
        api.kind(),
        Kind::Classic,
        "what is in force is told as its classic projection"
    );
    let auth = api.auth();
    let words = auth.words();
    let warning = if auth.is_keyless() {
        "the API asks nobody for a key"
    } else if auth.is_custom() {
        "a plugin decides who may call the API: the key opens it where the plugin says so"
    } else if words != "token" {
        "the API does not ask for a key of this kind"
    } else {
        return Vec::new();
    };
    vec![Problem::failed(warning).at(id).help(format!("its authentication: {words}"))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_for_the_apis_organisation_and_versions_and_ends_by_itself() {
        let api = r#"{"api_id": "a", "name": "An API", "org_id": "o",
            "version_data": {"versions": {"v1": {}, "v2": {}}}, "use_keyless": true}"#;
        let api = Definition::open(api).unwrap();
        let key = new_key(&api, "me", Limits { quota: Some(3), ..Limits::default() });
        assert_eq!((key.org_id.as_str(), key.alias.as_str(), key.quota_max), ("o", "me", 3));
        assert_eq!(key.access_rights["a"].versions, ["v1", "v2"]);
        let now = unix(SystemTime::now());
        assert!((now + 3500..now + 3700).contains(&key.expires));
        assert!(warnings(&api, "a")[0].what.contains("asks nobody"));
    }
}

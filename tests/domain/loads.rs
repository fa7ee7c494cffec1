//! Verification against what recorded Gateways did with the same bundles under the same keys.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use tyk_tui::domain::gateway_version::{Gateway, State};
use tyk_tui::services::bundle::keys::PublicKey;
use tyk_tui::services::bundle::read::Limits;
use tyk_tui::services::bundle::verify::{Verdict, verify};

#[derive(Deserialize)]
pub(crate) struct Load {
    pub(crate) case: String,
    pub(crate) zip: String,
    pub(crate) gateway: String,
    pub(crate) public_key: Option<String>,
    pub(crate) accepted: bool,
    pub(crate) error: Option<String>,
}

pub(crate) fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/bundles")
}

fn loads(gateway: &str) -> Vec<Load> {
    let text = fs::read_to_string(fixtures().join("gateway-loads.json")).unwrap();
    let mut loads: Vec<Load> = serde_json::from_str(&text).unwrap();
    loads.retain(|load| load.gateway == gateway);
    loads
}

fn verdict(load: &Load, gateway: &Gateway) -> Verdict {
    let path = load.public_key.as_ref().map(|name| fixtures().join("keys").join(name));
    let key = path.map(|path| PublicKey::load(&path));
    let bundle = File::open(fixtures().join(&load.zip)).unwrap();
    let key = key.as_ref().map(Result::as_ref);
    verify(bundle, key, gateway, State::Fresh, Limits::default()).unwrap()
}

/// Compares with `accepted`, and with the error that the Gateway logged. `names` are of releases whose code is the
/// recorded one's, as the fixtures' README has it.
fn compare(recorded: &str, expected: usize, names: &[&str]) {
    let loads = loads(recorded);
    assert_eq!(loads.len(), expected);
    let silent = loads.iter().filter(|load| !load.accepted && load.error.is_none()).count();
    assert!(silent == 0 || recorded == "5.3.0", "{recorded}: {silent} refusals without a reason");
    let gateway: Gateway = recorded.parse().unwrap();
    let differ = loads.iter().filter_map(|load| difference(load, &verdict(load, &gateway)));
    let differ: Vec<_> = differ.collect();
    assert!(differ.is_empty(), "{} of {expected}:\n{}", differ.len(), differ.join("\n"));
    for name in names {
        assert_eq!(name.parse::<Gateway>().unwrap().loadings, gateway.loadings, "{name}");
    }
}

/// How a verdict differs from what was recorded.
pub(crate) fn difference(load: &Load, verdict: &Verdict) -> Option<String> {
    let said = verdict.refusals.first().map(|refusal| refusal.message.as_str());
    let agrees = verdict.ok() == load.accepted
        && (load.accepted || said.is_some_and(|said| same_words(load.error.as_deref(), said)));
    let Load { case, gateway, public_key, accepted, error, .. } = load;
    (!agrees).then(|| {
        let ok = verdict.ok();
        format!(
            "{case} ({public_key:?}): Gateway {gateway} {accepted} {error:?}, ours {ok} {said:?}"
        )
    })
}

/// The Gateway's words and ours: ours say more of a manifest that does not parse, and count Deflate's bytes otherwise.
fn same_words(gateway: Option<&str>, ours: &str) -> bool {
    // 5.3.0 logged nothing but the success that it did not have.
    let Some(gateway) = gateway else { return true };
    let top = ours.replace("open .:", "open :").replace("mkdir .:", "mkdir :");
    let json = gateway.starts_with("invalid character") || gateway.starts_with("json: ");
    let corrupt = "Couldn't save bundle: flate: corrupt input";
    top == gateway
        || json && ours.starts_with("manifest.json:")
        || gateway.starts_with(corrupt) && ours.starts_with(corrupt)
}

#[test]
fn agrees_with_every_recorded_load_under_the_names_of_the_releases_that_it_stands_for() {
    compare("5.3.0", 215, &["5.0.0", "5.0.11", "5.1", "5.2"]);
    compare("5.4.0", 203, &["v5.4", "5.0.12", "5.0.15", "5.3.1", "5.3.2"]);
    let like_5_10 = ["5.3.3", "5.3", "5.5", "5.6", "5.7", "5.8.0", "5.8.6", "5.9"];
    compare("5.10.0", 215, &like_5_10);
    compare("5.11.0", 215, &["5.8.7", "5.8.10", "5.10.1", "5.10.2", "5.10"]);
    let like_5_14 = ["5.14", "5.8.11", "5.8.15", "5.8", "5.11.1", "5.12", "5.13"];
    compare("5.14.0", 215, &like_5_14);
    compare("5.15.0-alpha8", 205, &["v5.15.0-alpha8"]);
}

#[test]
fn what_may_be_any_release_loads_only_what_all_of_them_load() {
    let any: Gateway = "v5.5.0-dev".parse().unwrap();
    for load in loads("5.14.0") {
        let each = ["5.3.0", "5.4.0", "5.11.0", "5.14.0"].map(|name| name.parse().unwrap());
        let all = each.iter().all(|gateway| verdict(&load, gateway).ok());
        assert_eq!(verdict(&load, &any).ok(), all, "{}", load.case);
    }
}

#[test]
fn a_bundle_that_loads_has_a_right_checksum_and_under_a_key_a_valid_signature() {
    for load in loads("5.14.0") {
        let verdict = verdict(&load, &Gateway::default());
        if verdict.ok() {
            assert!(verdict.sound, "{}", load.case);
            assert!(verdict.refusals.is_empty(), "{}", load.case);
        }
    }
}

//! Verification against what recorded Gateways did with the same bundles under the same keys.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use tyk_tui::domain::gateway_version::{GATEWAY_5_14, Loading};
use tyk_tui::services::bundle::keys::PublicKey;
use tyk_tui::services::bundle::read::Limits;
use tyk_tui::services::bundle::verify::{Verdict, verify};

#[derive(Deserialize)]
struct Load {
    case: String,
    zip: String,
    gateway: String,
    public_key: Option<String>,
    accepted: bool,
    error: Option<String>,
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/bundles")
}

fn loads(gateway: &str) -> Vec<Load> {
    let text = fs::read_to_string(fixtures().join("gateway-loads.json")).unwrap();
    let mut loads: Vec<Load> = serde_json::from_str(&text).unwrap();
    loads.retain(|load| load.gateway == gateway);
    loads
}

fn verdict(load: &Load, gateway: &Loading) -> Verdict {
    let path = load.public_key.as_ref().map(|name| fixtures().join("keys").join(name));
    let key = path.map(|path| PublicKey::load(&path));
    let bundle = File::open(fixtures().join(&load.zip)).unwrap();
    verify(bundle, key.as_ref().map(Result::as_ref), gateway, Limits::default()).unwrap()
}

/// Compares with `accepted`, and with the error that the Gateway logged.
fn compare(recorded: &str, gateway: &Loading, expected: usize) {
    let loads = loads(recorded);
    assert_eq!(loads.len(), expected);
    let silent = loads.iter().filter(|load| !load.accepted && load.error.is_none()).count();
    assert!(silent == 0 || recorded == "5.3.0", "{recorded}: {silent} refusals without a reason");
    let mut differences = Vec::new();
    for load in &loads {
        let verdict = verdict(load, gateway);
        let said = verdict.refusals.first().map(|refusal| refusal.message.as_str());
        let agrees = verdict.ok() == load.accepted
            && (load.accepted || said.is_some_and(|said| same_words(load.error.as_deref(), said)));
        if !agrees {
            differences.push(format!(
                "{} ({:?}): Gateway {} {:?}, ours {} {said:?}",
                load.case,
                load.public_key,
                load.accepted,
                load.error,
                verdict.ok()
            ));
        }
    }
    let count = differences.len();
    assert!(differences.is_empty(), "{count} of {expected}:\n{}", differences.join("\n"));
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
fn agrees_with_every_recorded_load_of_gateway_5_14() {
    compare("5.14.0", &GATEWAY_5_14, 215);
}

/// The same code with the values of other releases: what tells them apart is all in the values.
#[test]
fn agrees_with_the_recorded_loads_of_other_releases() {
    compare("5.15.0-alpha8", &GATEWAY_5_14, 205);
    let gateway_5_11 = Loading { wrong_checksum: "Invalid checksum", ..GATEWAY_5_14 };
    compare("5.11.0", &gateway_5_11, 215);
    let gateway_5_10 =
        Loading { checks_names: false, refuses_unpack_errors: false, ..gateway_5_11 };
    compare("5.10.0", &gateway_5_10, 215);
    compare("5.4.0", &gateway_5_10, 203);
    compare("5.3.0", &Loading { refuses_unverified: false, ..gateway_5_10 }, 215);
}

#[test]
fn a_bundle_that_loads_has_a_right_checksum_and_under_a_key_a_valid_signature() {
    for load in loads("5.14.0") {
        let verdict = verdict(&load, &GATEWAY_5_14);
        if verdict.ok() {
            assert!(verdict.sound, "{}", load.case);
            assert!(verdict.refusals.is_empty(), "{}", load.case);
        }
    }
}

//! Rules over a Gateway's settings, and what manifests and API definitions ask of them.

mod bundle_base_url;
mod bundle_downloader;
mod coprocess_disabled;
mod dashboard_apis;
mod grpc_address;
mod grpc_authority;
mod jsvm_disabled;
mod open_control_api;
mod python_image;
mod python_version;
mod round_robin;
mod setting_type;
mod slave_group;
mod unknown_setting;
mod unverified;

use serde_json::Value as Json;

use super::Rule;
use crate::domain::conf::{Conf, Key, Source};
use crate::domain::lint::{Facts, Finding, Fix, Report};

pub(super) const RULES: &[&Rule] = &[
    &bundle_base_url::RULE,
    &bundle_downloader::RULE,
    &coprocess_disabled::RULE,
    &dashboard_apis::RULE,
    &grpc_address::RULE,
    &grpc_authority::RULE,
    &jsvm_disabled::RULE,
    &open_control_api::RULE,
    &python_image::RULE,
    &python_version::RULE,
    &round_robin::RULE,
    &setting_type::RULE,
    &slave_group::RULE,
    &unknown_setting::RULE,
    &unverified::RULE,
];

/// What settings are called where no file is known.
const ENVIRONMENT: &str = "environment";

/// Says something about a setting, where it stands; of one that comes from the environment its variable is named.
fn say<'r>(
    report: &'r mut Report<'_>,
    conf: &Conf,
    key: &'static Key,
    message: impl std::fmt::Display,
) -> &'r mut Finding {
    let file = conf.file.as_deref().unwrap_or(ENVIRONMENT);
    match conf.get(key).source {
        Source::File { path, place } => report.say(file, message.to_string()).at(place).on(path),
        Source::Environment(variable) => report.say(file, format!("{message} ({variable})")),
        Source::Default => report.say(file, message.to_string()),
    }
}

/// The fix that sets a value in the file.
fn set(conf: &Conf, key: &'static Key, value: impl Into<Json>) -> Option<Fix> {
    let value = value.into();
    let edit = conf.set(key, &value)?;
    Some(Fix::one(format!("set {} to {value}", key.name()), conf.file.as_deref()?, edit))
}

/// The first file whose plugins need one of these drivers, with the driver; of an API with a bundle its manifest
/// decides.
fn user_of<'f>(facts: &'f Facts, drivers: &[&str]) -> Option<(&'f str, String)> {
    let manifests = facts.manifests.iter().map(|manifest| {
        (manifest.file.as_str(), manifest.manifest.custom_middleware.driver.clone())
    });
    let apis = facts.apis.iter().filter(|api| !api.definition.bundle().is_used());
    let apis =
        apis.filter(|api| api.definition.plugins().iter().any(|plugin| !plugin.is_disabled()));
    let apis = apis.map(|api| (api.file.as_str(), api.definition.driver().text()));
    manifests.chain(apis).find(|(_, driver)| drivers.contains(&driver.as_str()))
}

/// The first API that a Gateway fetches a bundle for, with the bundle's name.
fn user_of_bundle(facts: &Facts) -> Option<(&str, String)> {
    let used = facts.apis.iter().filter(|api| api.definition.bundle().is_used());
    used.map(|api| (api.file.as_str(), api.definition.bundle().name.text())).next()
}

#[cfg(test)]
mod try_on {
    use super::super::try_on::found;
    use crate::domain::conf::{Conf, Environment};
    use crate::domain::lint::{ApiFile, Facts, Finding, ManifestFile};

    /// Facts of one `tyk.conf`.
    pub(super) fn conf(text: &str) -> Facts {
        let conf = Conf::open("tyk.conf", text, Environment::default()).unwrap();
        Facts { confs: vec![conf], ..Facts::default() }
    }

    /// The same beside a manifest with this driver.
    pub(super) fn with_driver(text: &str, driver: &str) -> Facts {
        let manifest = format!(
            r#"{{"custom_middleware": {{"pre": [{{"name": "P"}}], "driver": "{driver}"}}}}"#
        );
        let manifest = ManifestFile::open("manifest.json", manifest).unwrap();
        Facts { manifests: vec![manifest], ..conf(text) }
    }

    /// The same beside an API that names a bundle.
    pub(super) fn with_bundle(text: &str) -> Facts {
        let api = ApiFile::open("api.json", r#"{"custom_middleware_bundle": "b.zip"}"#).unwrap();
        Facts { apis: vec![api], ..conf(text) }
    }

    /// The one finding of a rule.
    pub(super) fn one(rule: &str, facts: &Facts) -> Finding {
        let mut found = found(rule, facts);
        assert_eq!(found.len(), 1, "{rule}: {found:?}");
        found.remove(0)
    }

    /// A rule finds nothing.
    pub(super) fn nothing(rule: &str, facts: &Facts) {
        assert_eq!(found(rule, facts), [], "{rule}");
    }

    /// The text after the one finding's fix.
    pub(super) fn fixed(rule: &str, facts: &Facts) -> String {
        let source = facts.confs[0].document().unwrap().source().to_vec();
        let fix = one(rule, facts).fix.unwrap();
        String::from_utf8(fix.apply(&source)).unwrap()
    }
}

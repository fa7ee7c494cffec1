//! An API with a bundle, at a Gateway that fetches none.

use super::{say, set, user_of_bundle};
use crate::domain::conf::keys;
use crate::domain::lint::{Facts, Fix, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "conf-bundle-downloader",
    severity: Severity::Error,
    about: "With enable_bundle_downloader off or bundle_base_url empty an API that names a bundle is dropped, and answers \
            404.",
    source: "recorded: gateway/801 and 802 on a running Gateway 5.14.0",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    let Some((file, bundle)) = user_of_bundle(facts) else { return };
    for conf in &facts.confs {
        if !conf.is_on(keys::ENABLE_BUNDLE_DOWNLOADER) {
            let key = keys::ENABLE_BUNDLE_DOWNLOADER;
            let message = format!(
                "{} is off, so the API of {file} is dropped: it needs {bundle}",
                key.name()
            );
            say(report, conf, key, message).fixed_by(set(conf, key, true));
        }
        if conf.text(keys::BUNDLE_BASE_URL).is_empty() {
            let key = keys::BUNDLE_BASE_URL;
            let message = format!(
                "{} is empty, so the API of {file} is dropped: it needs {bundle}",
                key.name()
            );
            say(report, conf, key, message)
                .fixed_by(set(conf, key, "http://127.0.0.1:8000/").map(Fix::guessed));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::try_on::found;
    use super::super::try_on::{conf, fixed, nothing, with_bundle};
    use super::RULE;

    #[test]
    fn a_bundle_that_nobody_fetches() {
        let off = r#"{"enable_bundle_downloader": false, "bundle_base_url": "http://h/"}"#;
        assert_eq!(fixed(RULE.id, &with_bundle(off)), off.replace("false", "true"));
        let nowhere = r#"{"enable_bundle_downloader": true, "bundle_base_url": ""}"#;
        let somewhere = nowhere.replace(r#""""#, r#""http://127.0.0.1:8000/""#);
        assert_eq!(fixed(RULE.id, &with_bundle(nowhere)), somewhere);
        assert_eq!(found(RULE.id, &with_bundle("{}")).len(), 2);
    }

    #[test]
    fn a_gateway_without_such_an_api_is_left_alone() {
        nothing(RULE.id, &conf("{}"));
        let on = r#"{"enable_bundle_downloader": true, "bundle_base_url": "http://h/"}"#;
        nothing(RULE.id, &with_bundle(on));
    }
}

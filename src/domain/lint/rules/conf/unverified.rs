//! Checks of bundles that are switched off.

use super::{say, set};
use crate::domain::conf::keys;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "conf-unverified",
    severity: Severity::Hint,
    about: "bundle_insecure_skip_verify trusts any certificate of the bundle host, and skip_verify_existing_plugin_bundle \
            whatever lies on the disk: with a public key, who can change either can run code.",
    source: "Tyk Gateway: gateway/coprocess_bundle.go; the second recorded",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for conf in facts.confs.iter().filter(|conf| !conf.text(keys::PUBLIC_KEY_PATH).is_empty()) {
        for (key, what) in [
            (keys::BUNDLE_INSECURE_SKIP_VERIFY, "any certificate of the bundle host is trusted"),
            (keys::SKIP_VERIFY_EXISTING_PLUGIN_BUNDLE, "what lies on the disk is not verified"),
        ] {
            if conf.is_on(key) {
                let message = format!("public_key_path is set, but {what}: {} is on", key.name());
                say(report, conf, key, message).fixed_by(set(conf, key, false));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::try_on::{conf, fixed, nothing};
    use super::RULE;

    #[test]
    fn a_key_beside_a_check_that_is_off() {
        for key in ["bundle_insecure_skip_verify", "skip_verify_existing_plugin_bundle"] {
            let text = format!(r#"{{"public_key_path": "/k.pem", "{key}": true}}"#);
            assert_eq!(fixed(RULE.id, &conf(&text)), text.replace("true", "false"));
            nothing(RULE.id, &conf(&format!(r#"{{"{key}": true}}"#)));
        }
    }
}

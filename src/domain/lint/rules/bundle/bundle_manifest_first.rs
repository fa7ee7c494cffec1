//! A manifest that is not the last entry.

use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "bundle-manifest-first",
    severity: Severity::Hint,
    about: "Where unpacking fails after the manifest was written, Gateways from 5.8.7 on keep the folder and take it for an existing bundle, which may load: so a manifest comes last.",
    source: "Tyk Gateway: gateway/coprocess_bundle.go; recorded loads: reload-failed-unzip-manifest-first-unsigned",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for bundle in &facts.bundles {
        if !bundle.manifest_is_last && bundle.refusals.is_empty() {
            report.say(
                &bundle.file,
                "manifest.json is not the last entry: tyk-tui build puts it there",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::try_on::bundle;
    use super::RULE;
    use crate::domain::lint::rules::try_on::found;

    #[test]
    fn a_manifest_before_other_entries() {
        let caught = found(RULE.id, &bundle(|bundle| bundle.manifest_is_last = false));
        assert_eq!(caught.len(), 1);
        assert_eq!(found(RULE.id, &bundle(|_| {})), []);
    }
}

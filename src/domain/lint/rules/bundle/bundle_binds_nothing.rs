//! A signature over nothing.

use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "bundle-binds-nothing",
    severity: Severity::Hint,
    about: "Checksum and signature are over the listed files: without any, every bundle under one key has the same signature, and the manifest can be changed at will. It is normal for driver grpc.",
    source: "Tyk Gateway: gateway/coprocess_bundle.go; recorded",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for bundle in &facts.bundles {
        if bundle.is_signed() && !bundle.has_files() && bundle.refusals.is_empty() {
            report.say(
                &bundle.file,
                "file_list is empty, so the signature binds nothing of this bundle",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::try_on::{bundle, manifest};
    use super::RULE;
    use crate::domain::lint::rules::try_on::found;

    #[test]
    fn a_signature_over_no_files() {
        let caught = found(RULE.id, &bundle(|bundle| manifest(bundle).file_list = None));
        assert_eq!(caught.len(), 1);
        let unsigned = bundle(|bundle| {
            manifest(bundle).file_list = None;
            manifest(bundle).signature.clear();
        });
        assert_eq!(found(RULE.id, &unsigned), []);
        assert_eq!(found(RULE.id, &bundle(|_| {})), []);
    }
}

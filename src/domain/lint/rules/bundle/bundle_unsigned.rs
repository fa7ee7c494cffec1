//! A bundle without a signature.

use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "bundle-unsigned",
    severity: Severity::Hint,
    about: "A Gateway with public_key_path refuses a bundle that is not signed; one without takes whatever the bundle host gives out.",
    source: "recorded: Bundle isn't signed",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for bundle in &facts.bundles {
        // Where the key is known, a Gateway with it refuses the bundle: that is said already.
        if !bundle.is_signed() && bundle.refusals.is_empty() {
            report.say(&bundle.file, "the bundle is not signed: build it with --key");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::try_on::{bundle, manifest};
    use super::RULE;
    use crate::domain::lint::Unusable;
    use crate::domain::lint::rules::try_on::found;

    #[test]
    fn an_unsigned_bundle_where_no_key_is_known() {
        let unsigned = bundle(|bundle| manifest(bundle).signature.clear());
        assert_eq!(found(RULE.id, &unsigned).len(), 1);
        let mut refused = unsigned;
        let unusable = Unusable { found: "Bundle isn't signed".into(), help: "sign it".into() };
        refused.bundles[0].refusals.push(unusable);
        assert_eq!(found(RULE.id, &refused), []);
        assert_eq!(found(RULE.id, &bundle(|_| {})), []);
    }
}

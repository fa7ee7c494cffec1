//! A bundle that no Gateway loads.

use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "bundle-refused",
    severity: Severity::Error,
    about: "A Gateway refuses this bundle when it downloads it, and drops every API that names it: they answer 404.",
    source: "recorded loads; the message is the Gateway's own",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for bundle in &facts.bundles {
        if let Some(first) = bundle.refusals.first() {
            report.say(&bundle.file, format!("{}: {}", first.found, first.help));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::try_on::bundle;
    use super::RULE;
    use crate::domain::lint::Unusable;
    use crate::domain::lint::rules::try_on::found;

    #[test]
    fn a_bundle_that_a_gateway_refuses() {
        let refusal = Unusable { found: "invalid checksum".into(), help: "build it anew".into() };
        let caught = found(RULE.id, &bundle(|bundle| bundle.refusals.push(refusal)));
        assert_eq!(caught[0].message, "invalid checksum: build it anew");
        assert_eq!(found(RULE.id, &bundle(|_| {})), []);
    }
}

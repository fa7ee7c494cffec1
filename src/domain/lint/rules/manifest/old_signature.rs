//! A checksum or signature in the source manifest.

use super::listed::text;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "old-signature",
    severity: Severity::Hint,
    about: "Building writes the bundle's own checksum and signature. The reference tool lets an old signature survive an unsigned build, and Gateways with a key refuse that bundle.",
    source: "recorded: bundles old-signature",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for manifest in &facts.manifests {
        for name in ["checksum", "signature"] {
            let old = manifest.definition.field(&[name]);
            if old.text().is_empty() {
                continue;
            }
            let text = text(manifest);
            let message = format!("this {name} is not used: building writes the bundle's own");
            let fix = old.value.and_then(|value| text.remove(value));
            report.on_field(&text, &old, message).fixed_by(fix);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{fixed, found, manifest};

    #[test]
    fn it_can_go() {
        let facts = manifest(r#"{"file_list": [], "signature": "x"}"#);
        assert_eq!(fixed("old-signature", &facts), r#"{"file_list": []}"#);
        assert_eq!(found("old-signature", &manifest(r#"{"checksum": "", "signature": ""}"#)), []);
    }
}

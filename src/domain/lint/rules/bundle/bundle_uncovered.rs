//! Files that the signature does not cover.

use super::some;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "bundle-uncovered",
    severity: Severity::Warning,
    about: "Only what file_list names is covered by checksum and signature: another file of the zip, such as a vendor/ that was added with zip -r, can be changed without breaking either.",
    source: "Tyk Gateway: gateway/coprocess_bundle.go; recorded",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for bundle in &facts.bundles {
        let Some(names) = some(&bundle.uncovered) else { continue };
        let message = format!(
            "{names}: in the zip, but not in file_list, so neither checksum nor signature covers it"
        );
        report.say(&bundle.file, message);
    }
}

#[cfg(test)]
mod tests {
    use super::super::try_on::bundle;
    use super::RULE;
    use crate::domain::lint::rules::try_on::found;

    #[test]
    fn a_file_that_anybody_can_change() {
        let uncovered = ["vendor/a.py", "vendor/b.py"].map(str::to_owned);
        let caught = found(RULE.id, &bundle(|bundle| bundle.uncovered = uncovered.into()));
        assert!(caught[0].message.starts_with("vendor/a.py and 1 more: "));
        assert_eq!(found(RULE.id, &bundle(|_| {})), []);
    }
}

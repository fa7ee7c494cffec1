//! Entries of one name.

use super::some;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "bundle-entry-twice",
    severity: Severity::Warning,
    about: "Of two entries with one name the last one wins: what a person or another tool sees in the zip is not what runs.",
    source: "recorded loads: duplicate-file-last-wins",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for bundle in facts.bundles.iter().filter(|bundle| bundle.refusals.is_empty()) {
        if let Some(names) = some(&bundle.replaced) {
            let message = format!("{names}: in the zip more than once, and the last one counts");
            report.say(&bundle.file, message);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::try_on::bundle;
    use super::RULE;
    use crate::domain::lint::rules::try_on::found;

    #[test]
    fn the_last_entry_of_a_name_counts() {
        let caught = found(RULE.id, &bundle(|bundle| bundle.replaced.push("a.txt".into())));
        assert!(caught[0].message.starts_with("a.txt: "));
        assert_eq!(found(RULE.id, &bundle(|_| {})), []);
    }
}

//! Symbolic links.

use super::some;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "bundle-link",
    severity: Severity::Warning,
    about: "A Gateway makes a plain file of a symbolic link, with the name of the link's target for its text: code in it does not run.",
    source: "recorded loads: name-symlink-listed",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for bundle in facts.bundles.iter().filter(|bundle| bundle.refusals.is_empty()) {
        if let Some(names) = some(&bundle.links) {
            let message = format!(
                "{names}: a symbolic link, which becomes a file with its target's name in it: tyk-tui build stores what \
                 it leads to"
            );
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
    fn a_link_is_not_followed() {
        let caught = found(RULE.id, &bundle(|bundle| bundle.links.push("a.py".into())));
        assert!(caught[0].message.starts_with("a.py: a symbolic link"));
        assert_eq!(found(RULE.id, &bundle(|_| {})), []);
    }
}

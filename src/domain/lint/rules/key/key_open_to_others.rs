//! A private key that others may read.

use crate::domain::lint::{Facts, KeyRole, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "key-open-to-others",
    severity: Severity::Warning,
    about: "Who can read the signing key can sign code that Gateways run.",
    source: "the habit of ssh, which refuses such keys",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    let private = facts.keys.iter().filter(|key| key.role == KeyRole::Private);
    for key in private.filter(|key| key.open_to_others) {
        let message =
            format!("others than its owner may read this private key: chmod 600 {}", key.file);
        report.say(&key.file, message);
    }
}

#[cfg(test)]
mod tests {
    use super::super::try_on::{keys, rsa};
    use super::RULE;
    use crate::domain::lint::KeyRole::{Private, Public};
    use crate::domain::lint::rules::try_on::found;

    #[test]
    fn a_private_key_alone_must_be_its_owners() {
        let open = |role| {
            let mut key = rsa(role, "a", 2048);
            key.open_to_others = true;
            keys([key])
        };
        assert_eq!(found(RULE.id, &open(Private)).len(), 1);
        assert_eq!(found(RULE.id, &open(Public)), []);
        assert_eq!(found(RULE.id, &keys([rsa(Private, "a", 2048)])), []);
    }
}

//! An RSA key that is weak.

use crate::domain::lint::{Facts, Key, Report, Rule};
use crate::domain::task::Severity;

/// Bits that a key should have.
const GOOD: usize = 2048;

pub(super) static RULE: Rule = Rule {
    id: "key-too-short",
    severity: Severity::Warning,
    about: "RSA keys below 2048 bits can be broken: who does it can sign code that Gateways run.",
    source: "NIST SP 800-131A",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for file in &facts.keys {
        if let Ok(Key::Rsa { bits, .. }) = &file.key
            && *bits < GOOD
        {
            let message = format!(
                "the key has {bits} bits, and should have {GOOD}: tyk-tui keygen makes one"
            );
            report.say(&file.file, message);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::try_on::{keys, rsa};
    use super::RULE;
    use crate::domain::lint::KeyRole::Private;
    use crate::domain::lint::rules::try_on::found;

    #[test]
    fn below_2048_bits() {
        assert_eq!(found(RULE.id, &keys([rsa(Private, "a", 1024)])).len(), 1);
        assert_eq!(found(RULE.id, &keys([rsa(Private, "a", 2048)])), []);
    }
}

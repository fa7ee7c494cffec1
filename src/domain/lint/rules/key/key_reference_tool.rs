//! A signing key that we take, and the reference tool does not.

use crate::domain::lint::{Facts, Key, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "key-reference-tool",
    severity: Severity::Hint,
    about: "`tyk bundle build` signs with unencrypted PKCS#1 and PKCS#8 alone; `tyk-tui build` takes OpenSSH and encrypted keys too.",
    source: "recorded builds of the reference tool",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for file in &facts.keys {
        let what = match &file.key {
            Ok(Key::Encrypted) => "is encrypted",
            Ok(Key::Rsa { ours_alone: true, .. }) => "has OpenSSH's format",
            _ => continue,
        };
        let message =
            format!("the key {what}: tyk-tui signs with it, `tyk bundle build` refuses it");
        report.say(&file.file, message);
    }
}

#[cfg(test)]
mod tests {
    use super::super::try_on::{keys, rsa};
    use super::RULE;
    use crate::domain::lint::rules::try_on::found;
    use crate::domain::lint::{Key, KeyRole::Private};

    #[test]
    fn keys_that_the_reference_tool_refuses() {
        let mut key = rsa(Private, "a", 2048);
        assert_eq!(found(RULE.id, &keys([key.clone()])), []);
        key.key = Ok(Key::Encrypted);
        assert_eq!(found(RULE.id, &keys([key.clone()])).len(), 1);
        key.key = Ok(Key::Rsa { bits: 2048, fingerprint: "a".into(), ours_alone: true });
        assert!(found(RULE.id, &keys([key]))[0].message.contains("OpenSSH"));
    }
}

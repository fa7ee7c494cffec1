//! A key that cannot do what it is for.

use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "key-not-usable",
    severity: Severity::Error,
    about: "Bundles are signed with RSA keys; Gateways verify with RSA keys in PEM as PUBLIC KEY or RSA PUBLIC KEY, never with \
            certificates or ssh-rsa lines: a Gateway with another `public_key_path` refuses every bundle.",
    source: "Tyk Gateway: goverify; recorded with every key of bundles/keys",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for file in &facts.keys {
        if let Err(unusable) = &file.key {
            report.say(&file.file, format!("{}: {}", unusable.found, unusable.help));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::try_on::{keys, rsa};
    use super::RULE;
    use crate::domain::lint::rules::try_on::found;
    use crate::domain::lint::{KeyRole, Unusable};

    #[test]
    fn a_key_that_a_gateway_refuses() {
        let mut key = rsa(KeyRole::Public, "a", 2048);
        assert_eq!(found(RULE.id, &keys([key.clone()])), []);
        key.key = Err(Unusable { found: "a certificate".into(), help: "openssl x509".into() });
        assert_eq!(found(RULE.id, &keys([key]))[0].message, "a certificate: openssl x509");
    }
}

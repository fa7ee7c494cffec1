//! A public key that is not the signing key's.

use crate::domain::lint::{Facts, Key, KeyFile, KeyRole, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "key-pair",
    severity: Severity::Error,
    about: "What one key signed another does not verify: a Gateway with this `public_key_path` refuses every bundle that is \
            signed with this key.",
    source: "recorded: crypto/rsa: verification error",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    let of = |role| facts.keys.iter().filter(move |key| key.role == role);
    for public in of(KeyRole::Public) {
        let Some(verifies) = fingerprint(public) else { continue };
        let mut signing = of(KeyRole::Private).filter_map(|key| Some((key, fingerprint(key)?)));
        // Of several pairs that were given one is its own.
        let other = signing.clone().find(|(_, signs)| *signs != verifies);
        if signing.all(|(_, signs)| signs != verifies)
            && let Some((key, _)) = other
        {
            let message = format!(
                "this is not the public key of {}: a Gateway with it refuses what that signs",
                key.file
            );
            report.say(&public.file, message);
        }
    }
}

fn fingerprint(file: &KeyFile) -> Option<&str> {
    match &file.key {
        Ok(Key::Rsa { fingerprint, .. }) => Some(fingerprint),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::try_on::{keys, rsa};
    use super::RULE;
    use crate::domain::lint::KeyRole::{Private, Public};
    use crate::domain::lint::rules::try_on::found;

    #[test]
    fn keys_that_do_not_belong_together() {
        let caught = found(RULE.id, &keys([rsa(Private, "a", 2048), rsa(Public, "b", 2048)]));
        assert_eq!(caught[0].file, "b.pem");
        assert!(caught[0].message.contains("a.pem"));
        let pair = [rsa(Private, "a", 2048), rsa(Public, "a", 2048)];
        assert_eq!(found(RULE.id, &keys(pair)), []);
        assert_eq!(found(RULE.id, &keys([rsa(Public, "b", 2048)])), []);
    }
}

//! The signing key in the bundle that it signs.

use crate::domain::bundle::clean;
use crate::domain::lint::rules::manifest::listed::{names, text};
use crate::domain::lint::{Facts, KeyRole, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "key-listed",
    severity: Severity::Error,
    about: "Whoever can download a bundle has the files in it: a signing key among them signs anybody's code for the Gateway.",
    source: "Tyk Gateway: a bundle host asks nobody who they are",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    let private: Vec<_> = facts.keys.iter().filter(|key| key.role == KeyRole::Private).collect();
    for (manifest, name, value) in names(facts) {
        let Ok(clean) = clean(&name) else { continue };
        let file = manifest.shown(&clean);
        if private.iter().any(|key| key.file == file) {
            let message = format!(
                "{name} is the key that signs the bundle: take it out of it, and make a new one"
            );
            let text = text(manifest);
            report.on_value(&text, value, message).fixed_by(text.remove(value));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::try_on::{keys, rsa};
    use super::RULE;
    use crate::domain::lint::rules::try_on::{fixed, found, manifest};
    use crate::domain::lint::{Facts, KeyRole};

    fn facts(list: &str, role: KeyRole) -> Facts {
        let keys = keys([rsa(role, "signing", 2048)]).keys;
        Facts { keys, ..manifest(&format!(r#"{{"file_list": {list}}}"#)) }
    }

    #[test]
    fn the_signing_key_is_in_the_bundle() {
        let listed = facts(r#"["a", "./signing.pem"]"#, KeyRole::Private);
        assert_eq!(fixed(RULE.id, &listed), r#"{"file_list": ["a"]}"#);
        assert_eq!(found(RULE.id, &facts(r#"["a", "keys/signing.pem"]"#, KeyRole::Private)), []);
        assert_eq!(found(RULE.id, &facts(r#"["signing.pem"]"#, KeyRole::Public)), []);
    }
}

//! A key at the root that the schema of Tyk OAS refuses.

use crate::domain::api::{Kind, keys};
use crate::domain::lint::text::shown;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::nearest::nearest;
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "oas-root-key",
    severity: Severity::Error,
    about: "A Tyk OAS definition with an unknown key at its root is refused (400); only x-… is free there.",
    source: "recorded: 353, 354",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for text in facts.api_texts().filter(|text| text.definition.kind() == Kind::Oas) {
        for member in text.definition.root().children() {
            let key = member.key().unwrap_or_default();
            if keys::is_known(Kind::Oas, &key) {
                continue;
            }
            let meant = nearest(&key, keys::OPENAPI.iter().copied());
            let known = |name: &&str| text.definition.root().member(name).is_none();
            let (message, fix) = match meant.filter(known) {
                Some(meant) => (
                    format!("the key {} is refused here: did you mean {meant}?", shown(&key)),
                    text.rename(member, meant),
                ),
                // What somebody wrote there is kept.
                None => (
                    format!("the key {} is refused here: only x-\u{2026} is free", shown(&key)),
                    text.rename(member, &format!("x-{key}")),
                ),
            };
            report.on_value(&text, member, message).fixed_by(fix);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{api, fixed, found};

    #[test]
    fn only_keys_of_openapi_and_ones_own_with_x() {
        let with = |key: &str| api(&format!(r#"{{"x-tyk-api-gateway": {{}}, "{key}": {{}}}}"#));
        let kept = fixed("oas-root-key", &with("mine"));
        assert_eq!(kept, r#"{"x-tyk-api-gateway": {}, "x-mine": {}}"#);
        assert!(fixed("oas-root-key", &with("serverz")).contains(r#""servers": {}"#));
        let yaml = api("openapi: 3.0.3\nx-tyk-api-gateway: {}\n'serverz':  # all\n- url: a\n");
        assert!(fixed("oas-root-key", &yaml).ends_with("\n'servers':  # all\n- url: a\n"));
        assert_eq!(found("oas-root-key", &with("x-mine")), []);
        assert_eq!(found("oas-root-key", &with("components")), []);
        assert_eq!(found("oas-root-key", &api(r#"{"mine": 1}"#)), []);
    }
}

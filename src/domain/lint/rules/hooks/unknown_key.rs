//! A key that nobody reads.

use super::post_auth_check;
use super::sections::{Section, members};
use crate::domain::json::Value;
use crate::domain::lint::text::{Text, shown};
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::nearest::nearest;
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "unknown-key",
    severity: Severity::Warning,
    about: "Gateways pass over keys that they do not know, so a misspelt one is as good as absent.",
    source: "Go's encoding/json; Tyk OAS definitions with unknown keys, recorded (353, 354)",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for text in facts.texts() {
        for member in members(&text) {
            if member.name.is_none()
                && let Some(section) = member.section
            {
                unknown(&text, member.value, section, report);
            }
        }
    }
}

fn unknown(text: &Text<'_>, member: Value<'_>, section: &Section, report: &mut Report<'_>) {
    let key = shown(&member.key().unwrap_or_default());
    if !section.closed || key == post_auth_check::KEY || key.starts_with("x-") {
        return;
    }
    // The same setting of an id extractor has another name in each of the two formats.
    let other_format = match key.as_str() {
        "formParamName" if section.map => Some("param_name"),
        _ => None,
    };
    let Some(name) = other_format.or_else(|| nearest(&key, section.names())) else {
        if !section.map {
            let message = format!("unknown key {key}: Gateways ignore it");
            report.on_value(text, member, message).as_grave_as(Severity::Hint);
        }
        return;
    };
    let message = format!("unknown key {key}, which Gateways ignore: did you mean {name}?");
    let is_taken = member.parent().is_some_and(|parent| parent.field(name).is_some());
    let fix = if is_taken { None } else { text.rename(member, name) };
    report.on_value(text, member, message).fixed_by(fix);
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{
        api, caught, fixed, found, manifest, middleware, oas,
    };
    use crate::domain::task::Severity;

    #[test]
    fn a_misspelt_key_is_given_the_nearest_known_name() {
        let facts = middleware(r#""pre": [{"nmae": "A"}]"#);
        let path = "custom_middleware.pre[0].nmae".to_owned();
        assert_eq!(caught("unknown-key", &facts), [(Severity::Warning, path)]);
        assert!(fixed("unknown-key", &facts).contains(r#""pre": [{"name": "A"}]"#));
        let config = r#""id_extractor": {"extractor_config": {"formParamName": "x", "mine": 1}}"#;
        assert!(fixed("unknown-key", &middleware(config)).contains(r#""param_name": "x""#));
        let facts = oas("", r#""prePlugins": [{"enabled": true, "functionname2": "A"}]"#);
        assert!(fixed("unknown-key", &facts).contains(r#""functionName": "A""#));
    }

    #[test]
    fn a_key_of_ones_own_is_a_hint_and_one_elsewhere_is_left_alone() {
        assert_eq!(
            caught("unknown-key", &manifest(r#"{"$schema": 1}"#)),
            [(Severity::Hint, "$schema".to_owned())]
        );
        assert_eq!(found("unknown-key", &api(r#"{"nmae": 1, "proxy": {"listen_pth": "/"}}"#)), []);
        assert_eq!(found("unknown-key", &middleware(r#""PRE": [{"NAME": "A"}]"#)), []);
    }

    #[test]
    fn no_fix_makes_a_key_twice() {
        let found = found("unknown-key", &middleware(r#""pre": [{"nmae": "A", "name": "B"}]"#));
        assert_eq!(found[0].fix, None);
    }
}

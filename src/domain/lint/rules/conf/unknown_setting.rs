//! A misspelt setting.

use crate::domain::conf::KEYS;
use crate::domain::json::{Edit, Value};
use crate::domain::lint::{Facts, Fix, Report, Rule};
use crate::domain::nearest::nearest;
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "conf-unknown-setting",
    severity: Severity::Warning,
    about: "The Gateway passes over keys that it does not know, so a misspelt setting has no effect.",
    source: "Go's encoding/json; the Gateway's configuration types",
    check,
};

/// All that the Gateway knows there.
const COPROCESS: &str = "coprocess_options";

fn check(facts: &Facts, report: &mut Report<'_>) {
    for conf in &facts.confs {
        let Some(file) = conf.file.as_deref() else { continue };
        let known = |section: &'static str| {
            KEYS.iter().filter_map(move |key| match key.words {
                [word] if section.is_empty() => Some(*word),
                [first, word] if *first == section => Some(*word),
                _ => None,
            })
        };
        for member in conf.section(&[COPROCESS]) {
            let Some(name) = member.key() else { continue };
            if known(COPROCESS).any(|word| word.eq_ignore_ascii_case(&name)) {
                continue;
            }
            let near = nearest(&name, known(COPROCESS));
            let message = match near {
                Some(near) => format!("{COPROCESS} has no {name}: {near} is meant"),
                None => format!("{COPROCESS} has no {name} that is known"),
            };
            let finding = report.say(file, message).at(member.key_place()).on(member.path());
            finding.fixed_by(near.and_then(|near| renamed(file, member, near)));
            if near.is_none() {
                finding.as_grave_as(Severity::Hint);
            }
        }
        // At the top the Gateway knows hundreds of others: only what is nearly the name of a bundle's setting counts.
        for member in conf.section(&[]) {
            let Some(name) = member.key().filter(|name| name.to_lowercase().contains("bundle"))
            else {
                continue;
            };
            let bundle = || known("").filter(|word| word.contains("bundle"));
            if bundle().any(|word| word.eq_ignore_ascii_case(&name)) {
                continue;
            }
            if let Some(near) = nearest(&name, bundle()) {
                let message = format!("there is no setting {name}: {near} is meant");
                let finding = report.say(file, message).at(member.key_place()).on(member.path());
                finding.fixed_by(renamed(file, member, near));
            }
        }
    }
}

fn renamed(file: &str, member: Value<'_>, name: &str) -> Option<Fix> {
    let edit = Edit { span: member.key_span()?, text: format!("\"{name}\"") };
    Some(Fix::one(format!("rename it to {name}"), file, edit))
}

#[cfg(test)]
mod tests {
    use super::super::try_on::{conf, fixed, nothing, one};
    use super::RULE;
    use crate::domain::task::Severity;

    #[test]
    fn a_misspelt_setting_is_renamed() {
        for (wrong, right) in [
            ("coprocess_grpc_sever", "coprocess_grpc_server"),
            ("enable_co_process", "enable_coprocess"),
        ] {
            let text = |key| format!(r#"{{"coprocess_options": {{"{key}": ""}}}}"#);
            assert_eq!(fixed(RULE.id, &conf(&text(wrong))), text(right));
        }
        let text = r#"{"enable_bundle_downlaoder": true}"#;
        assert_eq!(fixed(RULE.id, &conf(text)), r#"{"enable_bundle_downloader": true}"#);
    }

    #[test]
    fn what_a_newer_gateway_may_know_is_a_hint_and_other_sections_are_left_alone() {
        let found = one(RULE.id, &conf(r#"{"coprocess_options": {"tls": true}}"#));
        assert_eq!(found.severity, Severity::Hint);
        nothing(RULE.id, &conf(r#"{"Coprocess_Options": {"Enable_Coprocess": true}}"#));
        nothing(RULE.id, &conf(r#"{"sekret": "", "analytics_config": {"a": 1}}"#));
    }
}

//! A setting of a type that the Gateway cannot read.

use super::say;
use crate::domain::conf::{KEYS, Kind};
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "conf-setting-type",
    severity: Severity::Error,
    about: "A value of another type than the setting takes cannot be read: tyk.conf as a whole is then not.",
    source: "Go's encoding/json and strconv, with which the Gateway reads its settings",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for conf in &facts.confs {
        for key in KEYS.iter().copied() {
            let setting = conf.get(key);
            if setting.fits() {
                continue;
            }
            let wanted = match key.kind {
                Kind::Text | Kind::Secret => "text in quotes",
                Kind::Switch => "true or false, without quotes",
                Kind::Number => "a whole number",
            };
            let message = format!("{} is {}: it takes {wanted}", key.name(), setting.shown());
            let truth =
                setting.value.as_ref().and_then(|value| value.as_str()?.parse::<bool>().ok());
            let fix = truth.filter(|_| key.kind == Kind::Switch);
            let fix = fix.and_then(|truth| super::set(conf, key, truth));
            say(report, conf, key, message).fixed_by(fix);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::try_on::{conf, fixed, nothing, one};
    use super::RULE;

    #[test]
    fn a_value_of_another_type() {
        let quoted = r#"{"coprocess_options": {"enable_coprocess": "true"}}"#;
        assert_eq!(fixed(RULE.id, &conf(quoted)), quoted.replace("\"true\"", "true"));
        assert!(one(RULE.id, &conf(r#"{"listen_port": "80"}"#)).message.contains("whole number"));
        nothing(RULE.id, &conf(r#"{"enable_jsvm": true, "secret": "1", "app_path": null}"#));
    }
}

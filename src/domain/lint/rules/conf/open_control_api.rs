//! A control API that lets anyone in.

use serde_json::Value as Json;

use super::say;
use crate::domain::conf::{Source, keys};
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "conf-open-control-api",
    severity: Severity::Error,
    about: "An empty secret lets anyone use the control API: change APIs, and read and make keys.",
    source: "recorded: gateway/812 on a running Gateway 5.14.0",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for conf in &facts.confs {
        let secret = conf.get(keys::SECRET);
        let message = "the secret is empty, so anyone may use the control API";
        if secret.value == Some(Json::String(String::new())) {
            say(report, conf, keys::SECRET, message);
        } else if secret.source == Source::Default && conf.file.is_some() {
            // TYK_GW_SECRET may be set where the Gateway runs.
            let message = format!(
                "there is no secret here: unless {} is set, {message}",
                keys::SECRET.variable()
            );
            say(report, conf, keys::SECRET, message).as_grave_as(Severity::Hint);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::try_on::{conf, nothing, one};
    use super::RULE;
    use crate::domain::task::Severity;

    #[test]
    fn an_empty_secret_is_none() {
        assert_eq!(one(RULE.id, &conf(r#"{"secret": ""}"#)).severity, Severity::Error);
        assert_eq!(one(RULE.id, &conf("{}")).severity, Severity::Hint);
        nothing(RULE.id, &conf(r#"{"secret": "s"}"#));
    }
}

//! A switch without effect.

use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "require-session-grpc",
    severity: Severity::Hint,
    about: "require_session changes nothing for gRPC: a Dispatch has the session once there is one.",
    source: "recorded Dispatches of a 5.14.0",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for text in facts.texts().filter(|text| text.definition.driver().text() == "grpc") {
        for plugin in text.definition.plugins() {
            let switch = &plugin.require_session;
            if switch.is_true() {
                let message = "it changes nothing for the driver grpc: a Dispatch has the session once there is one";
                let fix = switch.value.and_then(|value| text.remove(value));
                report.on_field(&text, switch, message).fixed_by(fix);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{fixed, found, manifest, middleware};

    #[test]
    fn it_counts_for_code_inside_the_gateway_alone() {
        let facts = middleware(r#""post": [{"name": "A", "require_session": true}]"#);
        assert!(fixed("require-session-grpc", &facts).contains(r#""post": [{"name": "A"}]"#));
        let text = r#"{"custom_middleware": {"driver": "otto", "post": [{"name": "A", "require_session": true}]}}"#;
        assert_eq!(found("require-session-grpc", &manifest(text)), []);
    }
}

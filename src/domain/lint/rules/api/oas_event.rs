//! An event handler that Tyk OAS does not have.

use crate::domain::api::Kind;
use crate::domain::lint::{Facts, Fix, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "oas-event",
    severity: Severity::Error,
    about: "A Tyk OAS definition cannot send its events to a plugin: its schema refuses the handler.",
    source: "recorded: 852, 853",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for text in facts.api_texts().filter(|text| text.definition.kind() == Kind::Oas) {
        for handler in text.definition.event_handlers() {
            let kind = handler.handler.text();
            if matches!(kind.as_str(), "cp_dynamic_handler" | "coprocess") {
                let message = "Tyk OAS APIs cannot send events to a plugin: only classic ones can";
                let fix =
                    handler.entry.value.and_then(|entry| text.remove(entry)).map(Fix::guessed);
                report.on_field(&text, &handler.handler, message).fixed_by(fix);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{fixed, found, oas};

    #[test]
    fn a_webhook_can_be_had() {
        let with = |kind: &str| {
            oas(
                &format!(
                    r#""eventHandlers": [{{"enabled": true, "trigger": "AuthFailure", "type": "{kind}"}}]"#
                ),
                "",
            )
        };
        assert!(fixed("oas-event", &with("cp_dynamic_handler")).contains(r#""eventHandlers": []"#));
        assert_eq!(found("oas-event", &with("webhook")), []);
    }
}

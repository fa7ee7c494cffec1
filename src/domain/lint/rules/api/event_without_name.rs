//! An event handler that ends the Gateway.

use crate::domain::api::Kind;
use crate::domain::api::events::PLUGIN_HANDLER;
use crate::domain::lint::{Facts, Fix, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "event-without-name",
    severity: Severity::Error,
    about: "A cp_dynamic_handler whose handler_meta.name is missing or no string ends the Gateway's process at the reload, and again at every start until the definition is gone.",
    source: "recorded: 781, 782, 783",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for text in facts.api_texts().filter(|text| text.definition.kind() == Kind::Classic) {
        for handler in text.definition.event_handlers() {
            let is_text = handler.name.value.is_some_and(|name| name.string().is_some());
            if handler.handler.text() == PLUGIN_HANDLER && !is_text {
                let message = "handler_meta.name is missing or no string: the Gateway's process ends at the reload and at every start";
                let fix =
                    handler.entry.value.and_then(|entry| text.remove(entry)).map(Fix::guessed);
                report.on_field(&text, &handler.name, message).fixed_by(fix);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{api, fixed, found};

    #[test]
    fn a_name_that_is_no_text_is_none() {
        let with = |meta: &str| {
            api(&format!(
                r#"{{"event_handlers": {{"events": {{"AuthFailure": [{{"handler_name": "cp_dynamic_handler"{meta}}}]}}}}}}"#
            ))
        };
        for meta in ["", r#", "handler_meta": {}"#, r#", "handler_meta": {"name": 1}"#] {
            assert!(fixed("event-without-name", &with(meta)).contains(r#""AuthFailure": []"#));
        }
        assert_eq!(found("event-without-name", &with(r#", "handler_meta": {"name": "E"}"#)), []);
        let other = r#"{"event_handlers": {"events": {"AuthFailure": [{"handler_name": "eh_log_handler"}]}}}"#;
        assert_eq!(found("event-without-name", &api(other)), []);
    }
}

//! An event handler that no Gateway has.

use crate::domain::api::Kind;
use crate::domain::api::events::HANDLERS;
use crate::domain::lint::text::shown;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::nearest::nearest;
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "event-handler-name",
    severity: Severity::Warning,
    about: "A Gateway passes over a handler that it does not know: the event reaches nobody.",
    source: "recorded: event-unknown-handler; the Gateway's source, gateway/event_system.go",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    let names = HANDLERS.map(|(name, _)| name);
    for text in facts.api_texts().filter(|text| text.definition.kind() == Kind::Classic) {
        for handler in text.definition.event_handlers() {
            let name = handler.handler.text();
            if name.is_empty() || names.contains(&name.as_str()) {
                continue;
            }
            let meant = nearest(&name, names);
            let message = match meant {
                Some(meant) => {
                    format!("no Gateway has the handler {}: did you mean {meant}?", shown(&name))
                }
                None => format!(
                    "no Gateway has the handler {}: it has {}",
                    shown(&name),
                    names.join(", ")
                ),
            };
            let fix = meant.and_then(|meant| text.set(&handler.handler.path, meant));
            report.on_field(&text, &handler.handler, message).fixed_by(fix);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{api, fixed, found};

    #[test]
    fn the_nearest_is_offered() {
        let with = |handler: &str| {
            api(&format!(
                r#"{{"event_handlers": {{"events": {{"AuthFailure": [{{"handler_name": "{handler}"}}]}}}}}}"#
            ))
        };
        assert!(
            fixed("event-handler-name", &with("cp_dynamic_handlr")).contains("cp_dynamic_handler")
        );
        assert_eq!(found("event-handler-name", &with("mine"))[0].fix, None);
        assert_eq!(found("event-handler-name", &with("eh_log_handler")), []);
    }
}

//! An event that never comes.

use crate::domain::api::Kind;
use crate::domain::api::events::{EVENTS, PLUGIN_HANDLER, is_event, reaches_plugins};
use crate::domain::lint::text::shown;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::nearest::nearest;
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "event-name",
    severity: Severity::Warning,
    about: "A Gateway passes over handlers of an event that it does not have, and the Token events reach no plugin.",
    source: "the Gateway's source, apidef and gateway/event_system.go; recorded: event-unknown-event, event-token-created",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for text in facts.api_texts().filter(|text| text.definition.kind() == Kind::Classic) {
        for (event, handlers) in text.definition.field(&["event_handlers", "events"]).members() {
            let plugin = handlers
                .elements()
                .any(|entry| entry.member("handler_name").text() == PLUGIN_HANDLER);
            if plugin && !reaches_plugins(&event) && is_event(&event) {
                report.on_field(&text, &handlers, format!("{event} reaches no plugin"));
            } else if !is_event(&event) {
                let meant = nearest(&event, EVENTS.map(|(name, _)| name));
                let event = shown(&event);
                let (severity, message) = match meant {
                    Some(meant) => (
                        Severity::Warning,
                        format!("no Gateway has the event {event}: did you mean {meant}?"),
                    ),
                    None => (Severity::Hint, format!("{event} is no event that is known here")),
                };
                let fix =
                    meant.zip(handlers.value).and_then(|(meant, value)| text.rename(value, meant));
                report.on_field(&text, &handlers, message).as_grave_as(severity).fixed_by(fix);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{api, caught, fixed, found};
    use crate::domain::task::Severity;

    #[test]
    fn misspelt_unknown_and_unsent_events() {
        let with = |event: &str| {
            api(&format!(
                r#"{{"event_handlers": {{"events": {{"{event}": [{{"handler_name": "cp_dynamic_handler"}}]}}}}}}"#
            ))
        };
        assert!(fixed("event-name", &with("AuthFailiure")).contains(r#""AuthFailure""#));
        let on = |severity, event: &str| [(severity, format!("event_handlers.events.{event}"))];
        assert_eq!(
            caught("event-name", &with("TokenCreated")),
            on(Severity::Warning, "TokenCreated")
        );
        assert_eq!(caught("event-name", &with("MyOwn")), on(Severity::Hint, "MyOwn"));
        assert_eq!(found("event-name", &with("RatelimitExceeded")), []);
    }
}

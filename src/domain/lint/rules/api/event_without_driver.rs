//! An event that no plugin gets.

use crate::domain::api::Kind;
use crate::domain::api::events::PLUGIN_HANDLER;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "event-without-driver",
    severity: Severity::Error,
    about: "Events reach a plugin by custom_middleware.driver: while that is not set, none is sent.",
    source: "recorded: event-no-driver",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for text in facts.api_texts().filter(|text| text.definition.kind() == Kind::Classic) {
        let driver = text.definition.driver();
        // A bundle's manifest has the driver.
        if !driver.is_blank() || text.definition.bundle().is_used() {
            continue;
        }
        let handlers = text.definition.event_handlers();
        if let Some(handler) =
            handlers.iter().find(|handler| handler.handler.text() == PLUGIN_HANDLER)
        {
            let message = "no event is sent to a plugin while custom_middleware.driver is not set";
            let fix = text.set(&driver.path, "grpc");
            report.on_field(&text, &handler.handler, message).fixed_by(fix);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{api, fixed, found};

    #[test]
    fn the_driver_is_set() {
        let with = |more: &str| {
            api(&format!(
                r#"{{"event_handlers": {{"events": {{"AuthFailure": [{{"handler_name": "cp_dynamic_handler", "handler_meta": {{"name": "E"}}}}]}}}}{more}}}"#
            ))
        };
        assert!(fixed("event-without-driver", &with("")).contains(r#""driver": "grpc""#));
        assert_eq!(
            found("event-without-driver", &with(r#", "custom_middleware": {"driver": "grpc"}"#)),
            []
        );
        assert_eq!(
            found("event-without-driver", &with(r#", "custom_middleware_bundle": "b""#)),
            []
        );
    }
}

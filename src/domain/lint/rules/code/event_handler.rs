//! A function under `@Event`, which nobody calls.

use super::plugin::{named_hooks, plugins};
use super::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "event-handler",
    severity: Severity::Warning,
    about: "Events never reach Python code: a function under @Event is never called as an event's handler, and named as \
            a hook it fails each request.",
    source: "Tyk Gateway 5.14: recorded (event-handler, decorator-event)",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for plugin in plugins(facts) {
        for source in plugin.sources() {
            let module = &source.python;
            for definition in module.definitions.iter().filter(|it| it.can_be_hook()) {
                let under = definition.decorators.iter().find(|decorator| {
                    let meaning =
                        decorator.path.as_ref().and_then(|path| module.meaning(path, None));
                    matches!(
                        meaning.as_deref(),
                        Some("tyk.decorators.Event" | "decorators.Event" | "event.Event")
                    )
                });
                let Some(decorator) = under else { continue };
                let name = &definition.name;
                let is_hook = plugin.manifest.is_some_and(|file| {
                    named_hooks(file).iter().any(|(_, named, _)| named.name == *name)
                });
                let (severity, message) = if is_hook {
                    (
                        Severity::Error,
                        format!(
                            "{name} is a hook of the manifest: under @Event each call fails, write @Hook"
                        ),
                    )
                } else {
                    (RULE.severity, format!("events never reach Python: {name} is never called"))
                };
                plugin.say(report, source, decorator.span.start, message).as_grave_as(severity);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{found, pre};
    use crate::domain::task::Severity;

    #[test]
    fn a_handler_that_nobody_calls() {
        let text = |name: &str| format!("@Event\ndef {name}(event, spec):\n    pass\n");
        assert_eq!(found("event-handler", &pre(&text("b")))[0].severity, Severity::Warning);
        assert_eq!(found("event-handler", &pre(&text("A")))[0].severity, Severity::Error);
        let own = format!("from mine import Event\n{}", text("b"));
        assert_eq!(found("event-handler", &pre(&own)), []);
    }
}

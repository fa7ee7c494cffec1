//! A signal handler where there can be none.

use super::plugin::plugins;
use super::{Facts, Report, Rule};
use crate::domain::code::python::Deed;
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "signal-handler",
    severity: Severity::Error,
    about: "Hooks do not run in Python's main thread, so signal.signal fails there.",
    source: "Tyk Gateway 5.14: recorded (signal)",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for plugin in plugins(facts) {
        let hooks = plugin.called_hooks();
        for source in plugin.sources() {
            let module = &source.python;
            for act in module.acts.iter().filter(|act| !act.guarded) {
                let Deed::Call(call) = &act.deed else { continue };
                if module.meaning(&call.callee, act.scope).as_deref() != Some("signal.signal") {
                    continue;
                }
                let in_hook = hooks.iter().any(|hook| {
                    hook.source.file == source.file
                        && module.lies_in(act.scope, hook.found.definition)
                });
                let severity = if in_hook { RULE.severity } else { Severity::Hint };
                let message =
                    "signal.signal works in Python's main thread alone, where no hook runs";
                plugin.say(report, source, act.span.start, message).as_grave_as(severity);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{body, found, pre};
    use crate::domain::task::Severity;

    #[test]
    fn a_handler_that_cannot_be_set() {
        let text = |line: &str| format!("import signal\n{}", body(line));
        let caught = found("signal-handler", &pre(&text("signal.signal(signal.SIGALRM, f)")));
        assert_eq!((caught.len(), caught[0].severity), (1, Severity::Error));
        assert_eq!(found("signal-handler", &pre(&text("signal.Signals(1)"))), []);
        let at_load = found("signal-handler", &pre("import signal\nsignal.signal(1, f)\n"));
        assert_eq!(at_load[0].severity, Severity::Hint);
    }
}

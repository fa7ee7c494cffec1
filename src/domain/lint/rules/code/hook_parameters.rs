//! A hook with a number of parameters that is never called.

use super::plugin::called_hooks;
use super::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "hook-parameters",
    severity: Severity::Warning,
    about: "A Python hook is called by the number of its positional parameters: 3 (request, session, spec), 4 (request, \
            session, metadata, spec) or 5 (request, response, session, metadata, spec). With any other number it is \
            never called, and nothing is logged.",
    source: "Tyk Gateway 5.14: coprocess/python; recorded (arity-0 to arity-6, arity-varargs, auth-arity-2)",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for hook in called_hooks(facts) {
        let (definition, name) = (hook.definition(), &hook.found.name);
        let at = definition.name_span.start;
        let Some(count) = hook.found.parameters else {
            let message = format!(
                "a decorator below @Hook decides how many parameters {name} has; the Gateway calls it with 3, 4 or 5 alone"
            );
            hook.say(report, at, message).as_grave_as(Severity::Hint);
            continue;
        };
        if hook.found.bound || matches!(count, 3..=5) {
            continue;
        }
        let counted = match (count, hook.found.as_written) {
            (_, false) => format!(
                "what the decorator below @Hook makes of {name} has {count} positional parameters"
            ),
            (0, true) if definition.takes_more => {
                format!("{name} has *args alone, which counts as 0")
            }
            (1, true) => format!("{name} has 1 positional parameter"),
            (_, true) => format!("{name} has {count} positional parameters"),
        };
        hook.say(report, at, format!("{counted}: only hooks with 3, 4 or 5 are ever called"));
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{found, pre};
    use crate::domain::task::Severity;

    fn caught(parameters: &str) -> usize {
        let text = format!("@Hook\ndef A({parameters}):\n    return None\n");
        found("hook-parameters", &pre(&text)).len()
    }

    #[test]
    fn a_number_that_is_never_called() {
        for never in ["", "a", "a, b", "a, b, c, d, e, f", "*args", "a, b, *, c"] {
            assert_eq!(caught(never), 1, "{never}");
        }
        for right in ["a, b, c", "a, b, c, d=1", "a, b, c, d, e", "a, b, c, *args, **more"] {
            assert_eq!(caught(right), 0, "{right}");
        }
    }

    #[test]
    fn a_decorator_below_hook_decides() {
        let text = |inner: &str| {
            format!(
                "import functools\ndef d(f):\n    @functools.wraps(f)\n    def inner({inner}):\n        \
                 return f(*args)\n    return inner\n@Hook\n@d\ndef A(a, b, c):\n    return a, b\n"
            )
        };
        assert_eq!(found("hook-parameters", &pre(&text("*args"))).len(), 1);
        assert_eq!(found("hook-parameters", &pre(&text("a, b, c"))), []);
        let unknown = "from lib import d\n@Hook\n@d\ndef A(a, b, c):\n    return a, b\n";
        assert_eq!(found("hook-parameters", &pre(unknown))[0].severity, Severity::Hint);
    }
}

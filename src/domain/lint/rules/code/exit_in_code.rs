//! Code that ends the process.

use super::plugin::{exits, plugins};
use super::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "exit-in-code",
    severity: Severity::Error,
    about: "sys.exit() in a hook hangs that request and every later Python hook of the whole Gateway for good, while \
            /hello still answers 200; as the code is loaded it ends the Gateway's process.",
    source: "Tyk Gateway 5.14: recorded (sys-exit-in-hook, sys-exit-at-load)",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for plugin in plugins(facts) {
        let hooks = plugin.called_hooks();
        for source in plugin.sources() {
            let module = &source.python;
            for act in module.acts.iter().filter(|act| exits(module, act)) {
                let hook = hooks.iter().find(|hook| {
                    hook.source.file == source.file
                        && module.lies_in(act.scope, hook.found.definition)
                });
                let (severity, message) = match (act.scope, hook) {
                    (None, _) => {
                        (Severity::Error, "this ends the Gateway's process as it loads the code")
                    }
                    (_, Some(_)) => (
                        Severity::Error,
                        "this hangs every Python hook of the Gateway for good: raise an exception, or set return_overrides",
                    ),
                    _ => (
                        Severity::Hint,
                        "where a hook calls this, every Python hook of the Gateway hangs for good",
                    ),
                };
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
    fn what_ends_or_hangs_the_gateway() {
        for line in [
            "import sys\n    sys.exit(7)",
            "raise SystemExit",
            "from sys import exit\n    exit()",
            "quit()",
        ] {
            let caught = found("exit-in-code", &pre(&body(line)));
            assert_eq!(caught.len(), 1, "{line}");
            assert_eq!(caught[0].severity, Severity::Error);
        }
        assert_eq!(
            found("exit-in-code", &pre("import sys\nsys.exit(1)\n"))[0].severity,
            Severity::Error
        );
        let function = "import sys\ndef main():\n    sys.exit(1)\n";
        assert_eq!(found("exit-in-code", &pre(function))[0].severity, Severity::Hint);
    }

    #[test]
    fn what_never_happens_or_is_another() {
        let guard = "import sys\nif __name__ == '__main__':\n    sys.exit(1)\n";
        assert_eq!(found("exit-in-code", &pre(guard)), []);
        let own = "def exit(): pass\n";
        assert_eq!(found("exit-in-code", &pre(&(own.to_owned() + &body("exit()")))), []);
    }
}

//! An exception that is raised each time the code is loaded, or a hook called.

use super::plugin::plugins;
use super::{Facts, Report, Rule};
use crate::domain::code::python::{Act, Deed};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "raise-at-load",
    severity: Severity::Error,
    about: "An exception as the code is loaded leaves the API served without hooks: every request to it fails, and the \
            log has one line without a traceback.",
    source: "Tyk Gateway 5.14: recorded (load-exception, load-exception-after-hook)",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for plugin in plugins(facts) {
        for source in plugin.sources() {
            let certain = |act: &&Act| act.certain && matches!(act.deed, Deed::Raise(_));
            for act in source.python.acts_at_load().filter(certain) {
                let message = "this is raised whenever the code is loaded: no request gets a hook";
                plugin.say(report, source, act.span.start, message);
            }
        }
        for hook in plugin.called_hooks() {
            if hook.count().is_none() {
                continue;
            }
            if let Some(act) = hook.certainly(|act| matches!(act.deed, Deed::Raise(_))) {
                let message =
                    format!("{} raises this at each call: every request fails", hook.found.name);
                hook.say(report, act.span.start, message).as_grave_as(Severity::Warning);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{body, found, pre};

    #[test]
    fn what_is_raised_each_time() {
        let caught = |text: &str| found("raise-at-load", &pre(text)).len();
        assert_eq!(caught("raise RuntimeError('x')\n"), 1);
        assert_eq!(caught(&body("raise ValueError('x')")), 1);
        for text in [
            "import sys\nif sys.version_info < (3, 7):\n    raise RuntimeError('x')\n",
            "try:\n    raise KeyError()\nexcept KeyError:\n    pass\n",
            "def f():\n    raise ValueError()\n",
            "if __name__ == '__main__':\n    raise ValueError()\n",
        ] {
            assert_eq!(caught(text), 0, "{text}");
        }
        assert_eq!(caught(&body("if x:\n        raise ValueError('x')")), 0);
    }
}

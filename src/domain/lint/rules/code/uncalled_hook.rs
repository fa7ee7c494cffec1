//! A hook that the manifest does not name.

use super::plugin::{named_hooks, plugins};
use super::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "uncalled-hook",
    severity: Severity::Hint,
    about: "A function under @Hook is called only where the manifest names it.",
    source: "Tyk Gateway 5.14: coprocess/python",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for plugin in plugins(facts) {
        let Some(file) = plugin.manifest else { continue };
        let disabled = |name: &str| file.manifest.hooks().any(|(_, hook)| hook.name == name);
        // Where a name is wrong, that is said instead.
        let hooks = plugin.hooks();
        let missing = named_hooks(file)
            .into_iter()
            .any(|(_, named, _)| hooks.iter().all(|hook| hook.found.name != named.name));
        for hook in hooks.iter().filter(|hook| hook.kinds.is_empty() && !missing) {
            if !disabled(&hook.found.name) {
                let message = format!("no hook of the manifest is called {}", hook.found.name);
                hook.say(report, hook.definition().name_span.start, message);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{found, one_hook};

    #[test]
    fn a_hook_that_nobody_names() {
        let text = "@Hook\ndef A(a, b, c): return a, b\n@Hook\ndef B(a, b, c): return a, b\n";
        let caught = |hooks: &str| found("uncalled-hook", &one_hook(hooks, text)).len();
        assert_eq!(caught(r#""pre": [{"name": "A"}]"#), 1);
        assert_eq!(caught(r#""pre": [{"name": "A"}, {"name": "B", "disabled": true}]"#), 0);
    }
}

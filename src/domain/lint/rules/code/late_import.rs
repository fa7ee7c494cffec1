//! A file of the bundle that is imported when it can no longer be.

use super::plugin::plugins;
use super::vendor_path::put_on_path;
use super::{Facts, Report, Rule};
use crate::domain::code::python::{Deed, Module, is_of_gateway, is_standard};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "late-import",
    severity: Severity::Error,
    about: "Files of the bundle can be imported only while it is loaded. Inside a hook the same import fails, even after \
            one at the top, unless the folder is on sys.path.",
    source: "Tyk Gateway 5.14: recorded (import-helper-in-function, import-helper-in-function-after-top)",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for plugin in plugins(facts) {
        if plugin.extends_path() {
            continue;
        }
        let hooks = plugin.called_hooks();
        for source in plugin.sources() {
            let module = &source.python;
            for import in module.imports.iter().filter(|import| import.dots == 0) {
                let (Some(function), Some(_)) =
                    (import.scope, plugin.bundle.module(&import.module))
                else {
                    continue;
                };
                if is_standard(import.root()) || is_of_gateway(import.root()) {
                    continue;
                }
                let in_hook = hooks.iter().any(|hook| {
                    hook.source.file == source.file
                        && module.lies_in(import.scope, hook.found.definition)
                });
                if !in_hook && runs_at_load(module, function) {
                    continue;
                }
                let sure = in_hook && !import.guarded;
                let severity = if sure { RULE.severity } else { Severity::Hint };
                let when = if in_hook { "inside a hook" } else { "after the load" };
                let message = format!(
                    "{when} {} can no longer be imported: import it at the top",
                    import.module
                );
                plugin
                    .say(report, source, import.span.start, message)
                    .as_grave_as(severity)
                    .fixed_by(put_on_path(plugin, ""));
            }
        }
    }
}

/// Whether the top level calls a function.
fn runs_at_load(module: &Module, function: usize) -> bool {
    let name = &module.definitions[function].name;
    module.acts_at_load().any(|act| match &act.deed {
        Deed::Call(call) => call.callee.is_name() && call.callee.root == *name,
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::Facts;
    use crate::domain::lint::rules::try_on::{body, found, mended, python, with_imports};
    use crate::domain::task::Severity;

    fn facts(text: &str) -> Facts {
        let files = [("middleware.py", text), ("helper.py", "W = 1\n")];
        python(r#""pre": [{"name": "A"}]"#, &files)
    }

    #[test]
    fn an_import_inside_a_hook() {
        for text in
            [body("import helper"), format!("import helper\n{}", body("from helper import W"))]
        {
            let facts = facts(&with_imports(&text));
            let caught = found("late-import", &facts);
            assert_eq!((caught.len(), caught[0].severity), (1, Severity::Error));
            let again = self::facts(&mended(&facts, &caught[0]));
            assert_eq!(found("late-import", &again), []);
        }
    }

    #[test]
    fn an_import_while_the_code_is_loaded() {
        let load = "def setup():\n    import helper\n    return helper.W\nW = setup()\n";
        assert_eq!(found("late-import", &facts(load)), []);
        assert_eq!(found("late-import", &facts("import helper\n")), []);
        assert_eq!(found("late-import", &facts(&with_imports(&body("import json")))), []);
        let may = "def later():\n    import helper\n";
        assert_eq!(found("late-import", &facts(may))[0].severity, Severity::Hint);
    }
}

//! A file of the bundle that is opened where the Gateway runs, not where the bundle lies.

use super::plugin::{add_at_top, plugins};
use super::{Facts, Report, Rule};
use crate::domain::code::python::Deed;
use crate::domain::json::Edit;
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "relative-file",
    severity: Severity::Warning,
    about: "Code runs in the Gateway's working directory: files of the bundle are opened by a path made from __file__.",
    source: "Tyk Gateway 5.14: recorded (open-file-relative, open-file-beside)",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for plugin in plugins(facts) {
        let files = plugin.files();
        for source in plugin.sources() {
            let module = &source.python;
            for act in module.acts.iter().filter(|act| !act.guarded) {
                let Deed::Call(call) = &act.deed else { continue };
                let meaning = module.meaning(&call.callee, act.scope).unwrap_or_default();
                if !matches!(meaning.as_str(), "open" | "io.open" | "pathlib.Path") {
                    continue;
                }
                let Some(value) = call.positional().next().map(|argument| &argument.value) else {
                    continue;
                };
                let Some(name) = value.text().map(|name| name.trim_start_matches("./")) else {
                    continue;
                };
                if !files.contains(&name) {
                    continue;
                }
                let here = "os.path.join(os.path.dirname(os.path.abspath(__file__)), ";
                let mut edits =
                    vec![Edit { span: value.span.clone(), text: format!("{here}\"{name}\")") }];
                let imported = |import: &&crate::domain::code::python::Import| {
                    import.module == "os"
                        && import.scope.is_none()
                        && import.bound.as_deref() == Some("os")
                };
                if module.imports.iter().find(imported).is_none() {
                    edits.push(add_at_top(source, &["import os"]));
                }
                let fix = plugin.fix(source, "open it beside the code", edits);
                let message = format!(
                    "{name} is looked for in the Gateway's working directory, not in the bundle"
                );
                plugin.say(report, source, act.span.start, message).fixed_by(fix);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{found, mended, python};

    #[test]
    fn a_file_that_is_not_where_it_is_looked_for() {
        let facts = |text: &str| {
            let mut facts =
                python(r#""pre": [{"name": "A"}]"#, &[("middleware.py", text), ("data.txt", "")]);
            facts.manifests[0].code.truncate(1);
            facts
        };
        let relative = facts("D = open('data.txt').read()\n");
        let caught = found("relative-file", &relative);
        assert_eq!(caught.len(), 1);
        let fixed = mended(&relative, &caught[0]);
        assert_eq!(
            fixed,
            "import os\nD = open(os.path.join(os.path.dirname(os.path.abspath(__file__)), \"data.txt\")).read()\n"
        );
        assert_eq!(found("relative-file", &facts(&fixed)), []);
        assert_eq!(
            found("relative-file", &facts("open('/etc/hosts')\nopen(name)\nopen('other.txt')\n")),
            []
        );
    }
}

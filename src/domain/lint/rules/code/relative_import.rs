//! A relative import in code that is no package.

use super::plugin::plugins;
use super::{Facts, Report, Rule};
use crate::domain::json::Edit;
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "relative-import",
    severity: Severity::Error,
    about: "The code of a bundle is loaded as a module without a package, so relative imports are refused.",
    source: "Tyk Gateway 5.14: recorded (relative-import)",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for plugin in plugins(facts) {
        for source in plugin.sources() {
            let mut told = None;
            for import in source.python.imports.iter().filter(|import| import.dots > 0) {
                if told == Some(import.span.start) {
                    continue;
                }
                told = Some(import.span.start);
                let severity = if import.guarded { Severity::Hint } else { RULE.severity };
                let statement = source.text.get(import.span.clone()).unwrap_or_default();
                let fix = absolute(statement, import.dots).map(|text| {
                    let edit = Edit { span: import.span.clone(), text };
                    plugin.fix(source, "import it by its name", vec![edit])
                });
                let message = "relative imports are refused: import the file by its name";
                plugin
                    .say(report, source, import.span.start, message)
                    .as_grave_as(severity)
                    .fixed_by(fix);
            }
        }
    }
}

/// `from . import a` as `import a`, `from .a import b` as `from a import b`.
fn absolute(statement: &str, dots: usize) -> Option<String> {
    if dots > 1 {
        return None;
    }
    let rest = statement.strip_prefix("from")?.trim_start().strip_prefix('.')?;
    match rest.trim_start().strip_prefix("import") {
        Some(names) if names.starts_with([' ', '\t']) && !names.contains(['(', '*']) => {
            Some(format!("import{names}"))
        }
        Some(_) => None,
        None => Some(format!("from {rest}")),
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{found, mended, python};

    #[test]
    fn an_import_that_is_refused() {
        for (before, after) in [
            ("from . import helper, other\n", "import helper, other\n"),
            ("from .helper import W as X\n", "from helper import W as X\n"),
        ] {
            let facts = python(
                r#""pre": [{"name": "A"}]"#,
                &[("middleware.py", before), ("helper.py", "")],
            );
            let caught = found("relative-import", &facts);
            assert_eq!(caught.len(), 1);
            assert_eq!(mended(&facts, &caught[0]), after);
        }
    }

    #[test]
    fn those_of_packages_are_left_alone() {
        let files =
            [("middleware.py", "import helper\n"), ("pkg/__init__.py", "from . import x\n")];
        assert_eq!(found("relative-import", &python(r#""pre": [{"name": "A"}]"#, &files)), []);
    }
}

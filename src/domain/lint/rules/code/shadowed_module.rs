//! A file of the bundle that a module of Tyk's or Python's hides.

use super::plugin::plugins;
use super::{Facts, Report, Rule};
use crate::domain::code::python::{is_of_gateway, is_standard};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "shadowed-module",
    severity: Severity::Warning,
    about: "Tyk's own files (request, session, object, event, gateway, …) and Python's modules are found before a file \
            of the bundle: one of the same name is never imported.",
    source: "Tyk Gateway 5.14: recorded (shadow-tyk-names, shadow-stdlib)",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for plugin in plugins(facts) {
        let loaded = &plugin.bundle.loaded.file;
        let at_top = plugin.bundle.code.iter().filter(|source| source.file != *loaded);
        for source in at_top {
            let Some(module) = source.file.strip_suffix(".py").filter(|it| !it.contains('/'))
            else {
                continue;
            };
            let whose = match module {
                module if is_of_gateway(module) => "Tyk's",
                module if is_standard(module) => "Python's",
                _ => continue,
            };
            let imported = plugin.sources().into_iter().find_map(|from| {
                let import =
                    from.python.imports.iter().find(|it| it.dots == 0 && it.module == module)?;
                Some((from, import.span.start))
            });
            let message =
                format!("{module} is {whose} module here: {} is never imported", source.file);
            match imported {
                Some((from, at)) => plugin.say(report, from, at, message),
                None => plugin.say(report, source, 0, message).as_grave_as(Severity::Hint),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{found, python};
    use crate::domain::task::Severity;

    #[test]
    fn a_name_that_is_taken() {
        let caught = |text: &str, other: &str| {
            let files = [("middleware.py", text), (other, "X = 1\n")];
            found("shadowed-module", &python(r#""pre": [{"name": "A"}]"#, &files))
        };
        for name in ["request", "session", "queue", "json"] {
            let caught = caught(&format!("import {name}\n"), &format!("{name}.py"));
            assert_eq!((caught.len(), caught[0].severity), (1, Severity::Warning), "{name}");
        }
        assert_eq!(caught("x = 1\n", "request.py")[0].severity, Severity::Hint);
        assert_eq!(caught("import helper\n", "helper.py"), []);
        assert_eq!(caught("import json\n", "pkg/json.py"), []);
    }

    #[test]
    fn the_file_that_is_loaded_may_have_any_name() {
        let facts = python(r#""pre": [{"name": "A"}]"#, &[("request.py", "x = 1\n")]);
        assert_eq!(found("shadowed-module", &facts), []);
    }
}

//! A module that is nowhere, as far as the text shows.

use super::plugin::plugins;
use super::{Facts, Report, Rule};
use crate::domain::code::python::{REMOVED, is_of_gateway, is_standard};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "missing-module",
    severity: Severity::Hint,
    about: "Code imports its own files, Python's modules and Tyk's; there is no tyk.metadata. Anything else must be \
            installed for the Gateway's own Python: PYTHONPATH and virtual environments are not looked at.",
    source: "Tyk Gateway 5.14: recorded (environment, import-missing)",
    check,
};

/// What `tyk` has.
const OF_TYK: &[&str] =
    &["decorators", "event", "gateway", "loader", "middleware", "object", "request", "session"];

fn check(facts: &Facts, report: &mut Report<'_>) {
    for plugin in plugins(facts) {
        let extends_path = plugin.extends_path();
        for source in plugin.sources() {
            for import in source.python.imports.iter().filter(|it| it.dots == 0 && !it.guarded) {
                let root = import.root();
                let of_tyk = match import.module.strip_prefix("tyk.") {
                    Some(module) => Some(module),
                    None if import.module == "tyk" => import.name.as_deref(),
                    None => None,
                };
                let known = of_tyk.is_some_and(|module| {
                    OF_TYK.contains(&module.split('.').next().unwrap_or_default())
                });
                let (severity, message) = if let (Some(module), false) = (of_tyk, known) {
                    (
                        Severity::Error,
                        format!("there is no tyk.{module}: the code cannot be loaded"),
                    )
                } else if REMOVED.contains(&root) {
                    (Severity::Hint, format!("Python 3.12 has no {root} any more"))
                } else if extends_path
                    || is_standard(root)
                    || is_of_gateway(root)
                    || in_bundle(&plugin.files(), root)
                {
                    continue;
                } else {
                    (
                        Severity::Hint,
                        format!(
                            "{root} is neither in the bundle nor Python's own: the Gateway's Python must have it"
                        ),
                    )
                };
                plugin.say(report, source, import.span.start, message).as_grave_as(severity);
            }
        }
    }
}

/// Whether a file or folder of the bundle has the module's name, at whatever depth.
fn in_bundle(files: &[&str], module: &str) -> bool {
    files.iter().any(|file| {
        let file = file.strip_suffix(".py").unwrap_or(file);
        file.split('/').any(|part| part == module)
    })
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{found, pre, python};
    use crate::domain::task::Severity;

    #[test]
    fn modules_that_are_nowhere() {
        for (text, severity) in [
            ("import requests\n", Severity::Hint),
            ("import imp\n", Severity::Hint),
            ("from tyk.metadata import x\n", Severity::Error),
            ("from tyk import metadata\n", Severity::Error),
        ] {
            let caught = found("missing-module", &pre(text));
            assert_eq!(caught.len(), 1, "{text}");
            assert_eq!(caught[0].severity, severity, "{text}");
        }
    }

    #[test]
    fn modules_that_are_there_or_not_needed() {
        let text = "import json, tyk.session, google.protobuf\nfrom tyk import decorators\n\
                    from coprocess_object_pb2 import Object\n\
                    try:\n    import requests\nexcept ImportError:\n    requests = None\n";
        assert_eq!(found("missing-module", &pre(text)), []);
        let files = [
            ("middleware.py", "import helper\nimport lib\n"),
            ("helper.py", ""),
            ("vendor/lib/x.py", ""),
        ];
        assert_eq!(found("missing-module", &python(r#""pre": [{"name": "A"}]"#, &files)), []);
    }
}

//! A module in a folder of the bundle, which Python does not look into.

use super::plugin::{Plugin, add_at_top, plugins};
use super::{Facts, Report, Rule};
use crate::domain::code::Source;
use crate::domain::code::python::{Import, is_of_gateway, is_standard};
use crate::domain::lint::Fix;
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "vendor-path",
    severity: Severity::Error,
    about: "Of a bundle only the files at its top can be imported. Packages, subfolders and vendor/ are found after the \
            code has put their folder on sys.path.",
    source: "Tyk Gateway 5.14: recorded (import-package, vendor-without-path, vendor-with-path)",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for plugin in plugins(facts) {
        // Which folders it adds is known only when it runs.
        if plugin.extends_path() {
            continue;
        }
        let mut told = false;
        for source in plugin.sources() {
            for import in source.python.imports.iter().filter(|import| import.dots == 0) {
                if let Some(folder) = folder_of(plugin, import) {
                    told = true;
                    tell(plugin, source, import, &folder, report);
                }
            }
        }
        let vendored = plugin.files().into_iter().any(|file| file.starts_with("vendor/"));
        if vendored && !told {
            let loaded = plugin.bundle.loaded;
            let message = "vendor/ is listed, and the code does not put it on sys.path";
            plugin.say(report, loaded, 0, message).as_grave_as(Severity::Hint);
        }
    }
}

fn tell(
    plugin: Plugin<'_>,
    source: &Source,
    import: &Import,
    folder: &str,
    report: &mut Report<'_>,
) {
    let module = import.root();
    let within = if folder.is_empty() { "a folder of the bundle" } else { folder };
    let message =
        format!("{module} lies in {within}, where Python does not look: put it on sys.path");
    let fix = put_on_path(plugin, folder);
    let severity = if import.guarded { Severity::Hint } else { RULE.severity };
    plugin.say(report, source, import.span.start, message).as_grave_as(severity).fixed_by(fix);
}

/// Lines at the top of the file that is loaded that put a folder of the bundle on `sys.path`.
pub(super) fn put_on_path(plugin: Plugin<'_>, folder: &str) -> Fix {
    let here = "os.path.dirname(os.path.abspath(__file__))";
    let folder = match folder {
        "" => here.to_owned(),
        folder => format!("os.path.join({here}, \"{folder}\")"),
    };
    let line = format!("sys.path.append({folder})");
    let edit = add_at_top(plugin.bundle.loaded, &["import os, sys", &line]);
    plugin.fix(plugin.bundle.loaded, "put its folder on sys.path", vec![edit])
}

/// The folder of the bundle that a module lies in, where it cannot be imported from.
fn folder_of(plugin: Plugin<'_>, import: &Import) -> Option<String> {
    let module = import.root();
    if module.is_empty()
        || is_standard(module)
        || is_of_gateway(module)
        || plugin.bundle.module(module).is_some()
    {
        return None;
    }
    let (alone, inside) = (format!("{module}.py"), format!("{module}/"));
    plugin.files().into_iter().find_map(|file| {
        let begins = |at: usize| at == 0 || file[..at].ends_with('/');
        let found = file.match_indices(&inside).map(|(at, _)| at).find(|at| begins(*at));
        let at = found.or_else(|| {
            file.strip_suffix(&alone).map(str::len).filter(|at| begins(*at) && *at > 0)
        })?;
        Some(file[..at].trim_end_matches('/').to_owned())
    })
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::Facts;
    use crate::domain::lint::rules::try_on::{found, mended, python};
    use crate::domain::task::Severity;

    const VENDORED: &str = "vendor/lib/python3/site-packages/one.py";

    fn facts(text: &str, other: &str) -> Facts {
        python(r#""pre": [{"name": "A"}]"#, &[("middleware.py", text), (other, "X = 1\n")])
    }

    #[test]
    fn a_module_where_python_does_not_look() {
        let facts = facts("\"\"\"Doc.\"\"\"\nimport one\n", VENDORED);
        let caught = found("vendor-path", &facts);
        assert_eq!(caught.len(), 1);
        assert_eq!(
            mended(&facts, &caught[0]),
            "\"\"\"Doc.\"\"\"\nimport os, sys\nsys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), \
             \"vendor/lib/python3/site-packages\"))\nimport one\n"
        );
        let again = self::facts(&mended(&facts, &caught[0]), VENDORED);
        assert_eq!(found("vendor-path", &again), []);
    }

    #[test]
    fn a_package_of_the_bundle() {
        for text in ["from pkg import thing\n", "import pkg.thing\n", "def f():\n    import pkg\n"]
        {
            assert_eq!(found("vendor-path", &facts(text, "pkg/thing.py")).len(), 1, "{text}");
        }
        let guarded = "try:\n    import pkg\nexcept ImportError:\n    pass\n";
        assert_eq!(
            found("vendor-path", &facts(guarded, "pkg/thing.py"))[0].severity,
            Severity::Hint
        );
    }

    #[test]
    fn what_is_found_is_left_alone() {
        for (text, other) in [
            ("import one\n", "one.py"),
            ("import json\n", "src/json/__init__.py"),
            ("import requests\n", "src/other.py"),
            ("import sys\nsys.path.insert(0, 'x')\nimport one\n", VENDORED),
        ] {
            assert_eq!(found("vendor-path", &facts(text, other)), [], "{text}");
        }
        assert_eq!(found("vendor-path", &facts("x = 1\n", VENDORED))[0].severity, Severity::Hint);
    }
}

//! Two bundles that bring one module.

use std::collections::BTreeMap;

use super::plugin::{Plugin, plugins};
use super::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "shared-vendor",
    severity: Severity::Hint,
    about: "One Python runs all bundles of a Gateway: of two that put a folder with the same module on sys.path, both get \
            the one that was imported first.",
    source: "Tyk Gateway 5.14: recorded (two-bundles-one-vendored)",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    let mut first: BTreeMap<&str, Plugin<'_>> = BTreeMap::new();
    for plugin in plugins(facts).into_iter().filter(Plugin::extends_path) {
        for module in modules(plugin) {
            let other = first.entry(module).or_insert(plugin);
            let Some(import) = import_of(plugin, module) else { continue };
            let (here, there) =
                (plugin.shown(plugin.bundle.loaded), other.shown(other.bundle.loaded));
            if here != there {
                let message =
                    format!("{there} brings {module} too: both get the one that is imported first");
                plugin.say(report, plugin.bundle.loaded, import, message);
            }
        }
    }
}

/// Modules that a bundle brings in folders, by the first word of their names.
fn modules(plugin: Plugin<'_>) -> Vec<&str> {
    let imports = plugin.bundle.loaded.python.imports.iter().filter(|it| it.dots == 0);
    let files = plugin.files();
    let brought = |module: &&str| {
        files.iter().any(|file| {
            let ends = [format!("/{module}.py"), format!("/{module}/__init__.py")];
            ends.iter().any(|end| file.ends_with(end.as_str()))
        })
    };
    imports.map(crate::domain::code::python::Import::root).filter(brought).collect()
}

fn import_of(plugin: Plugin<'_>, module: &str) -> Option<usize> {
    let imports = &plugin.bundle.loaded.python.imports;
    imports.iter().find(|import| import.root() == module).map(|import| import.span.start)
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::Facts;
    use crate::domain::lint::rules::try_on::{found, python};

    fn two(other: &str) -> Facts {
        let text = "import sys\nsys.path.append(x)\nimport one\n";
        let facts = |name: &str, file: &str| {
            let mut facts =
                python(r#""pre": [{"name": "A"}]"#, &[("middleware.py", text), (file, "")]);
            facts.manifests[0].file = format!("{name}/manifest.json");
            facts.manifests.remove(0)
        };
        Facts {
            manifests: vec![facts("a", "vendor/one.py"), facts("b", other)],
            ..Facts::default()
        }
    }

    #[test]
    fn one_module_of_two_bundles() {
        let caught = found("shared-vendor", &two("vendor/one.py"));
        assert_eq!((caught.len(), caught[0].file.as_str()), (1, "b/middleware.py"));
        assert_eq!(found("shared-vendor", &two("one.py")), []);
    }
}

//! Which file of a Python bundle is loaded, where that goes wrong.

use super::plugin::is_python;
use super::{Facts, Report, Rule};
use crate::domain::bundle::clean;
use crate::domain::code::Language;
use crate::domain::code::python::LOADED_BY_DEFAULT;
use crate::domain::json::Value;
use crate::domain::lint::{Fix, ManifestFile};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "loaded-file",
    severity: Severity::Error,
    about: "Of a Python bundle the Gateway loads the one file of file_list, or with none or several middleware.py at \
            the top; without the key file_list it loads nothing.",
    source: "Tyk Gateway 5.14: recorded (two-files-no-middleware, no-file-list, middleware-not-in-list)",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for file in facts.manifests.iter().filter(|file| is_python(file)) {
        look_at(file, report);
    }
}

fn look_at(file: &ManifestFile, report: &mut Report<'_>) {
    let path = file.document().locate(["file_list"]);
    let place = file.document().at(&path).map(Value::place);
    let Some(list) = &file.manifest.file_list else {
        let files = serde_json::json!([LOADED_BY_DEFAULT]);
        let fix = file.document().set(&path, &files).ok();
        let fix = fix.map(|edit| Fix::one("list middleware.py", &file.file, edit));
        let message = "without file_list a Python bundle is not loaded: every request fails";
        report.say(&file.file, message).on(path).fixed_by(fix).place = place;
        return;
    };
    let (severity, message) = match list.as_slice() {
        [only] if Language::of_file(only) != Some(Language::Python) => {
            // A folder stands for the files in it, of which only the disk tells.
            let is_code = only.rsplit('/').next().is_some_and(|name| name.contains('.'));
            let severity = if is_code { Severity::Warning } else { Severity::Hint };
            (severity, format!("{only} is the one file, so it is what the Gateway runs as Python"))
        }
        // Whatever its spelling: a Gateway unpacks `./a` as `a`.
        [_, _, ..] if !list.iter().any(|it| clean(it).is_ok_and(|it| it == LOADED_BY_DEFAULT)) => {
            let folders = list.iter().any(|entry| entry.ends_with('/') || !entry.contains('.'));
            let severity = if folders { Severity::Warning } else { RULE.severity };
            (
                severity,
                "of several files the Gateway loads middleware.py at the top, and there is none"
                    .to_owned(),
            )
        }
        _ => return,
    };
    report.say(&file.file, message).on(path).as_grave_as(severity).place = place;
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{found, mended, python};
    use crate::domain::lint::{Facts, ManifestFile};

    #[test]
    fn which_file_is_loaded() {
        let hooks = r#""pre": [{"name": "A"}]"#;
        let caught = |files: &[&str]| {
            let files: Vec<_> = files.iter().map(|file| (*file, "")).collect();
            found("loaded-file", &python(hooks, &files)).len()
        };
        assert_eq!(caught(&["plugin.py", "helper.py"]), 1);
        assert_eq!(caught(&["src/middleware.py", "helper.py"]), 1);
        assert_eq!(caught(&["one.txt"]), 1);
        assert_eq!(caught(&["src/plugin.py"]), 0);
        assert_eq!(caught(&["helper.py", "middleware.py"]), 0);
        assert_eq!(caught(&["helper.py", "./middleware.py"]), 0);
        assert_eq!(caught(&[]), 0);
    }

    #[test]
    fn a_manifest_without_the_key() {
        let text = r#"{"custom_middleware": {"driver": "python"}}"#;
        let manifests = vec![ManifestFile::open("manifest.json", text).unwrap()];
        let facts = Facts { manifests, ..Facts::default() };
        let caught = found("loaded-file", &facts);
        let fixed = mended(&facts, &caught[0]);
        assert!(fixed.contains(r#""file_list""#) && fixed.contains("middleware.py"), "{fixed}");
    }
}

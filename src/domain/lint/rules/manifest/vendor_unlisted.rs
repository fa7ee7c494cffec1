//! Vendored files that `file_list` does not name.

use std::ffi::OsStr;
use std::path::Path;

use super::listed::text;
use crate::domain::lint::Fix;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "vendor-unlisted",
    severity: Severity::Warning,
    about: "Only what file_list names is in a bundle that is built from it; a vendor/ that is added to the zip afterwards is covered neither by checksum nor by signature, and can be changed without breaking them.",
    source: "recorded loads: extra-file-signed, extra-file-after-manifest-nested-signed",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for manifest in &facts.manifests {
        let vendored: Vec<&String> =
            manifest.beside.iter().flatten().filter(|name| is_vendored(name)).collect();
        let Some(first) = vendored.first() else { continue };
        let what = match vendored.len() {
            1 => format!("{first} is"),
            2 => format!("{first} and one more file of vendor/ are"),
            more => format!("{first} and {} more files of vendor/ are", more - 1),
        };
        let message = format!(
            "{what} not in file_list: not in the bundle, and where the zip gets it otherwise, under no checksum and no signature"
        );
        let text = text(manifest);
        let list = manifest.definition.field(&["file_list"]);
        let names =
            list.elements().map(|name| name.text()).chain(vendored.iter().map(ToString::to_string));
        let fix = text.set(&list.path, names.collect::<Vec<_>>());
        let fix = fix.map(|fix| Fix { title: "list the files of vendor/".into(), ..fix });
        report.on_field(&text, &list, message).fixed_by(fix);
    }
}

/// What Python would import: not what pip notes about a package, and not what Python makes anew.
fn is_vendored(name: &str) -> bool {
    let noise =
        |part: &str| part == "__pycache__" || part.ends_with(".dist-info") || part.starts_with('.');
    let mut parts = name.split('/');
    parts.next() == Some("vendor")
        && !parts.any(noise)
        && Path::new(name).extension() != Some(OsStr::new("pyc"))
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{found, manifest};

    #[test]
    fn they_are_added() {
        let mut facts = manifest(r#"{"file_list": ["m.py"]}"#);
        facts.manifests[0].beside = Some(vec!["README.md".into(), "vendor/p/__init__.py".into()]);
        assert_eq!(found("vendor-unlisted", &facts).len(), 1);
        let mut after = facts.clone();
        after.manifests[0].beside = Some(Vec::new());
        let fix = found("vendor-unlisted", &facts)[0].fix.clone().unwrap();
        let text = fix.apply(facts.manifests[0].document().source());
        assert_eq!(
            String::from_utf8(text).unwrap(),
            r#"{"file_list": ["m.py", "vendor/p/__init__.py"]}"#
        );
        assert_eq!(found("vendor-unlisted", &after), []);
    }

    #[test]
    fn what_pip_and_python_leave_there_is_no_code() {
        let mut facts = manifest(r#"{"file_list": ["m.py"]}"#);
        let noise =
            ["vendor/p.dist-info/RECORD", "vendor/p/__pycache__/a.cpython-311.pyc", "tests/a.py"];
        facts.manifests[0].beside = Some(noise.map(str::to_owned).into());
        assert_eq!(found("vendor-unlisted", &facts), []);
    }
}

//! A listed name that means something else than it seems to.

use super::listed::{names, text};
use crate::domain::bundle::clean;
use crate::domain::lint::text::shown;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "file-spelling",
    severity: Severity::Warning,
    about: "Names are relative to the manifest's folder, and folders are parted by /: a Gateway reads an absolute name below the bundle's folder, and takes a backslash for a letter.",
    source: "recorded loads: name-backslash, name-absolute, file-list-slash-prefix",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for (manifest, name, value) in names(facts) {
        let Ok(clean) = clean(&name) else { continue };
        let (severity, message, better) = if name.starts_with('/') {
            let message = format!(
                "{} is an absolute path: write it relative to the manifest's folder (a Gateway reads it as {} inside \
                 the bundle)",
                shown(&name),
                shown(&clean)
            );
            (Severity::Warning, message, clean)
        } else if name.split('/').any(|part| part == "..") {
            (Severity::Hint, format!("write {} for {}", shown(&clean), shown(&name)), clean)
        } else if name.contains('\\') {
            let message = format!(
                "the backslash in {} is part of the name: folders are parted by /",
                shown(&name)
            );
            (Severity::Hint, message, name.replace('\\', "/"))
        } else {
            continue;
        };
        let text = text(manifest);
        let fix = text.set(&value.path(), better);
        report.on_value(&text, value, message).as_grave_as(severity).fixed_by(fix);
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{caught, fixed, found, manifest};
    use crate::domain::task::Severity;

    #[test]
    fn the_plain_name_is_offered() {
        let with = |name: &str| manifest(&format!(r#"{{"file_list": ["{name}"]}}"#));
        let on = |severity| [(severity, "file_list[0]".to_owned())];
        assert_eq!(caught("file-spelling", &with("/d/a")), on(Severity::Warning));
        assert_eq!(fixed("file-spelling", &with("/d/a")), r#"{"file_list": ["d/a"]}"#);
        assert_eq!(caught("file-spelling", &with("d/../a")), on(Severity::Hint));
        assert_eq!(fixed("file-spelling", &with(r"d\\a")), r#"{"file_list": ["d/a"]}"#);
        assert_eq!(found("file-spelling", &with("./d/a")), []);
    }
}

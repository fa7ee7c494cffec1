//! A listed name that no bundle can hold.

use super::listed::{names_of, text};
use crate::domain::bundle::{EntryError, clean, entries};
use crate::domain::lint::text::shown;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "file-name",
    severity: Severity::Error,
    about: "A bundle holds files below the manifest's folder, and the manifest itself last: its own name in file_list makes two entries of it, and a checksum cannot cover itself.",
    source: "the reference tool's builds, recorded; Gateways' zip-slip checks",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for manifest in &facts.manifests {
        let list: Vec<_> = names_of(manifest).collect();
        let text = text(manifest);
        for (name, value) in &list {
            if let Err(error) = clean(name) {
                let message = match error {
                    EntryError::NoFile if name.is_empty() => "an empty file name".to_owned(),
                    error => format!("{}: {error}", shown(name)),
                };
                report.on_value(&text, *value, message).fixed_by(text.remove(*value));
            }
        }
        let names: Vec<&str> = list.iter().map(|(name, _)| name.as_str()).collect();
        if let Err((index, error @ EntryError::FileAndFolder)) = entries(&names) {
            let (name, value) = &list[index];
            let message = format!("{}: {error}", shown(name));
            report.on_value(&text, *value, message).fixed_by(text.remove(*value));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{fixed, found, manifest};

    #[test]
    fn what_cannot_be_in_a_bundle_is_taken_out() {
        for name in ["manifest.json", "../a", "", "d/", "b/c"] {
            let facts = manifest(&format!(r#"{{"file_list": ["b", "{name}"]}}"#));
            assert_eq!(fixed("file-name", &facts), r#"{"file_list": ["b"]}"#, "{name}");
        }
        let facts = manifest(r#"{"file_list": ["b", "d/manifest.json", "/c", "d/../e", "x\\y"]}"#);
        assert_eq!(found("file-name", &facts), []);
    }
}

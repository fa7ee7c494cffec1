//! A listed name that is no file.

use super::listed::{names, text};
use crate::domain::lint::text::shown;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::lint::{Fix, Listed};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "file-missing",
    severity: Severity::Error,
    about: "The bundler stops on a listed file that is not there, or that is no file.",
    source: "the reference tool: Referencing a nonexistent file",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for (manifest, name, value) in names(facts) {
        let Some(listed) = manifest.listed.as_ref().and_then(|listed| listed.get(&name)) else {
            continue;
        };
        let text = text(manifest);
        let name = shown(&name);
        let (message, fix) = match listed {
            Listed::File(_) => continue,
            Listed::Missing(Some(other)) => (
                format!(
                    "Referencing a nonexistent file: {name}, but {other} is there: case counts"
                ),
                text.set(&value.path(), other.as_str()),
            ),
            // It may be misspelt, or not be made yet.
            Listed::Missing(None) => (
                format!("Referencing a nonexistent file: {name}"),
                text.remove(value).map(Fix::guessed),
            ),
            Listed::Folder => {
                (format!("{name} is a folder: list the files in it, each by its name"), None)
            }
            Listed::Unreadable => (format!("{name} cannot be read"), None),
        };
        report.on_value(&text, value, message).fixed_by(fix);
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::Listed;
    use crate::domain::lint::rules::try_on::{fixed, found, manifest};

    fn facts(listed: Listed) -> crate::domain::lint::Facts {
        let mut facts = manifest(r#"{"file_list": ["a", "b"]}"#);
        let entries = [("a".to_owned(), Listed::File(3)), ("b".to_owned(), listed)];
        facts.manifests[0].listed = Some(entries.into());
        facts
    }

    #[test]
    fn what_is_no_file_stops_the_bundler() {
        assert_eq!(fixed("file-missing", &facts(Listed::Missing(None))), r#"{"file_list": ["a"]}"#);
        let sure = |listed| found("file-missing", &facts(listed))[0].fix.clone().unwrap().sure;
        assert!(!sure(Listed::Missing(None)), "it may be misspelt, or not be made yet");
        assert!(sure(Listed::Missing(Some("B".into()))));
        assert_eq!(found("file-missing", &facts(Listed::Folder)).len(), 1);
        assert_eq!(found("file-missing", &facts(Listed::Unreadable)).len(), 1);
        assert_eq!(found("file-missing", &facts(Listed::File(0))), []);
        assert_eq!(found("file-missing", &manifest(r#"{"file_list": ["nobody looked"]}"#)), []);
    }
}

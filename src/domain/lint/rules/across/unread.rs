//! A file that could not be taken for what it should be.

use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "unread",
    severity: Severity::Error,
    about: "A text that is no JSON, or JSON of another shape, is read neither by a Gateway nor by the bundler: nothing else of it can be looked at.",
    source: "Go's encoding/json, with which Gateways and the reference tool read; recorded",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for unread in &facts.unread {
        let finding = report.say(&unread.file, &unread.message);
        finding.place = unread.place;
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::json::Place;
    use crate::domain::lint::rules::try_on::found;
    use crate::domain::lint::{ApiFile, Facts, ManifestFile};

    #[test]
    fn says_where_a_text_is_no_json() {
        let unread =
            ManifestFile::open("manifest.json", "{\n  \"file_list\": nope\n}").unwrap_err();
        let facts = Facts { unread: vec![unread], ..Facts::default() };
        let caught = found("unread", &facts);
        assert_eq!(caught[0].place, Some(Place { line: 2, column: 16 }));
        assert_eq!(caught[0].message, "expected null, found nope");
        assert!(ManifestFile::open("manifest.json", "{}").is_ok());
        assert!(ApiFile::open("api.json", "{} {}").is_err());
    }
}

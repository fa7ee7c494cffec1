//! An API without a version.

use serde_json::json;

use crate::domain::api::Kind;
use crate::domain::lint::Fix;
use crate::domain::lint::text::is_there;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "missing-version",
    severity: Severity::Error,
    about: "A classic API without a version answers 403 to every request: it needs version_data with one of its versions, also where it is not versioned.",
    source: "recorded: 230, 232",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for text in facts.api_texts().filter(|text| text.definition.kind() == Kind::Classic) {
        let data = text.definition.field(&["version_data"]);
        if data.member("versions").members().next().is_none() {
            let value =
                json!({"not_versioned": true, "versions": {"Default": {"name": "Default"}}});
            let fix =
                text.set(&data.path, value).map(|fix| Fix { title: "add a version".into(), ..fix });
            let message = "version_data has no version: the API answers 403 to every request";
            report.on_field(&text, &data, message).fixed_by(fix.filter(|_| !is_there(&data)));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{api, fixed, found};

    #[test]
    fn one_is_needed() {
        assert!(fixed("missing-version", &api(r#"{"name": "A"}"#)).contains(r#""Default""#));
        let none = r#"{"version_data": {"not_versioned": true, "versions": {}}}"#;
        assert_eq!(found("missing-version", &api(none)).len(), 1);
        let one = r#"{"version_data": {"versions": {"v1": {"name": "v1"}}}}"#;
        assert_eq!(found("missing-version", &api(one)), []);
    }
}

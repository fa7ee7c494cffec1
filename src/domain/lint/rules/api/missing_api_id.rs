//! An API without an id.

use crate::domain::api::Kind;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "missing-api-id",
    severity: Severity::Warning,
    about: "A Gateway does not load a file without api_id; one that is sent to it gets a made-up id, which is another one each time. The Dashboard gives its own.",
    source: "recorded: 028, 049",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for text in facts.api_texts().filter(|text| text.definition.kind() != Kind::OpenApi) {
        let id = text.definition.summary().id;
        if text.definition.is_wrapped() || !id.is_blank() {
            continue;
        }
        let severity = if text.definition.kind() == Kind::Classic {
            Severity::Warning
        } else {
            Severity::Hint
        };
        let name = text.definition.summary().name.text();
        let made: String = name
            .to_lowercase()
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
            .collect();
        let fix = if made.is_empty() { None } else { text.set(&id.path, made) };
        let message = "the API has no id: a Gateway does not load its file, or makes up an id";
        report.on_field(&text, &id, message).as_grave_as(severity).fixed_by(fix);
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{api, fixed, found};

    #[test]
    fn the_name_makes_one() {
        let fixed = fixed("missing-api-id", &api(r#"{"name": "My Orders"}"#));
        assert_eq!(fixed, r#"{"name": "My Orders", "api_id": "my-orders"}"#);
        assert_eq!(found("missing-api-id", &api(r#"{"api_definition": {"name": "A"}}"#)), []);
        assert_eq!(found("missing-api-id", &api(r#"{"api_id": "a"}"#)), []);
    }
}

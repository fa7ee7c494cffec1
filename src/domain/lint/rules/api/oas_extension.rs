//! An OpenAPI document that no Gateway serves.

use crate::domain::api::Kind;
use crate::domain::lint::Fix;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "oas-extension",
    severity: Severity::Warning,
    about: "A Gateway serves an OpenAPI document only with x-tyk-api-gateway in it; without, it can be imported alone.",
    source: "recorded: 325, 401",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for text in facts.api_texts().filter(|text| text.definition.kind() == Kind::OpenApi) {
        let edit = text.definition.with_extension(&text.definition.draft()).ok();
        let fix = edit.map(|edit| Fix::one("give it x-tyk-api-gateway", text.file, edit));
        let message = "x-tyk-api-gateway is missing: no Gateway serves the document as it is";
        report.on_value(&text, text.definition.root(), message).fixed_by(fix);
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{api, fixed, found, oas};

    #[test]
    fn it_is_given_one() {
        let text =
            r#"{"openapi": "3.0.3", "info": {"title": "Orders", "version": "1"}, "paths": {}}"#;
        assert!(fixed("oas-extension", &api(text)).contains("x-tyk-api-gateway"));
        assert_eq!(found("oas-extension", &oas("", "")), []);
    }
}

//! A regular expression that Go does not take.

use super::extractor::{MISSING, used};
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "extractor-regex",
    severity: Severity::Error,
    about: "An id extractor whose expression does not compile finds nothing: every request is answered 400 Authorization field missing.",
    source: "recorded: bundles id-header-regex-bad",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for (text, extractor) in used(facts) {
        let expression = extractor.regex.text();
        if extractor.with.text() != "regex" || uses_go_alone(&expression) {
            continue;
        }
        if let Err(regex::Error::Syntax(said)) = regex::Regex::new(&expression) {
            let why = said.lines().last().unwrap_or_default().trim_start_matches("error: ");
            let message = format!("not a regular expression of Go's ({why}): {MISSING}");
            report.on_field(&text, &extractor.regex, message);
        }
    }
}

/// Whether the expression has what Go's syntax has and the one we check with has not.
fn uses_go_alone(expression: &str) -> bool {
    [r"\Q", r"\C", "[["].iter().any(|only| expression.contains(only))
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{found, middleware};

    #[test]
    fn only_what_does_not_compile() {
        let with = |expression: &str| {
            middleware(&format!(
                r#""id_extractor": {{"extract_from": "body", "extract_with": "regex", "extractor_config": {{"regex_expression": "{expression}"}}}}"#
            ))
        };
        assert_eq!(found("extractor-regex", &with("([a-z")).len(), 1);
        assert_eq!(found("extractor-regex", &with("([a-z]+)")), []);
        assert_eq!(found("extractor-regex", &with("[[:alpha:]]")), []);
    }
}

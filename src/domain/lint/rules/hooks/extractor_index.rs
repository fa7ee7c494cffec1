//! A match index that means something else.

use super::extractor::used;
use crate::domain::json::Value;
use crate::domain::lint::text::is_there;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "extractor-index",
    severity: Severity::Warning,
    about: "regex_match_index counts whole matches from 0, not capture groups; one that is no whole number is read as none.",
    source: "recorded: bundles id-header-regex-index-2, -float, -string, -out-of-range",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for (text, extractor) in used(facts) {
        let index = &extractor.match_index;
        if extractor.with.text() != "regex" || !is_there(index) {
            continue;
        }
        let number = index.value.and_then(Value::number);
        let whole = number.filter(|number| number.fract() == 0.0 && *number >= 0.0);
        let (severity, message) = match whole {
            None => (
                Severity::Warning,
                "the match index must be a whole number from 0 on, without quotes".to_owned(),
            ),
            // The second match may be meant.
            Some(number) if number >= 1.0 && groups(&extractor.regex.text()) > 0 => (
                Severity::Hint,
                format!(
                    "the match index counts whole matches from 0, not capture groups: {number} is match number {}",
                    number + 1.0
                ),
            ),
            Some(_) => continue,
        };
        let quoted = index.value.and_then(Value::string).and_then(|text| text.trim().parse().ok());
        let fix = text.set(&index.path, quoted.unwrap_or(0_u32));
        report.on_field(&text, index, message).as_grave_as(severity).fixed_by(fix);
    }
}

fn groups(expression: &str) -> usize {
    regex::Regex::new(expression).map_or(0, |regex| regex.captures_len() - 1)
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{fixed, found, middleware};

    #[test]
    fn it_counts_matches_and_not_groups() {
        let with = |expression: &str, index: &str| {
            middleware(&format!(
                r#""id_extractor": {{"extract_from": "body", "extract_with": "regex",
                   "extractor_config": {{"regex_expression": "{expression}", "regex_match_index": {index}}}}}"#
            ))
        };
        assert!(fixed("extractor-index", &with("(a)", "1")).contains(r#""regex_match_index": 0"#));
        assert!(
            fixed("extractor-index", &with("a", "\"2\"")).contains(r#""regex_match_index": 2"#)
        );
        assert_eq!(found("extractor-index", &with("a", "1.5")).len(), 1);
        assert_eq!(found("extractor-index", &with("a+", "1")), []);
        assert_eq!(found("extractor-index", &with("(a)", "null")), []);
    }
}

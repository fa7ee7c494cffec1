//! An id extractor that cannot tell callers apart.

use super::extractor::{WORKING, used, works};
use crate::domain::api::Field;
use crate::domain::lint::text::shown;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::nearest::nearest;
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "extractor-combination",
    severity: Severity::Error,
    about: "What works is header or form with value or regex, and body with regex or xpath. body with value, querystring and unknown sources give all callers one session: after the first one the auth hook is not called again for anybody.",
    source: "recorded: bundles id-body-value, id-querystring-value, id-unknown-from, id-unknown-with",
    check,
};

/// What an extractor does that gives everybody the same id.
const SHARED: &str = "all callers share one session, and after the first one the auth hook is not called again for anybody";

fn check(facts: &Facts, report: &mut Report<'_>) {
    for (text, extractor) in used(facts) {
        let (source, with) = (extractor.source.text(), extractor.with.text());
        if works(&source, &with) {
            continue;
        }
        let key = |field: &Field<'_>| {
            field.path.steps().last().map_or_else(String::new, ToString::to_string)
        };
        let what = |field: &Field<'_>| match field.text() {
            text if text.is_empty() => format!("{} is not set", key(field)),
            text => format!("{} {} is unknown", key(field), shown(&text)),
        };
        let (at, what) = if !matches!(with.as_str(), "value" | "regex" | "xpath") {
            (&extractor.with, format!("{}: the extractor is not used", what(&extractor.with)))
        } else if source == "body" {
            (&extractor.with, format!("body with value: {SHARED}"))
        } else if matches!(source.as_str(), "header" | "form") {
            (&extractor.with, format!("{source} with xpath does not work"))
        } else {
            (&extractor.source, format!("{}: {SHARED}", what(&extractor.source)))
        };
        // With one near word in place the rest may fit.
        let near = nearest(&at.text(), ["header", "form", "body", "value", "regex", "xpath"]);
        let fix = near.filter(|near| *near != at.text()).and_then(|near| text.set(&at.path, near));
        report.on_field(&text, at, format!("{what}. What works: {WORKING}")).fixed_by(fix);
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{caught, fixed, found, middleware, oas};
    use crate::domain::task::Severity;

    fn with(source: &str, with: &str) -> crate::domain::lint::Facts {
        middleware(&format!(
            r#""id_extractor": {{"extract_from": "{source}", "extract_with": "{with}"}}"#
        ))
    }

    #[test]
    fn what_makes_all_callers_one_is_an_error() {
        let on = |key: &str| [(Severity::Error, format!("custom_middleware.id_extractor.{key}"))];
        assert_eq!(caught("extractor-combination", &with("body", "value")), on("extract_with"));
        assert_eq!(
            caught("extractor-combination", &with("querystring", "value")),
            on("extract_from")
        );
        assert_eq!(caught("extractor-combination", &with("header", "magic")), on("extract_with"));
        assert_eq!(caught("extractor-combination", &with("header", "xpath")), on("extract_with"));
        assert!(fixed("extractor-combination", &with("heder", "value")).contains(r#""header""#));
        let server = r#""authentication": {"enabled": true, "custom": {"enabled": true, "config": {"enabled": true,
            "functionName": "A", "idExtractor": {"enabled": true, "source": "body", "with": "value"}}}}"#;
        assert_eq!(found("extractor-combination", &oas(server, "")).len(), 1);
    }

    #[test]
    fn what_works_or_is_not_used_is_left_alone() {
        for (source, by) in [("header", "value"), ("form", "regex"), ("body", "xpath"), ("", "")] {
            assert_eq!(found("extractor-combination", &with(source, by)), []);
        }
        let off = r#""id_extractor": {"disabled": true, "extract_from": "nowhere", "extract_with": "magic"}"#;
        assert_eq!(found("extractor-combination", &middleware(off)), []);
    }
}

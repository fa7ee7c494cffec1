//! An id extractor without a setting that it needs.

use super::extractor::{MISSING, used, works};
use crate::domain::lint::{Facts, Fix, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "extractor-setting",
    severity: Severity::Error,
    about: "Where the name, the expression or the whole extractor_config is missing, the extractor finds nothing, and every request is answered 400 Authorization field missing.",
    source: "recorded: bundles id-header-value-null-config",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for (text, extractor) in used(facts) {
        let (source, with) = (extractor.source.text(), extractor.with.text());
        if !works(&source, &with) {
            continue;
        }
        let named = match source.as_str() {
            "header" => Some((&extractor.header_name, "header")),
            "form" => Some((&extractor.param_name, "form")),
            _ => None,
        };
        let by = match with.as_str() {
            "regex" => Some((&extractor.regex, "regex")),
            "xpath" => Some((&extractor.xpath, "xpath")),
            _ => None,
        };
        for (needed, for_what) in named.into_iter().chain(by) {
            if needed.text().is_empty() {
                let message =
                    format!("{for_what} needs {} in it: without it {MISSING}", needed.path);
                let fix = (for_what == "header")
                    .then(|| text.set(&needed.path, "Authorization").map(Fix::guessed))
                    .flatten();
                report.on_field(&text, needed, message).fixed_by(fix);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{fixed, found, middleware};

    #[test]
    fn the_name_and_the_expression_are_needed() {
        let with = |settings: &str| middleware(&format!(r#""id_extractor": {{{settings}}}"#));
        let bare = with(r#""extract_from": "header", "extract_with": "regex""#);
        assert_eq!(found("extractor-setting", &bare).len(), 2);
        assert!(fixed("extractor-setting", &bare).contains(r#""header_name": "Authorization""#));
        let form = r#""extract_from": "form", "extract_with": "value", "extractor_config": {"param_name": "p"}"#;
        assert_eq!(found("extractor-setting", &with(form)), []);
        let null = r#""extract_from": "body", "extract_with": "xpath", "extractor_config": null"#;
        assert_eq!(found("extractor-setting", &with(null)).len(), 1);
    }
}

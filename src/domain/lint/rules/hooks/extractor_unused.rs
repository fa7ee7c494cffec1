//! An id extractor that nothing uses.

use super::extractor::used;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "extractor-unused",
    severity: Severity::Warning,
    about: "An id extractor keeps the session that auth_check returned: without an auth_check it does nothing.",
    source: "the Gateway's source, gateway/coprocess_id_extractor.go",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for (text, extractor) in used(facts) {
        let check = text.definition.auth_check();
        let has_check = check.is_some_and(|check| !check.name.is_blank() && !check.is_disabled());
        if !has_check && !text.definition.bundle().is_used() {
            let message = "id_extractor is used by auth_check alone, and there is none";
            let fix = extractor.all.value.and_then(|value| text.remove(value));
            report.on_field(&text, &extractor.all, message).fixed_by(fix);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{fixed, found, middleware};

    #[test]
    fn an_auth_check_uses_it() {
        let extractor = r#""id_extractor": {"extract_from": "header", "extract_with": "value"}"#;
        let without = middleware(&format!(r#""pre": [{{"name": "P"}}], {extractor}"#));
        assert!(!fixed("extractor-unused", &without).contains("id_extractor"));
        let with = middleware(&format!(r#""auth_check": {{"name": "A"}}, {extractor}"#));
        assert_eq!(found("extractor-unused", &with), []);
    }
}

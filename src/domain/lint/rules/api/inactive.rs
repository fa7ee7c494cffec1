//! An inactive API that a Gateway serves.

use crate::domain::json::Value;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "inactive",
    severity: Severity::Hint,
    about: "A Gateway that has its APIs in files ignores active: an API with active false is served all the same. With the Dashboard it is not.",
    source: "recorded: 227, 370",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for text in facts.api_texts() {
        let active = text.definition.summary().active;
        if active.value.and_then(Value::bool) == Some(false) {
            let message = "a Gateway that has its APIs in files serves it all the same: take the file out of its folder";
            report.on_field(&text, &active, message);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{api, found};

    #[test]
    fn only_false_is_told() {
        // No fix: to set it to true is what nobody asked for.
        assert_eq!(found("inactive", &api(r#"{"active": false}"#)).len(), 1);
        assert_eq!(found("inactive", &api("{}")), []);
    }
}

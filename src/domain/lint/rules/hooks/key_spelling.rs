//! A key in another case than its usual one.

use super::sections::{Member, members};
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "key-spelling",
    severity: Severity::Hint,
    about: "Readers take keys in any case; people and other tools look for the usual spelling.",
    source: "Go's encoding/json: keys are matched without regard to case",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for text in facts.texts() {
        for Member { value, section, name, .. } in members(&text) {
            let (Some(name), Some(key)) = (name, value.key()) else { continue };
            // A map's keys are kept as they are.
            if key == name || section.is_some_and(|section| section.map) {
                continue;
            }
            let message = format!("readers take {key} for {name}, its usual spelling");
            report.on_value(&text, value, message).fixed_by(text.rename(value, name));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{api, fixed, found, manifest};

    #[test]
    fn the_usual_spelling_is_offered() {
        let fixed = fixed("key-spelling", &manifest(r#"{"FILE_LIST": []}"#));
        assert_eq!(fixed, r#"{"file_list": []}"#);
        assert_eq!(found("key-spelling", &api(r#"{"custom_middleware": {"PRE": null}}"#)).len(), 1);
        assert_eq!(found("key-spelling", &api(r#"{"custom_middleware": {"pre": null}}"#)), []);
        assert_eq!(found("key-spelling", &api(r#"{"SLUG": ""}"#)), []);
    }
}

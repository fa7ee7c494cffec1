//! A deprecated switch that still works.

use crate::domain::api::Kind;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "deprecated-switch",
    severity: Severity::Hint,
    about: "enable_coprocess_auth and use_go_plugin_auth still work; custom_plugin_auth_enabled has taken their place.",
    source: "the Gateway's API definition types; recorded: auth-custom-plugin-flag",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for text in facts.api_texts().filter(|text| text.definition.kind() == Kind::Classic) {
        let auth = text.definition.auth();
        let Some((current, older)) = auth.custom.split_first() else { continue };
        for old in older.iter().filter(|old| old.is_on()) {
            let field = &old.field;
            let key =
                field.path.split_last().map_or_else(String::new, |(_, step)| step.to_string());
            let message = format!(
                "{key} still works, and is deprecated: custom_plugin_auth_enabled is its new name"
            );
            let fix = match field.value {
                Some(value) if current.field.value.is_none() => {
                    text.rename(value, "custom_plugin_auth_enabled")
                }
                Some(value) if current.is_on() => text.remove(value),
                _ => None,
            };
            report.on_field(&text, field, message).fixed_by(fix);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{api, fixed, found};

    #[test]
    fn the_new_name_takes_its_place() {
        let fixed_text = fixed("deprecated-switch", &api(r#"{"enable_coprocess_auth": true}"#));
        assert_eq!(fixed_text, r#"{"custom_plugin_auth_enabled": true}"#);
        let both = r#"{"use_go_plugin_auth": true, "custom_plugin_auth_enabled": true}"#;
        assert_eq!(
            fixed("deprecated-switch", &api(both)),
            r#"{"custom_plugin_auth_enabled": true}"#
        );
        assert_eq!(found("deprecated-switch", &api(r#"{"enable_coprocess_auth": false}"#)), []);
    }
}

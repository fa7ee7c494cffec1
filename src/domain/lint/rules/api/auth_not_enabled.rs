//! An authentication plugin that is not switched on.

use crate::domain::api::Kind;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "auth-not-enabled",
    severity: Severity::Error,
    about: "An auth_check is only called where custom_plugin_auth_enabled is true; else a classic API falls back to token authentication. A Tyk OAS API with custom.enabled false is open.",
    source: "recorded: auth-not-enabled, oas-auth-custom-disabled",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for text in facts.api_texts() {
        let auth = text.definition.auth();
        let named =
            auth.check.as_ref().is_some_and(|check| !check.name.is_blank() && !check.is_disabled());
        let Some(switch) = auth.custom.first() else { continue };
        if !named || auth.is_keyless() || auth.is_custom() {
            continue;
        }
        let what = match (text.definition.kind(), auth.others.is_empty()) {
            (Kind::Classic, true) => "the API asks for an ordinary key instead",
            (_, true) => "anybody gets in",
            (_, false) => "another authentication decides",
        };
        let path = &switch.field.path;
        let message = format!("auth_check is never called, because {path} is not true: {what}");
        let fix = text.set(path, switch.value_for(true));
        report.on_field(&text, &switch.field, message).fixed_by(fix);
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{api, fixed, found, oas};

    #[test]
    fn it_is_switched_on() {
        let text = |more: &str| {
            format!(r#"{{"custom_middleware": {{"auth_check": {{"name": "A"}}}}{more}}}"#)
        };
        let fixed_text = fixed("auth-not-enabled", &api(&text("")));
        assert!(fixed_text.contains(r#""custom_plugin_auth_enabled": true"#));
        assert_eq!(
            found("auth-not-enabled", &api(&text(r#", "enable_coprocess_auth": true"#))),
            []
        );
        assert_eq!(
            found("auth-not-enabled", &api(&text(r#", "use_keyless": true"#))),
            [],
            "another rule's"
        );
        let server = r#""authentication": {"enabled": true, "custom": {"enabled": false, "config": {"enabled": true, "functionName": "A"}}}"#;
        assert!(
            fixed("auth-not-enabled", &oas(server, "")).contains(r#""custom": {"enabled": true"#)
        );
    }
}

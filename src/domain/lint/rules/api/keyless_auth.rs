//! An API without authentication never calls its authentication plugin.

use crate::domain::api::Phase;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "keyless-auth",
    severity: Severity::Error,
    about: "An API without authentication (use_keyless true, in Tyk OAS server.authentication.enabled not true) registers neither auth_check nor post_key_auth: anybody gets in.",
    source: "Tyk Gateway 5.14, gateway/api_loader.go; recorded: auth-keyless, oas-auth-disabled",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for text in facts.api_texts() {
        let auth = text.definition.auth();
        if !auth.is_keyless() {
            continue;
        }
        let named =
            auth.check.as_ref().is_some_and(|check| !check.name.is_blank() && !check.is_disabled());
        let path = &auth.keyless.field.path;
        let why = if auth.keyless.field.is_true() { "is true" } else { "is not true" };
        let (severity, what) = if named {
            (Severity::Error, "auth_check is never called and anybody gets in")
        } else if auth.is_custom() {
            (Severity::Error, "no plugin is asked who calls, and anybody gets in")
        } else if text
            .definition
            .plugins_of(Phase::PostKeyAuth)
            .iter()
            .any(|plugin| !plugin.is_disabled())
        {
            (Severity::Warning, "post_key_auth is never called")
        } else {
            continue;
        };
        let fix = text.set(path, auth.keyless.value_for(false));
        report
            .on_field(&text, &auth.keyless.field, format!("{path} {why}, so {what}"))
            .as_grave_as(severity)
            .fixed_by(fix);
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{api, caught, fixed, found, oas};
    use crate::domain::task::Severity;

    #[test]
    fn an_auth_check_that_is_never_called() {
        let text = |keyless| {
            format!(
                r#"{{"use_keyless": {keyless}, "custom_middleware": {{"auth_check": {{"name": "A"}}}}}}"#
            )
        };
        assert_eq!(fixed("keyless-auth", &api(&text("true"))), text("false"));
        assert_eq!(found("keyless-auth", &api(&text("false"))), []);
        let bundle = r#"{"api_definition": {"use_keyless": true, "custom_plugin_auth_enabled": true, "custom_middleware_bundle": "b"}}"#;
        assert!(fixed("keyless-auth", &api(bundle)).contains(r#""use_keyless": false"#));
    }

    #[test]
    fn authentication_of_oas_must_be_enabled() {
        let server = r#""authentication": {"enabled": false, "custom": {"enabled": true, "config": {"enabled": true, "functionName": "A"}}}"#;
        assert!(
            fixed("keyless-auth", &oas(server, ""))
                .contains(r#""authentication": {"enabled": true"#)
        );
    }

    #[test]
    fn what_only_an_authenticated_call_reaches() {
        let text =
            r#"{"use_keyless": true, "custom_middleware": {"post_key_auth": [{"name": "P"}]}}"#;
        assert_eq!(caught("keyless-auth", &api(text)), [(Severity::Warning, "use_keyless".into())]);
        assert_eq!(
            found(
                "keyless-auth",
                &api(r#"{"use_keyless": true, "custom_middleware": {"pre": [{"name": "P"}]}}"#)
            ),
            []
        );
    }
}

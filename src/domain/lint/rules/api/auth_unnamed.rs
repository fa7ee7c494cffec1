//! Custom authentication without a plugin.

use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "auth-unnamed",
    severity: Severity::Error,
    about: "Where custom authentication is on and auth_check is absent, disabled or without a name, a Gateway dispatches a hook named nothing, and answers 403 where no plugin knows it.",
    source: "recorded: auth-unnamed, oas-auth-no-config, oas-auth-config-disabled, oas-auth-unnamed",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for text in facts.api_texts() {
        let auth = text.definition.auth();
        // The hooks of a bundle come with its manifest.
        if !auth.is_asked() || text.definition.bundle().is_used() {
            continue;
        }
        let name = text.definition.check_name();
        let (at, what, fix) = match &auth.check {
            None => (name, "has no plugin", None),
            Some(check) if check.name.is_blank() => {
                (check.name.clone(), "has a plugin without a name", None)
            }
            Some(check) if check.is_disabled() => {
                let field = &check.switch.field;
                let fix = text.set(&field.path, check.switch.value_for(true));
                (field.clone(), "has a plugin that is switched off", fix)
            }
            Some(_) => continue,
        };
        let message =
            format!("custom authentication is on and {what}: every caller is answered 403");
        report.on_field(&text, &at, message).fixed_by(fix);
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{api, fixed, found, oas};

    #[test]
    fn a_plugin_must_be_named_and_on() {
        let with = |check: &str| {
            api(&format!(
                r#"{{"custom_plugin_auth_enabled": true, "custom_middleware": {{"auth_check": {check}}}}}"#
            ))
        };
        for check in ["null", "{}", r#"{"name": ""}"#, r#"{"name": "A", "disabled": true}"#] {
            assert_eq!(found("auth-unnamed", &with(check)).len(), 1, "{check}");
        }
        let off = with(r#"{"name": "A", "disabled": true}"#);
        assert!(fixed("auth-unnamed", &off).contains(r#""disabled": false"#));
        assert_eq!(found("auth-unnamed", &with(r#"{"name": "A"}"#)), []);
        let bundle = r#"{"custom_plugin_auth_enabled": true, "custom_middleware_bundle": "b.zip"}"#;
        assert_eq!(found("auth-unnamed", &api(bundle)), []);
    }

    #[test]
    fn the_config_of_oas_must_be_there_enabled_and_named() {
        let with = |config: &str| {
            oas(
                &format!(
                    r#""authentication": {{"enabled": true, "custom": {{"enabled": true{config}}}}}"#
                ),
                "",
            )
        };
        for config in [
            "",
            r#", "config": {"enabled": false, "functionName": "A"}"#,
            r#", "config": {"enabled": true}"#,
        ] {
            assert_eq!(found("auth-unnamed", &with(config)).len(), 1, "{config}");
        }
        assert_eq!(
            found("auth-unnamed", &with(r#", "config": {"enabled": true, "functionName": "A"}"#)),
            []
        );
    }
}

//! A bundle that is not used.

use crate::domain::lint::text::shown;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "bundle-disabled",
    severity: Severity::Hint,
    about: "A bundle that is switched off is not fetched, and none of its hooks run. In Tyk OAS it is off where enabled is absent.",
    source: "recorded: bundles bundle-disabled, oas-bundle-disabled",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for text in facts.api_texts() {
        let bundle = text.definition.bundle();
        if bundle.name.is_blank() || bundle.switch.is_on() {
            continue;
        }
        let field = &bundle.switch.field;
        // Absent, it was rather forgotten than meant.
        let severity = if field.value.is_some() { Severity::Hint } else { Severity::Warning };
        let message = format!(
            "the bundle {} is switched off: none of its hooks run",
            shown(&bundle.name.text())
        );
        let fix = text.set(&field.path, bundle.switch.value_for(true));
        report.on_field(&text, field, message).as_grave_as(severity).fixed_by(fix);
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{api, caught, fixed, found, oas};
    use crate::domain::task::Severity;

    #[test]
    fn off_may_be_meant_and_forgotten_is_not() {
        let text =
            r#"{"custom_middleware_bundle": "b", "custom_middleware_bundle_disabled": true}"#;
        assert!(fixed("bundle-disabled", &api(text)).contains(r#"_disabled": false"#));
        let facts = oas("", r#""pluginConfig": {"driver": "grpc", "bundle": {"path": "b"}}"#);
        let path = "x-tyk-api-gateway.middleware.global.pluginConfig.bundle.enabled".to_owned();
        assert_eq!(caught("bundle-disabled", &facts), [(Severity::Warning, path)]);
        assert_eq!(
            found("bundle-disabled", &api(r#"{"custom_middleware_bundle_disabled": true}"#)),
            []
        );
    }
}

//! Hooks that a bundle's manifest replaces.

use crate::domain::lint::text::shown;
use crate::domain::lint::{Facts, Fix, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "hooks-beside-bundle",
    severity: Severity::Warning,
    about: "When a bundle loads, its manifest replaces the API's custom_middleware as a whole: hooks and id extractor of the definition are never used.",
    source: "recorded: bundles api-middleware-replaced; Tyk Gateway 5.14, gateway/coprocess_bundle.go",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    // What a Gateway says of itself has the manifest's hooks in the definition.
    for text in facts.api_texts().filter(|text| !text.file.starts_with("gateway:")) {
        let bundle = text.definition.bundle();
        let plugins = text.definition.plugins();
        let Some(first) = plugins.first().filter(|_| bundle.is_used()) else { continue };
        let count = match plugins.len() {
            1 => "this hook is".to_owned(),
            many => format!("{many} hooks of the definition are"),
        };
        let message = format!(
            "the manifest of the bundle {} replaces all hooks: {count} never called",
            shown(&bundle.name.text())
        );
        let middleware = text.definition.field(&["custom_middleware"]).value;
        // It may be the bundle that is not meant.
        let fix = middleware.and_then(|middleware| text.remove(middleware)).map(Fix::guessed);
        report.on_field(&text, &first.entry, message).fixed_by(fix);
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{api, fixed, found, oas};

    #[test]
    fn they_can_go() {
        let text = r#"{"custom_middleware_bundle": "b.zip", "custom_middleware": {"pre": [{"name": "A"}], "driver": "grpc"}}"#;
        assert_eq!(
            fixed("hooks-beside-bundle", &api(text)),
            r#"{"custom_middleware_bundle": "b.zip"}"#
        );
        let global = r#""pluginConfig": {"driver": "grpc", "bundle": {"enabled": true, "path": "b.zip"}}, "prePlugins": [{"enabled": true, "functionName": "A"}]"#;
        assert_eq!(found("hooks-beside-bundle", &oas("", global)).len(), 1);
    }

    #[test]
    fn a_bundle_that_is_off_or_a_driver_alone_replace_nothing() {
        for text in [
            r#"{"custom_middleware_bundle": "b.zip", "custom_middleware_bundle_disabled": true, "custom_middleware": {"pre": [{"name": "A"}]}}"#,
            r#"{"custom_middleware_bundle": "b.zip", "custom_middleware": {"pre": null, "auth_check": {"name": ""}, "driver": "grpc"}}"#,
        ] {
            assert_eq!(found("hooks-beside-bundle", &api(text)), [], "{text}");
        }
        let mut facts = api(
            r#"{"custom_middleware_bundle": "b.zip", "custom_middleware": {"pre": [{"name": "A"}]}}"#,
        );
        facts.apis[0].file = "gateway:orders".into();
        assert_eq!(found("hooks-beside-bundle", &facts), []);
    }
}

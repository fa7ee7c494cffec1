//! Python hooks whose code comes from nowhere.

use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "python-without-bundle",
    severity: Severity::Warning,
    about: "Python code comes in a bundle alone: hooks of a definition that names none fail each request, with No hooks defined for bundle.",
    source: "recorded: python no-bundle; gateway 523",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for text in facts.api_texts() {
        let driver = text.definition.driver();
        let bundle = text.definition.bundle();
        let called = text.definition.plugins().iter().any(|plugin| !plugin.is_disabled());
        if driver.text() == "python" && called && !bundle.is_used() {
            let message = format!(
                "the hooks fail each request: Python code comes in a bundle, and {} names none",
                bundle.name.path
            );
            report.on_field(&text, &driver, message);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{api, found, oas};

    #[test]
    fn hooks_of_python_need_a_bundle() {
        let with = |driver: &str, more: &str| {
            let hooks = r#"[{"name": "A"}]"#;
            api(&format!(
                r#"{{"custom_middleware": {{"pre": {hooks}, "driver": "{driver}"}}{more}}}"#
            ))
        };
        assert_eq!(found("python-without-bundle", &with("python", "")).len(), 1);
        let off =
            r#", "custom_middleware_bundle": "b.zip", "custom_middleware_bundle_disabled": true"#;
        assert_eq!(found("python-without-bundle", &with("python", off)).len(), 1);
        let plugins = r#""pluginConfig": {"driver": "python"}, "prePlugins": [{"enabled": true, "functionName": "A"}]"#;
        assert_eq!(found("python-without-bundle", &oas("", plugins)).len(), 1);
        let named = r#", "custom_middleware_bundle": "b.zip""#;
        assert_eq!(found("python-without-bundle", &with("python", named)), []);
        assert_eq!(found("python-without-bundle", &with("grpc", "")), []);
        let none = r#"{"custom_middleware": {"pre": [], "driver": "python"}}"#;
        assert_eq!(found("python-without-bundle", &api(none)), []);
        let off = r#""pluginConfig": {"driver": "python"}, "prePlugins": [{"enabled": false, "functionName": "A"}]"#;
        assert_eq!(found("python-without-bundle", &oas("", off)), []);
    }
}

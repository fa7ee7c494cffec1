//! A manifest without a hook.

use super::listed::text;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "no-hooks",
    severity: Severity::Error,
    about: "The bundler refuses a manifest that names no hook.",
    source: "the reference tool: No hooks defined",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for manifest in facts.manifests.iter().filter(|manifest| !manifest.manifest.has_hook()) {
        let message = "No hooks defined: give custom_middleware a hook, such as \"pre\": [{\"name\": \"MyHook\"}]";
        let middleware = manifest.definition.field(&["custom_middleware"]);
        report.on_field(&text(manifest), &middleware, message);
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{found, manifest, middleware};

    #[test]
    fn one_is_enough() {
        assert_eq!(found("no-hooks", &manifest("{}")).len(), 1);
        assert_eq!(found("no-hooks", &middleware(r#""pre": []"#)).len(), 1);
        assert_eq!(found("no-hooks", &middleware(r#""response": [{"name": "R"}]"#)), []);
        assert_eq!(found("no-hooks", &middleware(r#""auth_check": {"name": "A"}"#)), []);
    }
}

//! Authentication that a bundle and its API do not agree on.

use super::bundled::pairs;
use crate::domain::api::Phase;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "bundle-auth",
    severity: Severity::Warning,
    about: "An auth_check of a bundle is called only where the API has custom authentication on; and where it is on, a bundle without an auth_check makes the Gateway ask for a hook named nothing.",
    source: "recorded: bundles all-hooks-keyless, auth-not-enabled, auth-unnamed",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for (text, manifest) in pairs(facts) {
        let auth = text.definition.auth();
        let check = manifest.definition.auth_check();
        let has_check = check.is_some_and(|check| !check.name.is_blank() && !check.is_disabled());
        let after = manifest.definition.plugins_of(Phase::PostKeyAuth);
        let has_after = after.iter().any(|plugin| !plugin.is_disabled());
        let file = &manifest.file;
        let switch = &auth.custom[0];
        if auth.is_asked() && !has_check {
            let message = format!(
                "custom authentication is on, and {file} has no auth_check: every caller is answered 403"
            );
            report.on_field(&text, &switch.field, message);
        } else if has_check && auth.is_keyless() && !auth.is_custom() {
            let message = format!(
                "the auth_check of {file} is never called: the API asks nobody who they are"
            );
            let fix = text.set(&auth.keyless.field.path, auth.keyless.value_for(false));
            report.on_field(&text, &auth.keyless.field, message).fixed_by(fix);
        } else if has_check && !auth.is_custom() {
            let message = format!(
                "the auth_check of {file} is never called: custom authentication is not on"
            );
            let fix = text.set(&switch.field.path, switch.value_for(true));
            report.on_field(&text, &switch.field, message).fixed_by(fix);
        } else if has_after && auth.is_keyless() {
            let message =
                format!("post_key_auth of {file} is never called: the API has no authentication");
            report.on_field(&text, &auth.keyless.field, message);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{api, found, manifest};
    use crate::domain::lint::{Facts, ManifestFile};

    fn facts(api_text: &str, middleware: &str) -> Facts {
        let manifest_text =
            format!(r#"{{"custom_middleware": {{"driver": "grpc", {middleware}}}}}"#);
        let manifests: Vec<ManifestFile> = manifest(&manifest_text).manifests;
        Facts { manifests, ..api(api_text) }
    }

    const CHECK: &str = r#""auth_check": {"name": "A"}"#;

    #[test]
    fn they_must_agree() {
        let api_with = |more: &str| format!(r#"{{"custom_middleware_bundle": "b.zip"{more}}}"#);
        let on = api_with(r#", "custom_plugin_auth_enabled": true"#);
        let keyless = api_with(r#", "use_keyless": true"#);
        assert_eq!(found("bundle-auth", &facts(&on, r#""pre": [{"name": "P"}]"#)).len(), 1);
        let caught = found("bundle-auth", &facts(&api_with(""), CHECK));
        let fix = caught[0].fix.as_ref().unwrap();
        assert!(fix.title.contains("custom_plugin_auth_enabled"));
        assert_eq!(found("bundle-auth", &facts(&keyless, CHECK)).len(), 1);
        assert_eq!(
            found("bundle-auth", &facts(&keyless, r#""post_key_auth": [{"name": "P"}]"#)).len(),
            1
        );
        assert_eq!(found("bundle-auth", &facts(&on, CHECK)), []);
        assert_eq!(found("bundle-auth", &facts(&keyless, r#""pre": [{"name": "P"}]"#)), []);
    }

    #[test]
    fn an_api_without_a_bundle_has_nothing_to_do_with_the_manifest() {
        assert_eq!(found("bundle-auth", &facts("{}", CHECK)), []);
    }
}

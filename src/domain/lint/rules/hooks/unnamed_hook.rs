//! A plugin entry without a name.

use crate::domain::api::Plugin;
use crate::domain::json::Value;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "unnamed-hook",
    severity: Severity::Error,
    about: "No plugin can tell what to run for an entry without a name: an unnamed or null element of a list is dispatched as a hook named nothing, and an unnamed auth_check of a manifest is not registered.",
    source: "the reference tool counts such entries; recorded: Tyk OAS 345, 346, bundles hook-empty-name",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for text in facts.texts() {
        let auth =
            text.definition.auth_check().filter(|auth| text.is_manifest && says_something(auth));
        let logs = text.definition.field(&["custom_middleware", "traffic_logs"]);
        for plugin in text.definition.plugins().iter().chain(&auth) {
            // Null is no entry that was switched off, but no entry.
            let is_off = plugin.is_disabled() && plugin.switch.field.value.is_some();
            if !is_off && plugin.name.is_blank() {
                let word = plugin.phase.word();
                let message =
                    format!("a {word} entry without a name: no plugin can tell what to run");
                report.on_field(&text, &plugin.entry, message);
            }
        }
        let has_name = logs.members().any(|(_, member)| member.path == logs.member("name").path);
        if text.is_manifest && logs.members().next().is_some() && !has_name {
            report.on_field(
                &text,
                &logs,
                "traffic_logs has no name: no plugin can tell what to run",
            );
        }
    }
}

/// A Gateway writes an `auth_check` of empty values where there is none.
fn says_something(auth: &Plugin<'_>) -> bool {
    auth.entry
        .members()
        .any(|(_, member)| !member.is_blank() && member.value.and_then(Value::bool) != Some(false))
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{api, caught, found, middleware, oas};
    use crate::domain::task::Severity;

    #[test]
    fn every_entry_needs_a_name() {
        let facts = middleware(
            r#""pre": [{"name": "A"}, null, {"path": "x"}], "auth_check": {"path": "x"}"#,
        );
        let on = |path: &str| (Severity::Error, format!("custom_middleware.{path}"));
        assert_eq!(caught("unnamed-hook", &facts), [on("pre[1]"), on("pre[2]"), on("auth_check")]);
        let second = r#""prePlugins": [{"enabled": true, "functionName": "A"}, {"enabled": true, "functionName": ""}]"#;
        assert_eq!(found("unnamed-hook", &oas("", second)).len(), 1);
    }

    #[test]
    fn disabled_ones_and_what_a_gateway_writes_for_none_are_left_alone() {
        let none = r#""pre": [{"disabled": true}], "auth_check": {"name": "", "path": "", "disabled": false}"#;
        assert_eq!(found("unnamed-hook", &middleware(none)), []);
        assert_eq!(
            found("unnamed-hook", &api(r#"{"custom_middleware": {"pre": [{"name": "A"}]}}"#)),
            []
        );
    }
}

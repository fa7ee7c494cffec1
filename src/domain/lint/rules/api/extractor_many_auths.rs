//! An id extractor beside other authentications.

use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "extractor-many-auths",
    severity: Severity::Hint,
    about: "Users found that an id extractor on an API with several authentications keeps no session: the plugin is called each time.",
    source: "users' threads; not tried",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for text in facts.api_texts() {
        let extractor = text.definition.id_extractor();
        let auth = text.definition.auth();
        if extractor.is_used() && auth.is_custom() && !auth.others.is_empty() {
            let message = format!(
                "{} is on too: with several authentications the session may not be kept",
                auth.others[0].path
            );
            report.on_field(&text, &extractor.all, message);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{api, found};

    #[test]
    fn alone_it_is_as_meant() {
        let with = |more: &str| {
            api(&format!(
                r#"{{"custom_plugin_auth_enabled": true, "custom_middleware": {{"id_extractor": {{"extract_from": "header", "extract_with": "value"}}}}{more}}}"#
            ))
        };
        assert_eq!(found("extractor-many-auths", &with(r#", "enable_jwt": true"#)).len(), 1);
        assert_eq!(found("extractor-many-auths", &with("")), []);
    }
}

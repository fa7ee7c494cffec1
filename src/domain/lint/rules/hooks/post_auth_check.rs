//! A phase that is not one.

use crate::domain::lint::text::is_there;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "post-auth-check",
    severity: Severity::Hint,
    about: "Users wrote post_auth_check where the hook after authentication is called post_key_auth: Gateways ignore the key.",
    source: "users' threads; the key is in no version of the Gateway's types",
    check,
};

/// The key that users wrote.
pub(super) const KEY: &str = "post_auth_check";

fn check(facts: &Facts, report: &mut Report<'_>) {
    for text in facts.texts() {
        let middleware = text.definition.field(&["custom_middleware"]);
        let wrong = middleware.member(KEY);
        if let Some(value) = wrong.value {
            let message =
                "Gateways ignore post_auth_check: the hook after authentication is post_key_auth";
            let is_taken = is_there(&middleware.member("post_key_auth"));
            let fix = if is_taken { None } else { text.rename(value, "post_key_auth") };
            report.on_field(&text, &wrong, message).fixed_by(fix);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{fixed, found, middleware};

    #[test]
    fn the_hook_after_authentication_has_another_name() {
        let facts = middleware(r#""post_auth_check": [{"name": "A"}]"#);
        assert!(fixed("post-auth-check", &facts).contains(r#""post_key_auth": [{"name": "A"}]"#));
        assert_eq!(found("unknown-key", &facts), [], "it is said once");
        assert_eq!(
            found("post-auth-check", &middleware(r#""post_key_auth": [{"name": "A"}]"#)),
            []
        );
    }
}

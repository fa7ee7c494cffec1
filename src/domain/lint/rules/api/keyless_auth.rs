//! An API without authentication never calls its `auth_check`.

use serde_json::Value as Json;

use crate::domain::api::Kind;
use crate::domain::json::Value;
use crate::domain::lint::Fix;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "keyless-auth",
    severity: Severity::Error,
    about: "With use_keyless true a Gateway registers neither auth_check nor post_key_auth: anybody gets in.",
    source: "Tyk Gateway 5.14: gateway/api_loader.go; recorded",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for api in facts.apis.iter().filter(|api| api.definition.kind() == Kind::Classic) {
        let definition = &api.definition;
        let keyless = definition.value(&["use_keyless"]);
        let name = definition.value(&["custom_middleware", "auth_check", "name"]);
        let named = name.and_then(Value::string).is_some_and(|name| !name.is_empty());
        let Some(keyless) = keyless.filter(|keyless| keyless.bool() == Some(true) && named) else {
            continue;
        };
        let path = keyless.path();
        let fix = definition.set(&path, &Json::Bool(false)).ok();
        let fix = fix.map(|edit| Fix::one("set use_keyless to false", &api.file, edit));
        report
            .say(
                &api.file,
                "use_keyless is true, so auth_check is never called and anybody gets in",
            )
            .at(definition.place(keyless))
            .on(path)
            .fixed_by(fix);
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{api, found};

    #[test]
    fn an_auth_check_that_is_never_called() {
        let text = |keyless| {
            format!(
                r#"{{"use_keyless": {keyless}, "custom_middleware": {{"auth_check": {{"name": "A"}}}}}}"#
            )
        };
        let caught = found("keyless-auth", &api(&text("true")));
        assert_eq!(caught.len(), 1);
        let fixed = caught[0].fix.as_ref().unwrap().apply(text("true").as_bytes());
        assert_eq!(fixed, text("false").as_bytes());
        assert_eq!(found("keyless-auth", &api(&text("false"))), []);
    }
}

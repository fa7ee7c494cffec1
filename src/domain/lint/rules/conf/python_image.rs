//! Python plugins, at a Gateway that may have no Python.

use super::{say, user_of};
use crate::domain::conf::keys;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "conf-python-image",
    severity: Severity::Hint,
    about: "Official images from 5.3.0 on bring no Python: the API is served, and its hooks answer 500. Add Python 3.11 and \
            protobuf to the image.",
    source: "users' threads; a Gateway without Python was recorded",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    let Some((file, _)) = user_of(facts, &["python"]) else { return };
    for conf in facts.confs.iter().filter(|conf| conf.is_on(keys::ENABLE_COPROCESS)) {
        let message = format!(
            "{file} needs Python 3.7 to 3.11 with protobuf, which official images from 5.3.0 on do not have"
        );
        say(report, conf, keys::ENABLE_COPROCESS, message);
    }
}

#[cfg(test)]
mod tests {
    use super::super::try_on::{nothing, one, with_driver};
    use super::RULE;
    use crate::domain::task::Severity;

    #[test]
    fn python_may_be_missing() {
        let on = r#"{"coprocess_options": {"enable_coprocess": true}}"#;
        assert_eq!(one(RULE.id, &with_driver(on, "python")).severity, Severity::Hint);
        nothing(RULE.id, &with_driver(on, "grpc"));
        // Another rule says that it is off.
        nothing(RULE.id, &with_driver("{}", "python"));
    }
}

//! JavaScript plugins without the JavaScript machine.

use super::{say, set, user_of};
use crate::domain::conf::keys;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "conf-jsvm-disabled",
    severity: Severity::Error,
    about: "The driver otto needs enable_jsvm: without it the driver is not there, and a request hook answers 500.",
    source: "recorded: a driver that is not built in or not enabled, on a running Gateway 5.14.0",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    let Some((file, driver)) = user_of(facts, &["otto", "javascript"]) else { return };
    for conf in facts.confs.iter().filter(|conf| !conf.is_on(keys::ENABLE_JSVM)) {
        let message = format!("enable_jsvm is off, and the driver {driver} of {file} needs it");
        let fix = set(conf, keys::ENABLE_JSVM, true);
        say(report, conf, keys::ENABLE_JSVM, message).fixed_by(fix);
    }
}

#[cfg(test)]
mod tests {
    use super::super::try_on::{fixed, nothing, with_driver};
    use super::RULE;

    #[test]
    fn otto_without_its_machine() {
        let off = r#"{"enable_jsvm": false}"#;
        assert_eq!(fixed(RULE.id, &with_driver(off, "otto")), r#"{"enable_jsvm": true}"#);
        nothing(RULE.id, &with_driver(off, "grpc"));
        nothing(RULE.id, &with_driver(r#"{"enable_jsvm": true}"#, "otto"));
    }
}

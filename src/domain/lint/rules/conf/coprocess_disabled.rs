//! Plugins whose drivers are switched off.

use super::{say, set, user_of};
use crate::domain::conf::keys;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "conf-coprocess-disabled",
    severity: Severity::Error,
    about: "Without coprocess_options.enable_coprocess request hooks are skipped silently, and an auth hook falls back to \
            token authentication: an ordinary key gets in.",
    source: "recorded: a running Gateway 5.14.0 with enable_coprocess false",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    let key = keys::ENABLE_COPROCESS;
    for conf in facts.confs.iter().filter(|conf| !conf.is_on(key)) {
        if let Some((file, driver)) = user_of(facts, &["grpc", "python", "lua"]) {
            let message = format!(
                "enable_coprocess is off, so the {driver} hooks of {file} are skipped and custom authentication falls back \
                 to tokens"
            );
            say(report, conf, key, message).fixed_by(set(conf, key, true));
        } else if !conf.text(keys::COPROCESS_GRPC_SERVER).is_empty() {
            let message = "enable_coprocess is off, so coprocess_grpc_server is never called";
            let finding = say(report, conf, key, message).as_grave_as(Severity::Warning);
            finding.fixed_by(set(conf, key, true));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::try_on::{conf, fixed, nothing, one, with_driver};
    use super::RULE;
    use crate::domain::task::Severity;

    #[test]
    fn hooks_that_are_skipped_silently() {
        let off = r#"{"coprocess_options": {"enable_coprocess": false}}"#;
        for driver in ["grpc", "python", "lua"] {
            let fixed = fixed(RULE.id, &with_driver(off, driver));
            assert_eq!(fixed, off.replace("false", "true"), "{driver}");
        }
        assert_eq!(one(RULE.id, &with_driver("{}", "grpc")).severity, Severity::Error);
        let idle = r#"{"coprocess_options": {"coprocess_grpc_server": "tcp://h:1"}}"#;
        assert_eq!(one(RULE.id, &conf(idle)).severity, Severity::Warning);
    }

    #[test]
    fn drivers_that_need_no_coprocess_are_left_alone() {
        for driver in ["otto", "goplugin"] {
            nothing(RULE.id, &with_driver("{}", driver));
        }
        nothing(RULE.id, &conf("{}"));
        let on = r#"{"coprocess_options": {"enable_coprocess": true}}"#;
        nothing(RULE.id, &with_driver(on, "grpc"));
    }
}

//! A Python with which the Gateway ends.

use super::{say, set, user_of};
use crate::domain::conf::keys;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "conf-python-version",
    severity: Severity::Error,
    about: "Gateways run Python 3.7 to 3.11; with 3.12 or newer the process ends when the first Python bundle loads. \
            Without python_version the newest that is installed is taken.",
    source: "recorded: Gateway 5.14.0 with Python 3.7 to 3.13",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    let key = keys::PYTHON_VERSION;
    for conf in &facts.confs {
        let version = conf.text(key);
        if version.is_empty() {
            if let Some((file, _)) = user_of(facts, &["python"]) {
                let message = format!(
                    "python_version is not set, so {file} runs on the newest Python there: from 3.12 on the Gateway ends"
                );
                let hint = say(report, conf, key, message).as_grave_as(Severity::Hint);
                hint.fixed_by(set(conf, key, "3.11"));
            }
            continue;
        }
        // `3.7m` names python3.7m-config.
        let numbers = version.trim_end_matches('m').split_once('.');
        let minor =
            numbers.filter(|(major, _)| *major == "3").map(|(_, minor)| minor.parse::<u32>());
        let why = match minor {
            Some(Ok(7..=11)) => continue,
            Some(Ok(12..)) => "the Gateway ends when the first Python bundle loads",
            Some(Ok(_)) => "it is too old for the Gateway's own Python code",
            _ => "no python-config has this name, so the driver python is not loaded",
        };
        let message = format!("python_version {version:?}: {why}; write 3.7 to 3.11");
        say(report, conf, key, message).fixed_by(set(conf, key, "3.11"));
    }
}

#[cfg(test)]
mod tests {
    use super::super::try_on::{conf, fixed, nothing, one, with_driver};
    use super::RULE;
    use crate::domain::task::Severity;

    fn text(version: &str) -> String {
        format!(r#"{{"coprocess_options": {{"python_version": "{version}"}}}}"#)
    }

    #[test]
    fn a_python_that_ends_the_gateway() {
        for wrong in ["3.12", "3.13", "3.6", "3", "python3.11", "2.7"] {
            assert_eq!(fixed(RULE.id, &conf(&text(wrong))), text("3.11"), "{wrong}");
        }
        for right in ["3.7", "3.7m", "3.10", "3.11"] {
            nothing(RULE.id, &conf(&text(right)));
        }
        assert_eq!(one(RULE.id, &with_driver("{}", "python")).severity, Severity::Hint);
        nothing(RULE.id, &with_driver("{}", "grpc"));
    }
}

//! API definitions in files, at a Gateway that takes its APIs from a Dashboard.

use super::{say, set};
use crate::domain::conf::keys;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "conf-dashboard-apis",
    severity: Severity::Hint,
    about: "With use_db_app_configs a Gateway takes its APIs from the Dashboard: files in app_path are not read, and its \
            control API refuses to write definitions.",
    source: "recorded: gateway/751 to 770 on a running Gateway 5.14.0",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    let key = keys::USE_DB_APP_CONFIGS;
    let files = facts.apis.iter().filter(|api| !api.definition.is_wrapped());
    let Some(api) = files.into_iter().next() else { return };
    for conf in facts.confs.iter().filter(|conf| conf.is_on(key)) {
        let message = format!(
            "use_db_app_configs is on: {} reaches this Gateway by its Dashboard alone",
            api.file
        );
        say(report, conf, key, message).fixed_by(set(conf, key, false));
    }
}

#[cfg(test)]
mod tests {
    use super::super::try_on::{conf, fixed, nothing, with_bundle};
    use super::RULE;

    #[test]
    fn files_that_are_not_read() {
        let on = r#"{"use_db_app_configs": true}"#;
        assert_eq!(fixed(RULE.id, &with_bundle(on)), on.replace("true", "false"));
        nothing(RULE.id, &conf(on));
        nothing(RULE.id, &with_bundle("{}"));
    }
}

//! A Gateway of an MDCB cluster without a group.

use super::say;
use crate::domain::conf::keys;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "conf-slave-group",
    severity: Severity::Hint,
    about: "Under MDCB the Gateways of a cluster share keys and reloads by slave_options.group_id; without one each is a \
            cluster of its own.",
    source: "users' threads; not tried",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for conf in facts.confs.iter().filter(|conf| conf.is_on(keys::USE_RPC)) {
        if conf.text(keys::GROUP_ID).is_empty() {
            let message = "slave_options.use_rpc is on without a group_id: give the cluster one";
            say(report, conf, keys::USE_RPC, message);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::try_on::{conf, nothing, one};
    use super::RULE;
    use crate::domain::task::Severity;

    #[test]
    fn a_cluster_without_a_group() {
        let found = one(RULE.id, &conf(r#"{"slave_options": {"use_rpc": true}}"#));
        assert_eq!(found.severity, Severity::Hint);
        nothing(RULE.id, &conf(r#"{"slave_options": {"use_rpc": true, "group_id": "eu"}}"#));
        nothing(RULE.id, &conf(r#"{"slave_options": {"use_rpc": false}}"#));
    }
}

//! Round robin over one address.

use super::{say, set};
use crate::domain::conf::{PluginServer, keys};
use crate::domain::gateway_version::Number;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "conf-round-robin",
    severity: Severity::Warning,
    about: "grpc_round_robin_load_balancing spreads calls over the addresses that a dns:/// name has; with any other form \
            there is one address. It is known from Gateway 5.8.2 on.",
    source: "Tyk Gateway: gateway/coprocess_grpc.go",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    let key = keys::GRPC_ROUND_ROBIN_LOAD_BALANCING;
    for conf in facts.confs.iter().filter(|conf| conf.is_on(key)) {
        let old = facts
            .gateway
            .as_ref()
            .filter(|gateway| gateway.number.is_some_and(|number| number < Number::new(5, 8, 2)));
        if let Some(gateway) = old {
            let message = format!("Gateway {} does not know {}", gateway.name, key.name());
            say(report, conf, key, message);
            continue;
        }
        let server = conf.text(keys::COPROCESS_GRPC_SERVER).parse();
        if let Ok(PluginServer::Tcp { host, port, is_dns: false }) = server {
            let dns = PluginServer::Tcp { host, port, is_dns: true }.to_string();
            let message = format!(
                "round robin has one address to go to: write coprocess_grpc_server as {dns:?}"
            );
            let fix = set(conf, keys::COPROCESS_GRPC_SERVER, dns);
            say(report, conf, key, message).fixed_by(fix);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::try_on::{conf, fixed, nothing, one};
    use super::RULE;
    use crate::domain::lint::Facts;

    fn text(address: &str) -> String {
        format!(
            r#"{{"coprocess_options": {{"coprocess_grpc_server": "{address}", "grpc_round_robin_load_balancing": true}}}}"#
        )
    }

    #[test]
    fn round_robin_needs_a_name_to_look_up() {
        assert_eq!(fixed(RULE.id, &conf(&text("tcp://plugins:1"))), text("dns:///plugins:1"));
        nothing(RULE.id, &conf(&text("dns:///plugins:1")));
        nothing(RULE.id, &conf(&text("tcp://plugins:1").replace("true", "false")));
        let old = Facts { gateway: Some("5.8.1".parse().unwrap()), ..conf(&text("dns:///p:1")) };
        assert!(one(RULE.id, &old).message.contains("5.8.1"));
    }
}

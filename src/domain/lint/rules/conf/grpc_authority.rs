//! Old Gateways that name no authority.

use super::{say, set, user_of};
use crate::domain::conf::{PluginServer, keys};
use crate::domain::gateway_version::Number;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "conf-grpc-authority",
    severity: Severity::Warning,
    about: "Gateways before 5.8.2 send an empty :authority, which strict gRPC servers (those in Rust, ours too) refuse: \
            each call fails. grpc_authority, known from 5.1 on, gives them one.",
    source: "seen with Gateway 5.8.0 and a server on the h2 library",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    let Some(gateway) = &facts.gateway else { return };
    let is_old = gateway.number.is_some_and(|number| number < Number::new(5, 8, 2));
    if !is_old || user_of(facts, &["grpc"]).is_none() {
        return;
    }
    let key = keys::GRPC_AUTHORITY;
    for conf in facts.confs.iter().filter(|conf| conf.text(key).is_empty()) {
        let server = conf.text(keys::COPROCESS_GRPC_SERVER).parse();
        let authority = match server {
            Ok(PluginServer::Tcp { host, .. }) => host,
            Ok(PluginServer::Unix(_)) => "localhost".to_owned(),
            Err(_) => continue,
        };
        let message = format!(
            "Gateway {} sends an empty :authority, which strict servers refuse: set grpc_authority",
            gateway.name
        );
        say(report, conf, key, message).fixed_by(set(conf, key, authority));
    }
}

#[cfg(test)]
mod tests {
    use super::super::try_on::{fixed, nothing, with_driver};
    use super::RULE;
    use crate::domain::lint::Facts;

    #[test]
    fn an_old_gateway_without_an_authority() {
        let text = r#"{"coprocess_options": {"coprocess_grpc_server": "tcp://plugins:1"}}"#;
        let on = |version: &str, text: &str| Facts {
            gateway: Some(version.parse().unwrap()),
            ..with_driver(text, "grpc")
        };
        let fixed = fixed(RULE.id, &on("5.8.1", text));
        assert!(fixed.contains(r#""grpc_authority": "plugins""#), "{fixed}");
        nothing(RULE.id, &on("5.8.1", &fixed));
        nothing(RULE.id, &on("5.8.2", text));
        nothing(RULE.id, &with_driver(text, "grpc"));
    }
}

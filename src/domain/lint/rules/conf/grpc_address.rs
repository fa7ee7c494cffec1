//! An address of the plugin server that a Gateway cannot use.

use super::{say, set, user_of};
use crate::domain::conf::{PluginServer, PluginServerError, keys};
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "conf-grpc-address",
    severity: Severity::Error,
    about: "coprocess_grpc_server takes tcp://host:port, host:port with a name, dns:///host:port and unix:///path. A bare \
            IP:port is refused at the start; with http://, grpc:// or no port each call fails.",
    source: "recorded: ten forms on a running Gateway 5.14.0",
    check,
};

/// Where `tyk-tui serve` listens, unless it is told otherwise.
const OURS: &str = "tcp://127.0.0.1:50051";

fn check(facts: &Facts, report: &mut Report<'_>) {
    let key = keys::COPROCESS_GRPC_SERVER;
    for conf in &facts.confs {
        let text = conf.text(key);
        let Err(error) = text.parse::<PluginServer>() else { continue };
        if error == PluginServerError::Empty {
            let needs = user_of(facts, &["grpc"]).filter(|_| conf.is_on(keys::ENABLE_COPROCESS));
            let Some((file, _)) = needs else { continue };
            let message = format!("coprocess_grpc_server {error}: {file} needs it");
            say(report, conf, key, message).fixed_by(set(conf, key, OURS));
            continue;
        }
        let corrected = PluginServer::corrected(&text);
        let advice = match &corrected {
            Some(address) => format!("write {address:?}"),
            None => "write tcp://host:port".to_owned(),
        };
        let fix = corrected.and_then(|address| set(conf, key, address));
        let message = format!("coprocess_grpc_server {text:?} {error}: {advice}");
        say(report, conf, key, message).fixed_by(fix);
    }
}

#[cfg(test)]
mod tests {
    use super::super::try_on::{conf, fixed, nothing, one, with_driver};
    use super::RULE;

    fn text(address: &str) -> String {
        format!(
            r#"{{"coprocess_options": {{"enable_coprocess": true, "coprocess_grpc_server": "{address}"}}}}"#
        )
    }

    #[test]
    fn an_address_with_which_no_call_arrives() {
        for wrong in ["10.0.0.1:5555", "http://10.0.0.1:5555", "grpc://10.0.0.1:5555"] {
            let facts = conf(&text(wrong));
            assert_eq!(fixed(RULE.id, &facts), text("tcp://10.0.0.1:5555"), "{wrong}");
        }
        assert!(one(RULE.id, &conf(&text("tcp://plugins"))).message.contains("no port"));
        let empty = with_driver(&text(""), "grpc");
        assert_eq!(fixed(RULE.id, &empty), text("tcp://127.0.0.1:50051"));
    }

    #[test]
    fn every_form_that_works_is_left_alone() {
        for right in ["tcp://10.0.0.1:5555", "plugins:5555", "dns:///p:1", "unix:///run/p.sock"] {
            nothing(RULE.id, &conf(&text(right)));
        }
        nothing(RULE.id, &with_driver(&text(""), "otto"));
        nothing(RULE.id, &conf("{}"));
    }
}

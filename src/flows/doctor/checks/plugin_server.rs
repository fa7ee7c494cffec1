//! Whether the plugin server is there, and speaks gRPC.

use super::super::Known;
use super::super::check::{Check, State, place};
use super::container::from_here;
use crate::domain::conf::{PluginServer, keys};
use crate::net::grpc::{self, Found};

const ID: &str = "plugin-server";

pub(in super::super) async fn check(known: &Known<'_>, found: &mut Vec<Check>) {
    let Some(conf) = known.conf() else { return };
    let key = keys::COPROCESS_GRPC_SERVER;
    // An address that no Gateway can use is told by its rule.
    let Ok(server) = conf.text(key).parse::<PluginServer>() else { return };
    let here = from_here(&server.to_string()).parse().unwrap_or_else(|_| server.clone());
    let check = match grpc::look(&here).await {
        Found::Grpc(health) => Check::new(ID, State::Ok, format!("{server}: {health}")),
        Found::Other(why) => Check::new(ID, State::Fail, format!("{server} speaks no gRPC: {why}"))
            .expected("a gRPC server in plain HTTP/2: a Gateway has no TLS here")
            .change("tyk-tui serve, or your plugin server's own start"),
        Found::Nothing(why) if known.is_elsewhere() => {
            Check::new(ID, State::Unknown, format!("{server} does not answer this machine: {why}"))
                .expected("it answers where the Gateway runs")
        }
        Found::Nothing(why) => {
            Check::new(ID, State::Fail, format!("{server} does not answer: {why}"))
                .expected("a gRPC server that listens there")
                .change("tyk-tui serve, or your plugin server's own start")
        }
    };
    found.push(check.at(place(conf, key)));
}

//! A Gateway in a container, or on another machine, does not reach this machine's loopback.

use super::super::Known;
use super::super::check::{Check, State, place, written};
use crate::domain::address::Listen;
use crate::domain::conf::{PluginServer, keys};

/// How a container calls its host; on Linux it has to be told (`--add-host`).
pub(in super::super) const HOST: &str = "host.docker.internal";

/// Where this machine finds what a container finds by its host's name.
pub(in super::super) fn from_here(address: &str) -> String {
    address.replace(HOST, "localhost")
}

pub(in super::super) fn check(known: &Known<'_>, found: &mut Vec<Check>) {
    if !known.is_elsewhere() {
        return;
    }
    let listens = |text: &str| text.parse::<Listen>().ok().filter(Listen::is_loopback);
    let patient = known.patient;
    let port = |listen: &Listen| match listen {
        Listen::Tcp { port, .. } => *port,
        Listen::Unix(_) => 0,
    };
    for (what, listen, advertise, section) in [
        ("plugin server", &patient.server_listen, &patient.server_advertise, "server"),
        ("bundle host", &patient.host_listen, &patient.host_advertise, "host"),
    ] {
        let Some(listen) = listens(listen) else { continue };
        let all = format!("0.0.0.0:{}", port(&listen));
        let given = advertise.clone().unwrap_or_else(|| format!("{HOST}:{}", port(&listen)));
        let text =
            format!("the {what} of tyk-tui listens on {listen}, which the Gateway does not reach");
        let check = Check::new("container", State::Warn, text);
        let change = format!(
            "{section}.listen = \"{all}\" and {section}.advertise = \"{given}\" in tyk-tui.toml (on Linux start the \
             container with --add-host={HOST}:host-gateway)"
        );
        found.push(
            check
                .expected(format!("it listens on {all}, and is given out as {given}"))
                .change(change),
        );
    }
    let Some(conf) = known.conf() else { return };
    let server = conf.text(keys::COPROCESS_GRPC_SERVER).parse::<PluginServer>();
    if let Ok(server @ PluginServer::Tcp { port, is_dns, .. }) = server.clone()
        && server.is_loopback()
    {
        let right = match &patient.server_advertise {
            Some(address) => format!("tcp://{address}"),
            None => PluginServer::Tcp { host: HOST.to_owned(), port, is_dns }.to_string(),
        };
        let key = keys::COPROCESS_GRPC_SERVER;
        let text = format!("{server} is the Gateway's own loopback, not this machine's");
        let check = Check::new("container", State::Fail, text).expected(right.clone());
        found.push(check.change(written(key, &right.into())).at(place(conf, key)));
    }
    let base = conf.text(keys::BUNDLE_BASE_URL);
    let local = ["://localhost", "://127.", "://[::1]"].iter().any(|local| base.contains(local));
    if local {
        let key = keys::BUNDLE_BASE_URL;
        let (scheme, rest) = base.split_once("://").unwrap_or_default();
        let rest = rest.find([':', '/']).map_or("", |at| &rest[at..]);
        let right = match &patient.host_advertise {
            Some(address) => format!("{scheme}://{address}/"),
            None => format!("{scheme}://{HOST}{rest}"),
        };
        let text = format!("{base} is the Gateway's own loopback, not this machine's");
        let check = Check::new("container", State::Fail, text).expected(right.clone());
        found.push(check.change(written(key, &right.into())).at(place(conf, key)));
    }
}

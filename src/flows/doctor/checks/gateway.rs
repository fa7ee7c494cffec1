//! What `/hello` and `/ready` say: is the Gateway there, which release is it, and does it have what it needs.

use super::super::Patient;
use super::super::check::{Check, State};
use crate::net::http::Certificates;
use crate::services::gateway::{Gateway, Hello, Status};

pub(in super::super) async fn check(patient: &Patient, found: &mut Vec<Check>) -> Option<Hello> {
    let gateway = patient.gateway.as_ref()?;
    if gateway.certificates() == Certificates::Any {
        let said =
            "any certificate of the Gateway is trusted: whoever is on the way can read the secret";
        let change = "take `insecure_tls` out of [use.NAME.gateway], and let this machine trust the authority";
        found.push(
            Check::new("certificate", State::Warn, said).change(change).at(gateway.address()),
        );
    }
    let hello = match gateway.hello().await {
        Ok(hello) => hello,
        Err(error) => {
            let problem = error.problem();
            let check = Check::new("gateway", State::Unknown, problem.what).at(error.url);
            found.push(check.change(problem.help.unwrap_or_default()));
            return None;
        }
    };
    let ill = hello.details.iter().filter(|(_, component)| component.status == Status::Fail);
    let ill: Vec<_> = ill.map(|(name, _)| name.as_str()).collect();
    let version =
        if hello.version.is_empty() { "a version that it does not say" } else { &hello.version };
    let check = match hello.status {
        Status::Pass => Check::new("gateway", State::Ok, format!("healthy, {version}")),
        _ if ill.contains(&"redis") => {
            Check::new("gateway", State::Fail, format!("{version}; it does not reach Redis"))
                .expected("a Gateway with its Redis")
                .change("\"storage\" of tyk.conf, or TYK_GW_STORAGE_HOST and TYK_GW_STORAGE_PORT")
        }
        _ => Check::new("gateway", State::Warn, format!("{version}; not well: {}", ill.join(", "))),
    };
    found.push(check.at(gateway.address()));
    found.extend(ready(gateway).await);
    Some(hello)
}

/// What `/ready` says; nothing before Gateway 5.9, which has none.
async fn ready(gateway: &Gateway) -> Option<Check> {
    let check = match gateway.ready().await {
        Ok(None) => return None,
        Ok(Some(true)) => Check::new("ready", State::Ok, "ready: its APIs are loaded"),
        Ok(Some(false)) => Check::new("ready", State::Fail, "it is not ready to serve")
            .expected("APIs that were loaded once, and Redis")
            .change("look into its log for why it did not reload; balancers send it no requests"),
        Err(error) => {
            let said = format!("it does not say whether it is ready: {}", error.problem().what);
            Check::new("ready", State::Skipped, said)
        }
    };
    Some(check.at(gateway.address()))
}

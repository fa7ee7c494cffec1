//! What `/hello` says: is the Gateway there, which release is it, and does it have what it needs.

use super::super::Patient;
use super::super::check::{Check, State};
use crate::services::gateway::{Hello, Status};

pub(in super::super) async fn check(patient: &Patient, found: &mut Vec<Check>) -> Option<Hello> {
    let gateway = patient.gateway.as_ref()?;
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
    Some(hello)
}

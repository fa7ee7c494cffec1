//! Whether the Gateway takes our secret; what it has loaded.

use super::super::Patient;
use super::super::check::{Check, State};
use crate::domain::api::Definition;
use crate::services::gateway::Why;

pub(in super::super) async fn check(patient: &Patient, found: &mut Vec<Check>) -> Vec<Definition> {
    let Some(gateway) = &patient.gateway else { return Vec::new() };
    let (check, apis) = match gateway.apis().await {
        Ok(apis) => {
            let found = format!("the Gateway takes the secret; APIs loaded: {}", apis.len());
            (Check::new("secret", State::Ok, found), apis)
        }
        Err(error) => {
            let state = match error.why {
                Why::Secret { given: true } => State::Fail,
                _ => State::Unknown,
            };
            let problem = error.problem();
            let check = Check::new("secret", state, problem.what);
            (check.change(problem.help.unwrap_or_default()), Vec::new())
        }
    };
    found.push(check.at(gateway.address()));
    apis
}

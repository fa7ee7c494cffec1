//! The Gateway is made to fetch a bundle and call its plugins once.

use std::collections::BTreeMap;

use super::super::Known;
use super::super::check::{Check, State};
use crate::services::gateway::{Debugged, Request};

const ID: &str = "probe";

pub(in super::super) async fn check(known: &Known<'_>, found: &mut Vec<Check>) {
    let Some(gateway) = known.patient.gateway.as_ref().filter(|_| known.hello.is_some()) else {
        return;
    };
    let Some(api) = known
        .facts
        .apis
        .iter()
        .find(|api| api.definition.bundle().is_used() || !api.definition.plugins().is_empty())
    else {
        return;
    };
    if !known.patient.probe {
        let text = "the Gateway was not asked to fetch the bundle and call the plugin";
        found.push(
            Check::new(ID, State::Skipped, text)
                .change("--probe does; it says what that leaves behind"),
        );
        return;
    }
    let request = Request {
        method: "GET".to_owned(),
        path: "/".to_owned(),
        headers: BTreeMap::new(),
        body: String::new(),
    };
    let check = match gateway.debug(&request, &api.definition).await {
        Ok(debugged) => judged(&debugged),
        Err(error) => {
            let problem = error.problem();
            let check = Check::new(ID, State::Unknown, problem.what);
            check.change(problem.help.unwrap_or_default())
        }
    };
    found.push(check.at(&api.file));
}

fn judged(debugged: &Debugged) -> Check {
    let errors = debugged.logs.iter().filter(|line| line.level == "error");
    let errors: Vec<_> = errors
        .map(|line| {
            if line.error.is_empty() {
                line.msg.clone()
            } else {
                format!("{}: {}", line.msg, line.error)
            }
        })
        .collect();
    match (debugged.built, debugged.status) {
        (true, Some(status)) if errors.is_empty() && status < 500 => Check::new(
            ID,
            State::Ok,
            format!("the Gateway called the plugins; the answer was {status}"),
        ),
        (true, status) => {
            let status = status.map_or("none".to_owned(), |status| status.to_string());
            Check::new(ID, State::Fail, format!("the answer was {status}: {}", errors.join("; ")))
                .expected("the plugins answer")
        }
        (false, _) => Check::new(
            ID,
            State::Fail,
            format!("the Gateway cannot load the API: {}", errors.join("; ")),
        )
        .expected("an API that loads"),
    }
}

//! API definitions are pointed at a bundle, the Gateway reloads, and is asked whether it runs it; where anything fails, all
//! of it is taken back.

mod api;
mod confirm;
mod servers;
mod undo;

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::board::Board;
use super::probe::Probe;
use super::{Failure, probe};
use crate::domain::api::BundleSetting;
use crate::domain::gateway_version::Gateway as Release;
use crate::domain::task::Problem;
use crate::flows::edit::{Desk, NotSaved};
use crate::flows::remote::Keeper;
use crate::services::gateway::Gateway;
use api::Place;
pub(super) use api::{Api, Pointed};
pub(super) use confirm::{Expected, words};
use confirm::{Found, confirm};
pub(super) use servers::Servers;
pub(super) use undo::Undone;
use undo::{Written, undo};

/// So long a reload is waited for: a bundle whose host hangs costs a Gateway 35 s, and it may have a few of them. Then
/// nothing is known, and the Gateway is asked what it runs.
const RELOAD: Duration = Duration::from_mins(3);

/// How long a write may still be answered once the user cancelled.
const LAST_ANSWER: Duration = Duration::from_secs(2);

/// One API that is pointed at a bundle.
pub(super) struct Change {
    pub(super) api: Api,
    /// What its definition will say of its bundle.
    pub(super) setting: BundleSetting,
    /// The bundle that it will use; `None` where it is to use none.
    pub(super) uses: Option<String>,
    text: Vec<u8>,
    expected: Expected,
}

impl Change {
    pub(super) fn new(api: Api, pointed: Pointed, expected: Expected) -> Self {
        Self { api, setting: pointed.setting, uses: pointed.uses, text: pointed.text, expected }
    }
}

/// What it is done with.
pub(super) struct Tools<'a> {
    pub(super) servers: &'a Servers,
    pub(super) release: &'a Release,
    pub(super) desk: &'a Desk,
    pub(super) board: &'a Board,
    pub(super) cancel: &'a CancellationToken,
    pub(super) probe: Option<&'a Probe>,
}

/// Does all of it, or nothing.
pub(super) async fn carry_out(changes: &[Change], tools: &Tools<'_>) -> Result<(), Undone> {
    let mut written = Vec::new();
    match forward(changes, tools, &mut written).await {
        Ok(()) => Ok(()),
        Err(failure) => Err(undo(failure, &written, tools).await),
    }
}

async fn forward<'a>(
    changes: &'a [Change],
    tools: &Tools<'_>,
    written: &mut Vec<Written<'a>>,
) -> Result<(), Failure> {
    let Tools { board, cancel, .. } = tools;
    let go_on = || if cancel.is_cancelled() { Err(Failure::Cancelled) } else { Ok(()) };

    let step = board.begin("point");
    for change in changes {
        let pointed = match go_on() {
            Ok(()) => point(change, tools, written).await,
            Err(failure) => Err(failure),
        };
        if let Err(failure) = pointed {
            return Err(step.failed(failure));
        }
    }
    step.done(names(changes));

    match reloads(changes.iter(), tools.servers) {
        None => board.skipped("reload", "no Gateway is connected"),
        Some(gateway) => {
            let step = board.begin("reload");
            match reload(gateway, cancel).await {
                Ok(words) => step.done(words),
                Err(failure) => return Err(step.failed(failure)),
            }
        }
    }

    let step = board.begin("confirm");
    match confirmed(changes, tools).await {
        Ok(words) => step.done(words),
        Err(failure) => return Err(step.failed(failure)),
    }

    if let Some(probe) = tools.probe {
        let step = board.begin("probe");
        let bundle = changes.iter().find_map(|change| change.expected.bundle.as_deref());
        match probe::probe(probe, bundle.unwrap_or_default(), tools.servers.gateway(), cancel).await
        {
            Ok(words) => step.done(words),
            Err(failure) => return Err(step.failed(failure)),
        }
    }
    go_on()
}

/// Writes one definition; what may have been written is remembered, too.
async fn point<'a>(
    change: &'a Change,
    tools: &Tools<'_>,
    written: &mut Vec<Written<'a>>,
) -> Result<(), Failure> {
    let outcome = tokio::select! {
        outcome = change.api.write(tools.desk, &change.text) => outcome,
        () = given_up(tools.cancel) => {
            written.push(Written { change, after: None });
            return Err(Failure::Cancelled);
        }
    };
    match outcome {
        Ok(()) => {
            // A Gateway shows it only after the reload.
            let shows = change.api.keeper() != Some(Keeper::Gateway);
            let after = if shows { change.api.look(tools.desk).await.ok().flatten() } else { None };
            written.push(Written { change, after });
            Ok(())
        }
        Err(NotSaved::Unknown(problem)) => {
            written.push(Written { change, after: None });
            Err(problem.into())
        }
        Err(NotSaved::Changed { there, .. }) => {
            let what = match there {
                Some(_) => {
                    "somebody else changed the definition since it was read; it stays as it is"
                }
                None => "somebody else deleted the API since it was read",
            };
            let problem = Problem::failed(what).at(&change.api.name);
            Err(problem.help("look at it, and ship again").into())
        }
        Err(NotSaved::Problem(problem)) => Err(problem.into()),
    }
}

/// A write that was begun is waited for a little after the user cancelled: its answer says what is to be put back.
async fn given_up(cancel: &CancellationToken) {
    cancel.cancelled().await;
    tokio::time::sleep(LAST_ANSWER).await;
}

/// The Gateway that has to reload; a Dashboard's too, as it would only do so later.
fn reloads<'a>(changes: impl Iterator<Item = &'a Change>, servers: &Servers) -> Option<&Gateway> {
    let mut changes = changes.peekable();
    changes.peek()?;
    servers.gateway()
}

async fn reload(gateway: &Gateway, cancel: &CancellationToken) -> Result<String, Failure> {
    tokio::select! {
        biased;
        () = cancel.cancelled() => Err(Failure::Cancelled),
        reloaded = tokio::time::timeout(RELOAD, gateway.reload(true)) => match reloaded {
            Ok(Ok(())) => Ok(gateway.address().to_owned()),
            Ok(Err(error)) => Err(error.problem().into()),
            Err(_) => Ok(format!("no answer within {} s: it is asked what it runs", RELOAD.as_secs())),
        },
    }
}

async fn confirmed(changes: &[Change], tools: &Tools<'_>) -> Result<String, Failure> {
    let mut notes = Vec::new();
    for change in changes {
        let found = tokio::select! {
            biased;
            () = tools.cancel.cancelled() => return Err(Failure::Cancelled),
            found = confirm(change, tools.servers, tools.desk) => found?,
        };
        if let Found::Written(note) = found
            && !notes.contains(&note)
        {
            notes.push(note);
        }
    }
    if notes.is_empty() {
        let refuses = tools.release.number.is_none()
            || tools.release.loadings.iter().all(|loading| loading.refuses_unverified);
        let has_hooks = changes.iter().all(|change| change.expected.hooks.is_some());
        let uses_one = changes.iter().any(|change| change.uses.is_some());
        let what = match (uses_one, has_hooks) {
            (true, true) => "our bundle, our hooks",
            (true, false) => "its bundle",
            (false, _) => "no bundle",
        };
        let release = &tools.release.name;
        notes.push(if refuses {
            what.to_owned()
        } else {
            format!("{what}; Gateway {release} would serve a bundle that does not verify, too")
        });
    }
    Ok(format!("{}: {}", names(changes), notes.join("; ")))
}

fn names(changes: &[Change]) -> String {
    changes.iter().map(|change| change.api.name.as_str()).collect::<Vec<_>>().join(", ")
}

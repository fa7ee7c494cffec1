//! Taking back what was written: each definition as it was, the Gateway reloaded, and asked.

use std::time::Duration;

use super::confirm::{self, After};
use super::{Change, RELOAD, Tools, reloads};
use crate::domain::task::{Kind, Problem};
use crate::flows::remote::Keeper;
use crate::flows::ship::Failure;
use crate::services::gateway::Gateway;

/// What is waited before what failed is tried again.
const PAUSES: [Duration; 2] = [Duration::from_millis(500), Duration::from_secs(2)];

/// A definition that we wrote, or may have.
pub(super) struct Written<'a> {
    pub(super) change: &'a Change,
    /// What was there right after.
    pub(super) after: Option<Vec<u8>>,
}

/// Why it failed, and how things are now.
pub(in crate::flows::ship) struct Undone {
    pub(in crate::flows::ship) failure: Failure,
    /// Everything is as it was.
    pub(in crate::flows::ship) as_before: bool,
}

/// Puts all back, which nothing interrupts: what is half done would stay so.
pub(super) async fn undo(failure: Failure, written: &[Written<'_>], tools: &Tools<'_>) -> Undone {
    if written.is_empty() {
        return Undone { failure, as_before: true };
    }
    let step = tools.board.begin("put back");
    let put_back = put_back(written, tools).await;
    let as_before = put_back.is_ok();
    match put_back {
        Ok(words) => step.done(words),
        Err(problem) => {
            tracing::error!("not put back: {problem}");
            step.failed(problem);
        }
    }
    Undone { failure, as_before }
}

async fn put_back(written: &[Written<'_>], tools: &Tools<'_>) -> Result<String, Problem> {
    let mut failed = Vec::new();
    let mut back = Vec::new();
    for Written { change, after } in written.iter().rev() {
        let api = &change.api;
        match patiently(|| api.put_back(tools.desk, &change.text, after.as_deref())).await {
            Ok(()) => back.push(*change),
            Err(problem) => failed.push(problem),
        }
    }
    let gateway = reloads(back.iter().copied(), tools.servers);
    if let Some(gateway) = gateway
        && let Err(problem) = patiently(|| reload(gateway)).await
    {
        failed.push(problem);
    }
    let mut runs_as_before = true;
    for change in &back {
        if let Err(problem) = patiently(|| is_as_before(change, tools)).await {
            failed.push(problem);
        }
        // What was compared is the Dashboard's, or a file.
        if change.api.keeper() != Some(Keeper::Gateway)
            && let Some(gateway) = gateway
        {
            match patiently(|| confirm::after(change, gateway)).await {
                Ok(After::Before) => {}
                Ok(After::Other) => runs_as_before = false,
                Err(problem) => failed.push(problem),
            }
        }
    }
    let names = back.iter().map(|change| change.api.name.as_str()).collect::<Vec<_>>().join(", ");
    let Some(first) = failed.into_iter().next() else {
        let asked = match gateway {
            Some(_) if runs_as_before => ", and the Gateway runs what it ran",
            Some(_) => ", and the Gateway has reloaded",
            None => "",
        };
        return Ok(format!("{names} as before{asked}"));
    };
    let place = first.place.unwrap_or_default();
    let help =
        "`tyk-tui backups list` has what was there before; `tyk-tui backups restore` puts it back";
    Err(Problem::failed(format!("not all is as before: {}", first.what)).at(place).help(help))
}

/// Does what may fail once and again: who would put it back else?
async fn patiently<T, F>(work: impl Fn() -> F) -> Result<T, Problem>
where
    F: Future<Output = Result<T, Problem>>,
{
    for pause in PAUSES {
        match work().await {
            Err(problem) if problem.kind == Kind::Failed => {
                tracing::warn!("once more in {pause:?}: {problem}");
                tokio::time::sleep(pause).await;
            }
            done => return done,
        }
    }
    work().await
}

async fn reload(gateway: &Gateway) -> Result<(), Problem> {
    match tokio::time::timeout(RELOAD, gateway.reload(true)).await {
        Ok(reloaded) => reloaded.map_err(|error| error.problem()),
        // Whether it has is asked next.
        Err(_) => Ok(()),
    }
}

async fn is_as_before(change: &Change, tools: &Tools<'_>) -> Result<(), Problem> {
    let api = &change.api;
    match api.look(tools.desk).await? {
        Some(now) if api.is_as_before(&now) => Ok(()),
        Some(_) => Err(Problem::no("it was put back, and is not what it was").at(&api.name)),
        None => {
            Err(Problem::no("it was put back, and the Gateway does not serve it").at(&api.name))
        }
    }
}

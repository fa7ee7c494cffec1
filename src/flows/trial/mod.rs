//! An API tried by one request on a Gateway, with no deployment: what each middleware did, and what was answered.
//!
//! The Gateway builds the API in memory (`/tyk/debug`), fetches and verifies its bundle and calls its plugins. What it
//! says holds secrets of the request, so it becomes text through a view alone.

mod dump;
mod request;
mod story;

use crate::domain::api::Definition;
use crate::domain::object::View;
use crate::domain::task::Problem;
use crate::services::gateway::{Gateway, Request};

pub use dump::Said;
pub use request::{parse, request};
pub use story::{Line, Middleware};

/// What a trial came to, to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    /// The Gateway could build the API; its plugins may have failed all the same.
    pub built: bool,
    /// The status that the caller would see; `None` where no request was run.
    pub status: Option<u16>,
    /// The request as it was after the chain: what the upstream gets, where the chain let it through.
    pub request: Option<Said>,
    /// What the caller would get.
    pub response: Option<Said>,
    /// What went on before the request, from warnings up.
    pub building: Vec<Line>,
    /// What handled the request, in order.
    pub chain: Vec<Middleware>,
    /// What the Gateway keeps of it, in sentences.
    pub leaves: Vec<String>,
}

impl Tried {
    /// Whether the API was built, nothing in it failed, and the caller got what is no server's error.
    pub fn is_good(&self) -> bool {
        let failed = |line: &Line| line.level == "error";
        self.built
            && self.status.is_some_and(|status| status < 500)
            && !self.building.iter().any(failed)
            && !self.chain.iter().flat_map(|it| &it.lines).any(failed)
    }
}

/// Tries it. This takes as long as its bundle takes to be fetched, and leaves what [`leaves`] says.
pub async fn run(
    gateway: &Gateway,
    request: &Request,
    definition: &Definition,
    view: &dyn View,
) -> Result<Tried, Problem> {
    let debugged = gateway.debug(request, definition).await.map_err(|error| error.problem())?;
    let (request, response) = dump::parts(&debugged.dump, view);
    let (building, chain) = story::told(&debugged.logs, view);
    Ok(Tried {
        built: debugged.built,
        status: debugged.status,
        request,
        response,
        building,
        chain,
        leaves: leaves(definition),
    })
}

/// What trying an API leaves on the Gateway, in sentences without a dot; none where it has neither bundle nor plugin
/// that lets callers in.
pub fn leaves(definition: &Definition) -> Vec<String> {
    let mut leaves = Vec::new();
    let bundle = definition.bundle();
    if bundle.is_used() {
        leaves.push(format!(
            "the bundle {} stays on the Gateway's disk under its name: other content under that name is not fetched \
             any more",
            bundle.name.text()
        ));
    }
    if definition.auth().is_asked() || bundle.is_used() && !definition.auth().is_keyless() {
        leaves.push(
            "a session that its auth plugin returns becomes a live key: `tyk-tui gateway key leftovers` finds it"
                .to_owned(),
        );
    }
    leaves
}

#[cfg(test)]
mod tests;

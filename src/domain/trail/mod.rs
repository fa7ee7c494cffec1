//! Which calls belong to one HTTP request, in the order in which a Gateway makes them, and which of the hooks that its API
//! has did not come, and why.
//!
//! Nothing in an Object names its request. A Gateway with OpenTelemetry gives all calls of one the same trace; else it is
//! guessed: the calls of a request come one after the other, in the order of their hooks, and each shows what the one before
//! left: URI, method, headers, body.
//!
//! Source: a Gateway 5.14.0, recorded in `tests/fixtures/dispatch/`.

mod call;
mod group;
mod plan;
mod steps;
mod trace;
mod why;

pub use call::Call;
pub use group::{Basis, Grouper, Taken, Trail, group};
pub use plan::{Origin, Plan};
pub use steps::{Came, Circumstances, Step, ends, steps};
pub use trace::TraceId;
pub use why::Why;

use crate::domain::api::Phase;
use crate::domain::object::Hook;

/// The header by which a request that we send is known again in the Dispatches that it caused.
pub const MARK: &str = "X-Tyk-Tui-Request";

/// When a hook is called in a request; `None` for what no Gateway we know calls. Source: the order in which a Gateway puts
/// its middleware together (recorded: oas-order, all-hooks).
pub fn phase(hook: Hook) -> Option<Phase> {
    Phase::ALL.into_iter().find(|phase| phase.hook() == Some(hook))
}

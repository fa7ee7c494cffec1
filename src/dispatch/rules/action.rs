//! What a rule does to a Dispatch: an action a file, each registered in one line here.

mod delete_headers;
mod delete_params;
mod faults;
mod inject_jwt;
mod overrides;
mod response;
mod set_body;
mod set_headers;
mod set_method;
mod set_params;
mod set_path;

use std::fmt::Debug;
use std::pin::Pin;

use super::load::Loader;
use super::table::Table;
use super::turn::{Done, Turn};
use crate::dispatch::{auth, forward};
use crate::domain::object::Hook;
use crate::domain::task::Problem;

/// All actions, in the order in which help names them.
pub(super) const KINDS: &[Kind] = &[
    auth::static_key::KIND,
    auth::hmac::KIND,
    auth::jwt::KIND,
    auth::basic::KIND,
    set_headers::KIND,
    delete_headers::KIND,
    set_params::KIND,
    delete_params::KIND,
    set_body::KIND,
    set_method::KIND,
    set_path::KIND,
    overrides::KIND,
    response::KIND,
    inject_jwt::KIND,
    forward::KIND,
    faults::DELAY,
    faults::FAIL,
    faults::DROP,
];

/// One kind of action.
pub(in crate::dispatch) struct Kind {
    /// Its key below `[[rule.do]]`.
    pub(in crate::dispatch) name: &'static str,
    pub(in crate::dispatch) hooks: Hooks,
    pub(in crate::dispatch) load: fn(&mut Loader<'_>, &Table<'_>) -> Result<Action, Problem>,
}

/// On which hooks an action does something: the Gateway reads neither `request` nor `session` of a response hook's answer,
/// and `response` of no other's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::dispatch) enum Hooks {
    /// It gives an `auth_check` hook the session that the Gateway asks for.
    AuthCheck,
    Request,
    Response,
    Any,
    /// On any, and another server answers.
    Elsewhere,
}

impl Hooks {
    fn take(self, hook: Hook) -> bool {
        match self {
            Self::AuthCheck => hook == Hook::AuthCheck,
            Self::Request => hook.is_request_hook(),
            Self::Response => !hook.is_request_hook(),
            Self::Any | Self::Elsewhere => true,
        }
    }
}

/// An action that is done at once.
pub(in crate::dispatch) trait Now: Debug + Send + Sync {
    /// Notes in the turn what is to change.
    fn apply(&self, turn: &mut Turn<'_>) -> Done;

    /// Whether it computes for so long (a signature by a private key) that calls beside it had better not wait.
    fn takes_long(&self) -> bool {
        false
    }
}

/// An action that may wait for something.
pub(in crate::dispatch) trait Later: Debug + Send + Sync {
    /// As [`Now::apply`].
    fn apply<'a>(
        &'a self,
        turn: &'a mut Turn<'_>,
    ) -> Pin<Box<dyn Future<Output = Done> + Send + 'a>>;

    /// As [`Now::takes_long`]; what it waits for is none of this.
    fn takes_long(&self) -> bool {
        false
    }
}

/// What an action does.
#[derive(Debug)]
pub(in crate::dispatch) enum Action {
    Now(Box<dyn Now>),
    Later(Box<dyn Later>),
}

/// An action of a rule.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) hooks: Hooks,
    pub(super) action: Action,
}

impl Step {
    /// Whether it can give an `auth_check` hook the session that the Gateway asks for.
    pub(super) fn authenticates(&self) -> bool {
        matches!(self.hooks, Hooks::AuthCheck | Hooks::Elsewhere)
    }

    /// As [`Now::takes_long`].
    pub(super) fn takes_long(&self) -> bool {
        match &self.action {
            Action::Now(action) => action.takes_long(),
            Action::Later(action) => action.takes_long(),
        }
    }

    /// Does it, where it does something on this hook.
    pub(super) async fn apply(&self, turn: &mut Turn<'_>) -> Done {
        if !self.hooks.take(turn.head.hook) {
            return Done::GoOn;
        }
        match &self.action {
            Action::Now(action) => action.apply(turn),
            Action::Later(action) => action.apply(turn).await,
        }
    }
}

/// The table of an action's settings.
pub(in crate::dispatch) fn action_table<'a>(
    action: &Table<'a>,
    key: &str,
    what: &'static str,
    known: &[&str],
) -> Result<Table<'a>, Problem> {
    action
        .table(key, what, known)?
        .ok_or_else(|| action.problem(&action.span, format!("{what} must be a table")))
}

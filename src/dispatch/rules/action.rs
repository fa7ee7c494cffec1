//! What a rule does to an Object.

use super::keys::StaticKey;
use crate::domain::object::{Edit, Head, Overrides};

/// One action.
#[derive(Debug)]
pub(super) enum Action {
    /// A key in a header becomes a session, or the caller is refused.
    StaticKey(StaticKey),
    /// `request.set_headers`, which the Gateway applies to what goes to the upstream.
    SetHeaders(Vec<(String, String)>),
    /// `request.return_overrides`: the Gateway answers the caller itself.
    Override(Overrides),
}

/// How an action left the Object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Done {
    /// The next action goes on.
    GoOn,
    /// The caller is refused: nothing later counts.
    Refused,
}

impl Action {
    /// Whether it can give an `auth_check` hook the session that the Gateway asks for.
    pub(super) fn authenticates(&self) -> bool {
        matches!(self, Self::StaticKey(_))
    }

    /// Notes in `edit` what is to change. On response hooks there is nothing to do: the Gateway reads neither
    /// `request` nor `session` of their answers.
    pub(super) fn apply(&self, head: &Head<'_>, edit: &mut Edit) -> Done {
        if !head.hook.is_request_hook() {
            return Done::GoOn;
        }
        match self {
            Self::StaticKey(keys) => keys.apply(head, edit),
            Self::SetHeaders(headers) => {
                for (name, value) in headers {
                    edit.set_headers.retain(|(set, _)| set != name);
                    edit.set_headers.push((name.clone(), value.clone()));
                }
                Done::GoOn
            }
            Self::Override(overrides) => {
                let refused = overrides.code >= 400;
                edit.overrides = Some(overrides.clone());
                if refused { Done::Refused } else { Done::GoOn }
            }
        }
    }
}

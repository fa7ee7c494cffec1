//! What the pane has the Gateway do, besides giving and taking its own definitions: a trial, keys, reloads, another's
//! definition compared and put there.

use secrecy::SecretString;

use super::Pane;
use super::remote::Connection;
use crate::domain::task::Problem;
use crate::flows::edit::NotSaved;
use crate::flows::keys::{Key, Limits, Revoked};
use crate::flows::remote::{Keeper, Prepared, Put};
use crate::flows::trial::Tried;
use crate::services::gateway::Request;
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::model::Effects;

/// What the Gateway is asked to do.
#[derive(Clone, Debug)]
pub(crate) enum Wish {
    /// Load its APIs anew; the whole group, and nobody waits for it.
    Reload {
        /// All of its group.
        group: bool,
    },
    /// Try a definition with a request.
    Try {
        /// The definition's text.
        text: Vec<u8>,
        /// The request.
        request: Request,
    },
    /// Say what differs between a definition and what it serves under that id; `put`: to be put there then.
    Compare {
        /// The definition's text.
        text: Vec<u8>,
        /// The user is asked whether to put it.
        put: bool,
    },
    /// Put a definition that was compared.
    Put(Prepared),
    /// Make a key for this API.
    MakeKey(String, Limits),
    /// List the keys that open this API.
    ListKeys(String),
    /// Delete a key.
    DeleteKey(Key),
    /// Find keys that sessions of plugins left.
    FindLeftovers,
    /// Delete these.
    Revoke(Vec<Key>),
    /// Give up what is under way.
    Cancel,
}

/// What came of it.
pub(crate) enum News {
    /// It has reloaded, or the group was told.
    Reloaded(bool, Result<(), Problem>),
    /// A trial has ended.
    Tried(Result<Tried, Problem>),
    /// What differs there; and whether it is to be put.
    Compared(bool, Result<Prepared, Problem>),
    /// A definition was put, with this id.
    Pushed(String, Result<Put, NotSaved>),
    /// A key was made: the key, and what to know of it.
    Made(Result<(SecretString, Vec<String>), Problem>),
    /// The keys that open this API.
    Keys(String, Result<Vec<Key>, Problem>),
    /// A key was deleted.
    Deleted(Result<String, Problem>),
    /// The keys that were left.
    Leftovers(Result<Vec<Key>, Problem>),
    /// Keys were revoked.
    Revoked(Result<Revoked, Problem>),
    /// It was given up.
    Cancelled,
}

/// What is under way, and what a question is about.
#[derive(Default)]
pub(crate) struct OnGateway {
    /// What it does, in a word.
    pub(crate) busy: Option<&'static str>,
    /// The keys that a list or a question is about.
    pub(crate) keys: Vec<Key>,
    /// The definition that a question is about.
    pub(crate) prepared: Option<Prepared>,
    /// What was typed for the last trial.
    pub(crate) typed: Option<crate::tui::overlay::Trial>,
}

impl Wish {
    /// In a word, for the line that says what is under way.
    fn word(&self) -> &'static str {
        match self {
            Self::Reload { .. } => "reloading",
            Self::Try { .. } => "trying",
            Self::Compare { .. } => "comparing",
            Self::Put(_) => "taking the definition in",
            Self::MakeKey(..) => "making a key",
            Self::ListKeys(_) | Self::FindLeftovers => "looking through keys",
            Self::DeleteKey(_) | Self::Revoke(_) => "deleting keys",
            Self::Cancel => "",
        }
    }
}

impl Pane {
    /// The profile's Gateway, where it has one.
    pub(crate) fn gateway(&self) -> Option<&Connection> {
        self.connections.iter().find(|it| it.keeper == Keeper::Gateway)
    }

    /// Asks the Gateway for something that takes its time.
    pub(crate) fn have_gateway(&mut self, wish: Wish) -> Effects {
        self.on_gateway.busy = Some(wish.word());
        vec![Effect::Gateway(wish)]
    }

    /// The id of the selected definition.
    pub(crate) fn selected_id(&self) -> Option<String> {
        let id = self.selected()?.definition()?.summary().id.text();
        (!id.is_empty()).then_some(id)
    }

    /// Why an action with the Gateway cannot be had now.
    pub(crate) fn gateway_why_not(&self, action: Action) -> Option<String> {
        let because = |blocked: bool, why: &str| blocked.then(|| why.to_owned());
        let of_selected =
            !matches!(action, Action::ReloadGateway | Action::ReloadGroup | Action::Leftovers);
        because(
            self.gateway().is_none(),
            "no Gateway is connected: choose a profile that has one (--use NAME)",
        )
        .or_else(|| self.on_gateway.busy.map(|busy| format!("the Gateway is {busy} already")))
        .or_else(|| {
            let open = self.selected().is_some_and(|api| api.definition().is_some());
            because(of_selected && !open, "open an API definition first")
        })
        .or_else(|| {
            let unnamed = of_selected && action != Action::TryApi && self.selected_id().is_none();
            because(unnamed, "the definition has no id")
        })
        .or_else(|| {
            let own = self.selected().and_then(super::Api::remote);
            let own = own.is_some_and(|remote| remote.keeper == Keeper::Gateway);
            let compared = matches!(action, Action::PushApi | Action::AgainstGateway);
            because(
                own && compared,
                "it is the Gateway's own: D shows changes, ctrl-s saves them there",
            )
        })
    }
}

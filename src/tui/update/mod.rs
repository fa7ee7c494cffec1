//! From a message to the next state: synchronous, without I/O; what is to be done outside comes back as effects.

mod act;
mod answer;
mod begin;
mod columns;
mod edit;
mod export;
pub(crate) mod flow;
mod gateway;
mod hold;
mod input;
mod manifest;
mod marks;
mod overlay;
mod panes;
mod problems;
mod publish;
mod remote;
mod replay;
mod request;
mod running;
mod ship;
mod unsaved;
mod work;

use super::action::{Action, why_not};
use super::effect::Effect;
use super::message::{Message, Signal};
use super::model::{Effects, Model, User};

/// Takes a message in.
pub(crate) fn update(model: &mut Model, message: Message) -> Effects {
    let before = model.texts_version();
    let mut effects = match message {
        Message::Input(event) => input::input(model, event),
        Message::Signal(Signal::End) => end(model),
        Message::Signal(Signal::HangUp) => hang_up(model),
        Message::Signal(Signal::Stop) => vec![Effect::Suspend],
        message => work::arrived(model, message),
    };
    effects.extend(model.manifest.code_wanted());
    if model.texts_version() != before {
        effects.push(Effect::LintSoon);
    }
    effects
}

/// Ends the console; what was not saved is kept, to come back.
fn end(model: &mut Model) -> Effects {
    let mut effects = unsaved::keep(model);
    // What a ship began is taken back first; who cannot wait for that asks again.
    if model.ship.under_way && !model.ship.quits {
        model.ship.quits = true;
        effects.extend(model.say("the ship ends first; the same again does not wait for it"));
        effects.push(Effect::CancelShip);
    } else {
        effects.push(Effect::Quit);
    }
    effects
}

/// Ends the console, whose terminal is gone: nobody can be asked whether the server is to go on, and where quitting would ask
/// it does. A connection that broke must not take it away from the Gateway.
fn hang_up(model: &mut Model) -> Effects {
    model.user = User::Gone;
    let is_needed = busy_server(model) || looked_at(model);
    if model.ship.under_way || !is_needed || why_not(model, Action::LeaveServer).is_some() {
        return end(model);
    }
    let mut effects = unsaved::keep(model);
    effects.extend(act::leave(model));
    effects
}

/// What a ship began is taken back, as far as it can be: the console, which waited for that, ends.
fn after_ship(model: &mut Model) -> Effects {
    if model.user == User::Gone { hang_up(model) } else { vec![Effect::Quit] }
}

/// Whether somebody else looks at a server that ends with this console.
fn looked_at(model: &Model) -> bool {
    owns_server(model) && model.server.onlookers > 0
}

/// Whether the running server has had traffic in the last minute: a Gateway would answer 500 without us.
fn busy_server(model: &Model) -> bool {
    owns_server(model) && !model.stream.stats.idle()
}

/// Whether a server runs that ends with this console.
fn owns_server(model: &Model) -> bool {
    let server = &model.server.server;
    server.address().is_some() && server.process().is_none()
}

//! From a message to the next state: synchronous, without I/O; what is to be done outside comes back as effects.

mod act;
mod answer;
mod input;
mod work;

use super::message::{Message, Signal};
use super::model::{Effects, Model};
use super::pane::manifest::Target;

/// Takes a message in.
pub(crate) fn update(model: &mut Model, message: Message) -> Effects {
    match message {
        Message::Input(event) => input::input(model, event),
        Message::Signal(Signal::End) => vec![super::effect::Effect::Quit],
        Message::Signal(Signal::Stop) => vec![super::effect::Effect::Suspend],
        message => work::arrived(model, message),
    }
}

/// Whether a row of the manifest's form can be taken out.
pub(crate) fn removable(target: &Target) -> bool {
    match target {
        Target::File(_)
        | Target::Hook(..)
        | Target::AuthCheck
        | Target::Extractor
        | Target::ExtractorConfig(_) => true,
        Target::Driver | Target::Files | Target::Hooks(_) | Target::ExtractorKey(_) => false,
    }
}

/// How many seconds back traffic counts as such: a Gateway would answer 500 without us.
const LATELY: usize = 60;

/// Whether the running server has had traffic in the last minute.
fn busy_server(model: &Model) -> bool {
    let lately = model.stream.stats.per_second.iter().rev().take(LATELY);
    model.server.server.address().is_some() && lately.sum::<u32>() > 0
}

//! The ship: begun, asked about, cancelled, ended.

use secrecy::SecretString;

use super::act::{ask, prompt};
use super::work::passphrase;
use crate::domain::task::Severity;
use crate::flows::ship::{Failure, RolledBack, Shipped};
use crate::tui::effect::Effect;
use crate::tui::model::{Effects, Model};
use crate::tui::overlay::{Intent, Overlay, Prompt, Purpose};
use crate::tui::pane::apis::GatewayWish;
use crate::tui::pane::publish::Wish;
use crate::tui::text;
use crate::tui::widget::Field;

/// Steps that change something outside; those after them take it back.
const OUTSIDE: [&str; 5] = ["push", "point", "reload", "confirm", "probe"];
const BACK: [&str; 2] = ["put back", "clean up"];

/// Ships, or shows the ship under way.
pub(super) fn begin(model: &mut Model) -> Effects {
    show(model);
    if model.ship.under_way {
        return Vec::new();
    }
    model.ship.probe = None;
    with_passphrase(model, None)
}

/// Asks for the path of a request that proves it in the end.
pub(super) fn ask_probe(model: &mut Model) -> Effects {
    let note = "A GET of this path goes through the Gateway in the end, and the Dispatch that it causes is waited for.";
    let field = Field::new("/");
    prompt(model, "Ship, and probe", note, Purpose::Probe, field)
}

/// Ships, and sends a request to this path in the end.
pub(super) fn begin_probing(model: &mut Model, path: &str) -> Effects {
    show(model);
    model.ship.probe = Some(path.to_owned());
    with_passphrase(model, None)
}

/// Ships, now that the key's passphrase is known, or not.
pub(super) fn with_passphrase(model: &mut Model, passphrase: Option<SecretString>) -> Effects {
    model.ship.begin();
    vec![Effect::Ship { passphrase, probe: model.ship.probe.clone() }]
}

/// Reads what the last ship did, to take it back.
pub(super) fn roll_back(model: &mut Model) -> Effects {
    show(model);
    model.ship.begin_back();
    vec![Effect::RollBack]
}

fn show(model: &mut Model) {
    let shown = model.overlays.iter().any(|overlay| matches!(overlay, Overlay::Ship));
    if !shown {
        model.overlays.push(Overlay::Ship);
    }
}

/// It is ready, and wants a word before anything leaves this machine.
pub(super) fn asks(model: &mut Model, outline: Vec<String>, profile: Option<String>) -> Effects {
    show(model);
    model.ship.outline.clone_from(&outline);
    match profile {
        Some(name) => {
            let title = format!("Type {name} to go on");
            let (note, purpose) = (String::new(), Purpose::Production(name));
            let field = Field::default();
            model.overlays.push(Overlay::Prompt(Prompt { title, note, purpose, field }));
            Vec::new()
        }
        None => ask(model, "Take the last ship back?", outline, Intent::GoOn),
    }
}

/// The profile's name was typed, or something else.
pub(super) fn typed(model: &mut Model, profile: &str, text: &str) -> Effects {
    model.ship.outline.clear();
    if text == profile {
        return vec![Effect::GoOn];
    }
    let mut effects = model.say(format!("that is not {profile}: nothing was sent"));
    effects.push(Effect::CancelShip);
    effects
}

/// The question was answered with no.
pub(super) fn refused(model: &mut Model) -> Effects {
    model.ship.outline.clear();
    vec![Effect::CancelShip]
}

/// Cancels it, after a question once something was changed outside.
pub(super) fn cancel(model: &mut Model) -> Effects {
    if !model.ship.under_way && model.apis.on_gateway.busy.is_some() {
        return vec![Effect::Gateway(GatewayWish::Cancel)];
    }
    if !model.ship.under_way {
        return vec![Effect::Publish(Wish::Cancel)];
    }
    let step = model.ship.step().unwrap_or_default();
    if BACK.contains(&step) {
        model.refuse("what was begun is being taken back: that is not left half done");
        return Vec::new();
    }
    if !OUTSIDE.contains(&step) {
        return vec![Effect::CancelShip];
    }
    let reason = "What was pushed is taken away again, and the API definitions are put back.";
    ask(model, "Cancel the ship?", vec![reason.to_owned()], Intent::CancelShip)
}

/// It has ended.
pub(super) fn ended(model: &mut Model, ended: Result<Box<Shipped>, Failure>) -> Effects {
    match ended {
        Ok(shipped) => {
            let mut effects = over(model);
            effects.extend(done(model, *shipped));
            effects
        }
        Err(failure) => failed(model, failure),
    }
}

/// It was taken back, or not.
pub(super) fn rolled_back(model: &mut Model, ended: Result<RolledBack, Failure>) -> Effects {
    match ended {
        Ok(back) => {
            let mut effects = over(model);
            effects.extend(model.say(format!("took back {}", back.from)));
            model.ship.back = Some(back);
            effects
        }
        Err(failure) => failed(model, failure),
    }
}

/// Nothing is under way any more.
fn over(model: &mut Model) -> Effects {
    model.ship.under_way = false;
    model.ship.failure = None;
    model.ship.outline.clear();
    // A question about a ship that has ended has no answer.
    model.overlays.retain(|overlay| match overlay {
        Overlay::Ask(ask) => !matches!(ask.intent, Intent::CancelShip | Intent::GoOn),
        Overlay::Prompt(prompt) => !matches!(prompt.purpose, Purpose::Production(_)),
        _ => true,
    });
    if model.ship.quits { super::after_ship(model) } else { Vec::new() }
}

fn done(model: &mut Model, shipped: Shipped) -> Effects {
    let size = text::bytes(shipped.bytes);
    let said = format!("shipped {} ({size})", shipped.bundle);
    let mut story = format!("{said} to {}, checksum {}", shipped.target, shipped.checksum);
    if let Some(url) = &shipped.url {
        story = format!("{story}, at {url}");
    }
    if !shipped.apis.is_empty() {
        story = format!("{story}, for {}", shipped.apis.join(", "));
    }
    let warned: Vec<_> = shipped
        .findings
        .iter()
        .map(|found| Effect::Log(found.severity, found.message.clone()))
        .collect();
    let path = shipped.path.clone();
    model.ship.last = Some(shipped);
    model.toast = None;
    let mut effects = model.say(said);
    effects.pop();
    effects.push(Effect::Log(Severity::Hint, story));
    effects.extend(warned);
    if let Some(path) = path {
        effects.extend(model.bundle.open(path));
    }
    effects
}

fn failed(model: &mut Model, failure: Failure) -> Effects {
    let mut effects = over(model);
    effects.extend(match &failure {
        Failure::PassphraseNeeded { key, wrong } => {
            passphrase(model, Purpose::ShipPassphrase, key, *wrong)
        }
        Failure::Cancelled => model.say("the ship was cancelled"),
        Failure::Problem(problem) => model.fail(problem),
    });
    if !matches!(failure, Failure::PassphraseNeeded { .. }) {
        let after = crate::flows::ship::aftermath(&model.ship.steps);
        effects.push(Effect::Log(Severity::Hint, after));
    }
    model.ship.failure = Some(failure);
    effects
}

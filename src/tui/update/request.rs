//! What happens in the Request pane.

use super::act::prompt;
use crate::domain::task::{Kind as ProblemKind, Problem, Severity};
use crate::flows::request::Entry;
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::model::{Effects, Model};
use crate::tui::overlay::{Choice, Choose, Overlay, Picked, Purpose};
use crate::tui::pane::Tab;
use crate::tui::pane::request::{self, Answered, Draft, Slot, Wish};
use crate::tui::view;
use crate::tui::widget::{Cursor, Field};

/// Does an action in the pane.
pub(super) fn act(model: &mut Model, action: Action) -> Effects {
    let layout = request::layout(model, view::screen(model.size).pane);
    let pane = &mut model.request;
    let focused = if pane.detail_focused { layout.answer } else { layout.rows };
    let rows = focused.map_or(0, |rows| usize::from(rows.height));
    match action {
        Action::Accept if pane.detail_focused => {
            let seq = pane.dispatch().map(|caused| caused.row.seq);
            seq.map(|seq| open_dispatch(model, seq)).unwrap_or_default()
        }
        Action::Accept => {
            let slot = pane.slot();
            slot.map(|slot| wished(model, slot)).unwrap_or_default()
        }
        Action::AddHeader => {
            pane.detail_focused = false;
            let next = Slot::Header(pane.draft.request.headers.len());
            wished(model, next)
        }
        action => pane.act(action, rows).unwrap_or_default(),
    }
}

/// Whether cancelling means the request: in its pane, or where nothing else is under way.
pub(super) fn is_to_be_cancelled(model: &Model) -> bool {
    let others = model.ship.under_way || model.publish.busy.is_some();
    model.request.sending && (model.tab == Tab::Request || !others)
}

/// Asks for what a row wants.
fn wished(model: &mut Model, slot: Slot) -> Effects {
    match model.request.draft.wish(slot) {
        Wish::Choose(title, choices) => {
            let current = model.request.said(slot);
            let at = choices.iter().position(|(name, _)| *name == current).unwrap_or(0);
            let picked = |(name, about): (String, String)| {
                let picked = Picked::Request(slot, name.clone());
                Choice { name, about, picked }
            };
            let mut choose = Choose::new(title, choices.into_iter().map(picked).collect());
            choose.cursor.at = at;
            model.overlays.push(Overlay::Choose(choose));
            Vec::new()
        }
        Wish::Ask { title, note, text, wants } => {
            let field = Field::new(&text).wanting(wants);
            prompt(model, title, note, Purpose::Request(slot), field)
        }
        Wish::Done => Vec::new(),
    }
}

/// A row's text was typed or chosen.
pub(super) fn entered(model: &mut Model, slot: Slot, text: &str) -> Effects {
    let before = model.request.draft.clone();
    if let Err(why) = model.request.draft.set(slot, text) {
        model.request.draft = before;
        model.refuse(why);
    }
    Vec::new()
}

/// Opens a Dispatch in the Stream pane.
fn open_dispatch(model: &mut Model, seq: u64) -> Effects {
    model.stream.go_to(seq);
    super::act::open(model, Tab::Stream)
}

/// A request was answered, or not; `kept`: why it is not in the history.
pub(super) fn arrived(
    model: &mut Model,
    outcome: Result<Box<Answered>, Problem>,
    kept: Option<Problem>,
) -> Effects {
    let mut effects = match &outcome {
        Ok(answered) if answered.broken.is_none() => {
            let exchange = &answered.exchange;
            let (method, url) = (&exchange.sent.method, &answered.shown[0].url);
            let story = format!("{method} {url}: {}", exchange.answer.status_line());
            vec![Effect::Log(Severity::Hint, story)]
        }
        Ok(answered) => answered.broken.as_ref().map(|it| model.fail(it)).unwrap_or_default(),
        Err(problem) if problem.kind == ProblemKind::Interrupted => {
            model.say("the request was cancelled")
        }
        Err(problem) => model.fail(problem),
    };
    if let Some(problem) = kept {
        effects.extend(model.warn(Severity::Warning, &problem.what, problem.to_string()));
    }
    model.request.arrived(outcome);
    effects
}

/// Offers the requests that were sent before.
pub(super) fn history(model: &mut Model, entries: Result<Vec<Entry>, Problem>) -> Effects {
    let entries = match entries {
        Ok(entries) => entries,
        Err(problem) => return model.fail(&problem),
    };
    if entries.is_empty() {
        model.refuse("no request was sent yet");
        return Vec::new();
    }
    let choices = entries.into_iter().rev().map(|entry| {
        let request = &entry.request;
        let status = entry.status.map_or_else(|| "no answer".to_owned(), |it| it.to_string());
        let at = entry.time().map(|at| at.to_zoned(model.zone.clone()));
        let at = at.map(|at| at.strftime("%m-%d %H:%M").to_string()).unwrap_or_default();
        let name = format!("{:<7} {}", request.method, crate::tui::text::fit(&request.url, 60));
        let about = format!("{status}  {at}  {}", request.auth.word());
        Choice { name, about, picked: Picked::Again(Box::new(entry)) }
    });
    let choose = Choose::new("Sent before", choices.collect());
    model.overlays.push(Overlay::Choose(choose));
    Vec::new()
}

/// A request of the history was chosen: it comes back into the form.
pub(super) fn again(model: &mut Model, entry: &Entry) -> Effects {
    match entry.request.request() {
        Ok(request) => {
            model.request.draft = Draft::of(request);
            model.request.cursor = Cursor::default();
            model.request.detail_focused = false;
            if entry.request.hides {
                let what =
                    "a secret, or the body, was not kept: look for «redacted» before you send it";
                return model.warn(Severity::Warning, what, what);
            }
        }
        Err(error) => model.refuse(format!("{error}: {}", error.help())),
    }
    Vec::new()
}

/// Makes a request of the Dispatch that is open in the Stream pane.
pub(super) fn of_dispatch(model: &mut Model) -> Effects {
    let made = model.stream.document().map(Draft::of_record);
    match made {
        None => model.refuse("it is not decoded yet"),
        Some(Err(why)) => model.refuse(why),
        Some(Ok((draft, left_out))) => {
            model.request.draft = draft;
            model.request.cursor = Cursor::default();
            model.request.detail_focused = false;
            let effects = super::act::open(model, Tab::Request);
            let said = match left_out.as_slice() {
                [] => "made of the Dispatch".to_owned(),
                left_out => format!(
                    "made of the Dispatch, without what is secret in it: {}",
                    left_out.join(", ")
                ),
            };
            model.refuse(said);
            return effects;
        }
    }
    Vec::new()
}

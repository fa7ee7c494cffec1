//! What was captured is sent again: asked for, edited before, under way, answered.

use super::act::ask;
use crate::domain::task::{Kind, Problem, Severity};
use crate::tui::action::READ_ONLY;
use crate::tui::effect::Effect;
use crate::tui::model::{Effects, Model};
use crate::tui::overlay::replay::{Against, Draft, News, Replay, Wish};
use crate::tui::overlay::{Intent, Overlay, Replayed};
use crate::tui::pane::stream::{Meant, Scope};

/// Asks to whom it is to be sent.
pub(super) fn open(model: &mut Model, meant: Option<Meant>) -> Effects {
    let Some(meant) = meant else { return Vec::new() };
    let form = Replay::new(model, meant);
    model.overlays.push(Overlay::Replay(form));
    Vec::new()
}

/// Enter in the form.
pub(super) fn accept(model: &mut Model, mut form: Replay) -> Effects {
    let wish = form.wish();
    model.overlays.push(Overlay::Replay(form));
    if model.replay.busy.is_some() {
        model.refuse("a replay is under way");
        return Vec::new();
    }
    match wish {
        Err(why) => {
            model.refuse(why);
            Vec::new()
        }
        Ok((wish, _)) if is_forbidden(model, &wish) => {
            model.refuse(READ_ONLY);
            Vec::new()
        }
        Ok((wish, true)) => edit(model, wish, None),
        Ok((wish, false)) => begin(model, wish),
    }
}

/// Elsewhere a call may do anything.
fn is_forbidden(model: &Model, wish: &Wish) -> bool {
    let elsewhere = matches!(&wish.against, Against::At(address) if !address.is_loopback());
    model.read_only() && elsewhere
}

fn begin(model: &mut Model, wish: Wish) -> Effects {
    let remembered = model.replay.begin(&wish);
    let mut effects = vec![Effect::Replay(Box::new(wish))];
    effects.extend(remembered.map(Effect::RememberAgainst));
    effects
}

/// Has the request edited; from what was edited last of the same record.
fn edit(model: &mut Model, wish: Wish, line: Option<usize>) -> Effects {
    let Scope::Row(seq) = wish.meant.scope else { return Vec::new() };
    let draft = model.replay.draft.as_ref().filter(|draft| draft.seq == seq);
    let text = draft.map(|draft| draft.text.clone());
    let shown = wish.shown;
    model.replay.waits = Some(wish);
    vec![Effect::EditRequest { seq, shown, text, line }]
}

/// The editor has ended, which had a request.
pub(super) fn edited(model: &mut Model, edited: Result<(), Problem>) -> Effects {
    let (Some(path), Some(wish)) = (model.replay.editing.take(), &model.replay.waits) else {
        return Vec::new();
    };
    match edited {
        Ok(()) => {
            let Scope::Row(seq) = wish.meant.scope else { return Vec::new() };
            vec![Effect::TakeRequest { seq, shown: wish.shown, path }]
        }
        Err(problem) => {
            model.replay.waits = None;
            model.fail(&problem)
        }
    }
}

/// Yes: it is to be edited again.
pub(super) fn again(model: &mut Model) -> Effects {
    let line = model.replay.draft.as_ref().and_then(|draft| draft.line);
    let wish = model.replay.waits.take();
    wish.map(|wish| edit(model, wish, line)).unwrap_or_default()
}

/// What came of it.
pub(super) fn arrived(model: &mut Model, news: News) -> Effects {
    match news {
        News::Remembered(address) => {
            if model.replay.address.is_empty() {
                model.replay.address = address;
            }
            Vec::new()
        }
        News::Progress(done) => {
            if let Some(busy) = &mut model.replay.busy {
                busy.done = done;
            }
            Vec::new()
        }
        News::ToEdit(Ok((path, line))) => {
            let file = path.to_path_buf();
            model.replay.editing = Some(path);
            vec![Effect::Edit(file, line)]
        }
        News::ToEdit(Err(problem)) | News::NotTaken(problem) => {
            model.replay.waits = None;
            model.fail(&problem)
        }
        News::Taken { text, request } => taken(model, text, request),
        News::Ended(Err(problem)) => {
            model.replay.busy = None;
            if problem.kind == Kind::Interrupted {
                return model.say("the replay was cancelled");
            }
            model.fail(&problem)
        }
        News::Ended(Ok(outcome)) => {
            model.replay.busy = None;
            let words = outcome.words();
            let severity = if outcome.is_same() { Severity::Hint } else { Severity::Warning };
            let is_form = |overlay: &Overlay| matches!(overlay, Overlay::Replay(_));
            let waited = model.overlays.last().is_none_or(is_form);
            model.overlays.retain(|overlay| !is_form(overlay));
            // Who is at something else is told, and not interrupted.
            if waited {
                model.overlays.push(Overlay::Replayed(Replayed::new(*outcome)));
                return vec![Effect::Log(severity, words)];
            }
            model.warn(severity, &words, words.clone())
        }
    }
}

fn taken(
    model: &mut Model,
    text: String,
    request: Result<bytes::Bytes, (String, crate::domain::json::Place)>,
) -> Effects {
    let Some(mut wish) = model.replay.waits.take() else { return Vec::new() };
    let Scope::Row(seq) = wish.meant.scope else { return Vec::new() };
    match request {
        Ok(request) => {
            model.replay.draft = Some(Draft { seq, text, line: None });
            wish.edited = Some(request);
            begin(model, wish)
        }
        Err((what, place)) => {
            model.replay.draft = Some(Draft { seq, text, line: Some(place.line) });
            model.replay.waits = Some(wish);
            let reasons = vec![format!("line {}, column {}: {what}", place.line, place.column)];
            ask(model, "This is no Object. Edit again?", reasons, Intent::EditRequest)
        }
    }
}

/// Goes to the record of the selected call.
pub(super) fn go_to(model: &mut Model, replayed: &Replayed) -> Effects {
    let Some(seq) = replayed.selected() else { return Vec::new() };
    model.stream.go_to(seq);
    super::act::open(model, crate::tui::pane::Tab::Stream)
}

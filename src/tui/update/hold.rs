//! Breakpoints: set and taken away; Dispatches that they hold: looked at, answered, let go.

use super::act::prompt;
use super::edit;
use crate::dispatch::{Breakpoint, MOST_BREAKPOINTS};
use crate::domain::filter::{Filter, FilterError};
use crate::domain::object::Hook;
use crate::domain::task::Severity;
use crate::flows::hold::Fault;
use crate::tui::action::{Action, Place};
use crate::tui::effect::{Effect, HeldAnswer};
use crate::tui::message::{HeldNews, LetGo};
use crate::tui::model::{Effects, Model};
use crate::tui::overlay::{
    self, Choice, Choose, HeldList, HeldOverride, HeldText, Overlay, Picked, Purpose,
};
use crate::tui::text;
use crate::tui::view;
use crate::tui::widget::Field;

/// Asks what is to stop: something of the selected row, any other hook or rule, or what is typed; and shows what does already.
pub(super) fn choose(model: &mut Model) -> Effects {
    let mut choices: Vec<Choice> = Vec::new();
    let mut offer = |breakpoint: Breakpoint, about: &str| {
        let is_offered =
            |choice: &Choice| matches!(&choice.picked, Picked::Break(it) if *it == breakpoint);
        if !model.holding.breakpoints.contains(&breakpoint) && !choices.iter().any(is_offered) {
            choices.push(Choice {
                name: breakpoint.to_string(),
                about: about.to_owned(),
                picked: Picked::Break(breakpoint),
            });
        }
    };
    let (of_hook, of_rule) =
        ("every Dispatch of this hook stops", "every Dispatch that this rule handles stops");
    if let Some(row) = model.stream.row() {
        if row.hook != Hook::Unknown {
            offer(Breakpoint::Hook(row.hook), of_hook);
        }
        if row.outcome.is_some() {
            let rule = row.rule.as_deref().unwrap_or("(none)").to_owned();
            offer(Breakpoint::Rule(rule), of_rule);
        }
    }
    if let Ok(filter) = Filter::parse_break(model.stream.filter_text())
        && model.stream.is_filtered()
    {
        offer(Breakpoint::Filter(filter), "the filter in force: what it means stops");
    }
    // The first call is to be held, too.
    for hook in Breakpoint::HOOKS {
        offer(Breakpoint::Hook(hook), of_hook);
    }
    for rule in &model.server.rules {
        offer(Breakpoint::Rule(rule.name.clone()), of_rule);
    }
    choices.push(Choice {
        name: "filter …".to_owned(),
        about: "what a filter means that you type stops".to_owned(),
        picked: Picked::BreakFilter,
    });
    for breakpoint in &model.holding.breakpoints {
        let written = breakpoint.to_string();
        // What is wrong with it counts more than the rest of it.
        let (name, about) = match model.holding.fault_of(&written) {
            Some(fails) => (text::fit_middle(&written, 40), fails),
            None => (written.as_str().into(), "in force: enter takes it away".to_owned()),
        };
        choices.push(Choice {
            name: format!("◆ {name}"),
            about,
            picked: Picked::Break(breakpoint.clone()),
        });
    }
    if model.holding.breakpoints.len() > 1 {
        choices.push(Choice {
            name: "none".to_owned(),
            about: "takes all of them away".to_owned(),
            picked: Picked::NoBreaks,
        });
    }
    let holding = &model.holding;
    let title = format!("Break at … (held {} s at most, then let go unchanged)", holding.seconds);
    model.overlays.push(Overlay::Choose(Choose::new(title, choices)));
    Vec::new()
}

/// Marks the selected rule of the Server pane, or takes its mark away.
pub(super) fn at_rule(model: &mut Model) -> Effects {
    let rule = model.server.rules.get(model.server.cursor.at);
    let breakpoint = rule.map(|rule| Breakpoint::Rule(rule.name.clone()));
    breakpoint.map(|breakpoint| toggle(model, breakpoint)).unwrap_or_default()
}

/// Sets a breakpoint, or takes it away.
pub(super) fn toggle(model: &mut Model, breakpoint: Breakpoint) -> Effects {
    let breakpoints = &mut model.holding.breakpoints;
    let said = match breakpoints.iter().position(|known| *known == breakpoint) {
        Some(at) => {
            breakpoints.remove(at);
            format!("no break at {breakpoint} any more")
        }
        None if breakpoints.len() >= MOST_BREAKPOINTS => {
            model.refuse(format!(
                "{MOST_BREAKPOINTS} breakpoints are set, and more slow every call"
            ));
            return Vec::new();
        }
        None => {
            let said =
                format!("break at {breakpoint}: each is held {} s at most", model.holding.seconds);
            breakpoints.push(breakpoint);
            said
        }
    };
    let mut effects = vec![put_in_force(model)];
    effects.extend(model.say(said));
    effects
}

/// Has the breakpoints hold where the server is.
pub(super) fn put_in_force(model: &mut Model) -> Effect {
    let elsewhere = model.server.server.process().is_some();
    model.holding.put_in_force(elsewhere)
}

/// Takes all breakpoints away.
pub(super) fn none(model: &mut Model) -> Effects {
    model.holding.breakpoints.clear();
    let mut effects = vec![put_in_force(model)];
    effects.extend(model.say("no breakpoint any more"));
    effects
}

/// Asks for a filter.
pub(super) fn ask_filter(model: &mut Model) -> Effects {
    prompt(model, "Break at", "", Purpose::Break, Field::default())
}

/// A filter was typed; the error says what is wrong with it.
pub(super) fn filter_typed(model: &mut Model, text: &str) -> Result<Effects, String> {
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let wrong = |error: FilterError| format!("character {}: {error}", error.character(text));
    let filter = Filter::parse_break(text).map_err(wrong)?;
    model.stream.filter_line.used(text);
    Ok(toggle(model, Breakpoint::Filter(filter)))
}

/// Opens the list of those that are held.
pub(super) fn open(model: &mut Model) -> Effects {
    super::unsaved::clear_overlays(model);
    model.overlays.push(Overlay::Held(HeldList::default()));
    Vec::new()
}

/// Does an action in what lies over the panes, where that is about those that are held.
pub(super) fn over(model: &mut Model, action: Action) -> Option<Effects> {
    match (action, model.overlays.last_mut()?) {
        (Action::LetGoEdited, Overlay::HeldText(_)) => Some(send_text(model)),
        (_, Overlay::HeldText(_)) if action.spec().place == Place::Editor => {
            Some(edit::act(model, action))
        }
        (Action::Accept | Action::EditHeld, Overlay::HeldText(text)) => {
            let _ = text.editor.begin();
            Some(Vec::new())
        }
        (_, Overlay::Held(_)) => Some(in_list(model, action)),
        (_, Overlay::HeldOverride(form)) if !matches!(action, Action::Accept | Action::Close) => {
            form.act(action);
            Some(Vec::new())
        }
        _ => None,
    }
}

/// Does an action in the list.
fn in_list(model: &mut Model, action: Action) -> Effects {
    let pages = overlay::held_pages(&model.holding, view::screen(model.size).pane);
    let Some(Overlay::Held(list)) = model.overlays.last_mut() else { return Vec::new() };
    let selected = list.selected.and_then(|id| model.holding.get(id)).map(|it| it.held.clone());
    match (action, selected) {
        (Action::Close, _) => {
            if list.leave() {
                Vec::new()
            } else {
                super::answer::close(model)
            }
        }
        (Action::HeldSecrets, _) => {
            list.toggle_secrets();
            Vec::new()
        }
        (Action::LetAllGo, _) => vec![Effect::LetAllGo],
        (Action::LetGo, Some(held)) => vec![Effect::AnswerHeld(held.id, HeldAnswer::Unchanged)],
        (Action::HoldOn, Some(held)) => vec![Effect::HoldOn(held.id)],
        (Action::EditHeld, Some(held)) => {
            let shown = list.is_shown(held.id);
            match model.holding.drafts.iter().position(|draft| draft.id == held.id) {
                Some(at) => {
                    let mut draft = model.holding.drafts.remove(at);
                    let _ = draft.editor.begin();
                    model.overlays.push(Overlay::HeldText(Box::new(draft)));
                    Vec::new()
                }
                None => vec![Effect::EditHeld { id: held.id, shown }],
            }
        }
        (Action::OverrideHeld, Some(held)) => {
            let is_response = held.record.row.hook == Hook::Response;
            let form = HeldOverride::new(held.id, is_response);
            model.overlays.push(Overlay::HeldOverride(form));
            Vec::new()
        }
        (action, _) => {
            list.act(&model.holding, action, pages);
            Vec::new()
        }
    }
}

/// Lets the Dispatch go with the text that stands there.
fn send_text(model: &mut Model) -> Effects {
    let Some(Overlay::HeldText(text)) = model.overlays.last_mut() else { return Vec::new() };
    vec![Effect::AnswerHeld(text.id, text.answer())]
}

/// Answers with what stands in the form.
pub(super) fn send_override(model: &mut Model, mut form: HeldOverride) -> Effects {
    match form.overrides() {
        Ok(overrides) => {
            let effect = Effect::AnswerHeld(form.id, HeldAnswer::Override(overrides));
            model.overlays.push(Overlay::HeldOverride(form));
            vec![effect]
        }
        Err(wrong) => {
            form.wrong = Some(wrong);
            model.overlays.push(Overlay::HeldOverride(form));
            Vec::new()
        }
    }
}

/// What came of it.
pub(super) fn arrived(model: &mut Model, news: HeldNews) -> Effects {
    let area = view::screen(model.size).pane;
    match news {
        HeldNews::Decoded { id, shown, document } => {
            let (_, page) = overlay::held_pages(&model.holding, area);
            for overlay in &mut model.overlays {
                if let Overlay::Held(list) = overlay {
                    list.decoded(id, shown, document.clone(), page);
                }
            }
            Vec::new()
        }
        HeldNews::Text { id, shown, text } => match text {
            Ok(text) if matches!(model.overlays.last(), Some(Overlay::Held(_))) => {
                let text = HeldText::new(id, shown, text, model.holding.vim);
                model.overlays.push(Overlay::HeldText(Box::new(text)));
                Vec::new()
            }
            Ok(_) => Vec::new(),
            Err(problem) => model.fail(&problem),
        },
        HeldNews::Meant { filter, means } => {
            model.holding.are_meant(&filter, means);
            Vec::new()
        }
        HeldNews::Answered(id, answered) => self::answered(model, id, answered),
        HeldNews::AllGone(count) => {
            let were = if count == 1 {
                "1 Dispatch was".to_owned()
            } else {
                format!("{} Dispatches were", text::count(count as u64))
            };
            model.say(format!("{were} let go unchanged"))
        }
        HeldNews::HeldOn(true) => Vec::new(),
        HeldNews::HeldOn(false) => {
            model.refuse("it is not held any more");
            Vec::new()
        }
    }
}

fn answered(model: &mut Model, id: u64, answered: Result<LetGo, Fault>) -> Effects {
    let is_about = |overlay: &Overlay| match overlay {
        Overlay::HeldText(text) => text.id == id,
        Overlay::HeldOverride(form) => form.id == id,
        _ => false,
    };
    match answered {
        Ok(LetGo::Breaks(why)) => {
            let story =
                format!("the Gateway fails on an edited answer, which is not let go yet: {why}");
            let there = model.overlays.iter_mut().rfind(|overlay| is_about(overlay));
            let Some(Overlay::HeldText(text)) = there else { return Vec::new() };
            if !text.breaks(why) {
                return Vec::new();
            }
            let send = model.keymap.key(Action::LetGoEdited).unwrap_or_default();
            let said =
                format!("the Gateway fails on this; {send} once more lets it go all the same");
            model.warn(Severity::Warning, &said, story)
        }
        Ok(LetGo::Done(how)) => {
            model.overlays.retain(|overlay| !is_about(overlay));
            model.holding.drafts.retain(|draft| draft.id != id);
            model.say(format!("let go {how}"))
        }
        Err(fault) => {
            let said = fault.to_string();
            match model.overlays.iter_mut().rfind(|overlay| is_about(overlay)) {
                Some(Overlay::HeldText(text)) => text.refused(fault),
                Some(Overlay::HeldOverride(form)) => form.wrong = Some(said.clone()),
                _ => {}
            }
            model.warn(Severity::Error, &said, said.clone())
        }
    }
}

/// Closes the editor; its text is kept as long as the Dispatch is held.
pub(super) fn shelve(model: &mut Model, text: HeldText) {
    let holding = &mut model.holding;
    holding.drafts.retain(|draft| holding.held.iter().any(|it| it.held.id == draft.id));
    holding.drafts.push(text);
}

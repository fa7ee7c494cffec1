//! What an action does: everywhere, and where to look for it in a pane or an overlay.

use super::{
    busy_server, edit, end, hold, looked_at, overlay, panes, problems, publish, request, running,
    ship, unsaved,
};
use crate::tui::action::{Action, Place, why_not};
use crate::tui::effect::Effect;
use crate::tui::holding::are_held;
use crate::tui::model::{Effects, Model};
use crate::tui::overlay::{Ask, Intent, Overlay, Palette, Prompt, Purpose, Quoted};
use crate::tui::pane::Tab;
use crate::tui::pane::server::Life;
use crate::tui::theme::Theme;
use crate::tui::widget::{Cursor, Field};

/// Does an action, or says why it cannot be had.
pub(crate) fn act(model: &mut Model, action: Action) -> Effects {
    // What is typed a row too early must not take away all that was typed before.
    if model.overlays.iter().any(Overlay::is_form) && !leaves_forms(action) {
        return Vec::new();
    }
    if let Some(why) = why_not(model, action) {
        model.refuse(why);
        return Vec::new();
    }
    if let Some(effects) = everywhere(model, action) {
        return effects;
    }
    if !model.overlays.is_empty() {
        let effects = hold::over(model, action);
        return effects.unwrap_or_else(|| overlay::act(model, action));
    }
    if action == Action::Close {
        return close(model);
    }
    if action.spec().place == Place::Editor {
        return edit::act(model, action);
    }
    match model.tab {
        Tab::Manifest => panes::in_manifest(model, action),
        Tab::Bundle => panes::in_bundle(model, action),
        Tab::Publish => publish::act(model, action),
        Tab::Server => panes::in_server(model, action),
        Tab::Stream => panes::in_stream(model, action),
        Tab::Doctor => panes::in_doctor(model, action),
        Tab::Apis => panes::in_apis(model, action),
        Tab::Request => request::act(model, action),
        Tab::Problems => problems::act(model, action),
        Tab::Log => panes::in_log(model, action),
    }
}

/// Whether a form stays what it is at this action: it is the form's own, or opens and closes nothing but what lies over it.
fn leaves_forms(action: Action) -> bool {
    action.spec().place != Place::Everywhere
        || matches!(
            action,
            Action::Quit
                | Action::Help
                | Action::Close
                | Action::Focus
                | Action::FocusBack
                | Action::Cancel
                | Action::Suspend
                | Action::Redraw
        )
}

fn everywhere(model: &mut Model, action: Action) -> Option<Effects> {
    let tab = Tab::ALL.into_iter().find(|tab| tab.action() == action);
    if let Some(tab) = tab {
        unsaved::clear_overlays(model);
        return Some(open(model, tab));
    }
    match action {
        Action::Quit => Some(quit(model)),
        Action::OpenHeld => Some(hold::open(model)),
        Action::LetAllGo => Some(vec![Effect::LetAllGo]),
        Action::Suspend => Some(suspend(model)),
        Action::Redraw => Some(vec![Effect::Redraw]),
        Action::Ship => Some(ship::begin(model)),
        Action::ShipProbe => Some(ship::ask_probe(model)),
        Action::RollBack => Some(ship::roll_back(model)),
        Action::Cancel if running::cancelled(model).is_some() => {
            Some(running::cancelled(model).into_iter().collect())
        }
        Action::Cancel if request::is_to_be_cancelled(model) => Some(vec![Effect::CancelRequest]),
        Action::Cancel => Some(ship::cancel(model)),
        Action::Theme => Some(next_theme(model)),
        Action::Help => {
            model.overlays.retain(|overlay| !matches!(overlay, Overlay::Help(_)));
            model.overlays.push(Overlay::Help(Cursor::default()));
            Some(Vec::new())
        }
        Action::Palette => {
            unsaved::clear_overlays(model);
            let palette = Palette::new(model.places());
            model.overlays.push(Overlay::Palette(palette));
            Some(Vec::new())
        }
        Action::Zoom if model.overlays.is_empty() => {
            model.zoom = !model.zoom;
            Some(Vec::new())
        }
        Action::Focus | Action::FocusBack if model.overlays.is_empty() => {
            let focus = match model.tab {
                Tab::Manifest => &mut model.manifest.detail_focused,
                Tab::Apis => &mut model.apis.detail_focused,
                Tab::Bundle => &mut model.bundle.detail_focused,
                Tab::Publish => &mut model.publish.browse.detail_focused,
                Tab::Server => &mut model.server.detail_focused,
                Tab::Stream => &mut model.stream.detail_focused,
                Tab::Request => &mut model.request.detail_focused,
                Tab::Problems => &mut model.problems.browse.detail_focused,
                Tab::Doctor => &mut model.doctor.detail_focused,
                Tab::Log => return Some(Vec::new()),
            };
            *focus = !*focus;
            Some(Vec::new())
        }
        _ => None,
    }
}

/// Opens a pane.
pub(super) fn open(model: &mut Model, tab: Tab) -> Effects {
    model.tab = tab;
    match tab {
        // Others may have written it meanwhile.
        Tab::Manifest => vec![Effect::ReadManifest],
        Tab::Doctor if model.doctor.examined.is_none() && !model.doctor.busy => {
            model.doctor.examine(false)
        }
        Tab::Apis => {
            let mut effects = vec![Effect::ReadApis];
            effects.extend(model.apis.ask_servers(false));
            effects
        }
        Tab::Publish => model.publish.open(),
        // Code and keys may be others meanwhile.
        Tab::Problems => vec![Effect::LintSoon],
        _ => Vec::new(),
    }
}

fn quit(model: &mut Model) -> Effects {
    let mut reasons = Vec::new();
    if model.manifest.sheet.dirty() {
        reasons.push("The manifest has changes that are not saved.".to_owned());
    }
    reasons
        .extend(model.apis.unsaved().map(|name| format!("{name} has changes that are not saved.")));
    if !reasons.is_empty() && model.keeps_unsaved {
        reasons.push("They are kept, and offered when a console is opened here again.".to_owned());
    }
    if model.ship.under_way {
        reasons.push("A ship is under way; what it began would be taken back first.".to_owned());
    }
    if let Some(busy) = &model.publish.busy {
        reasons.push(format!("{} is under way; it would be cut off.", busy.what));
    }
    reasons.extend(running::lost(model));
    if model.overlays.iter().any(Overlay::is_form) {
        reasons
            .push("What was filled in here is not taken over yet, and would be lost.".to_owned());
    }
    let held = match model.server.server.process() {
        // Who is held for another console stays so.
        Some(_) => model.holding.held_for_us(),
        None => model.holding.held.len(),
    };
    if held > 0 {
        let held = are_held(held);
        reasons.push(format!("{held} at a breakpoint, and would be let go unchanged."));
    }
    if busy_server(model) {
        reasons.push(
            "The plugin server had traffic in the last minute; without it the Gateway answers 500."
                .to_owned(),
        );
    }
    let looked_at = looked_at(model);
    if looked_at {
        reasons.push("Another console, or a command, looks at the plugin server.".to_owned());
    }
    if (busy_server(model) || looked_at)
        && let (None, Some(key)) =
            (why_not(model, Action::LeaveServer), model.keymap.key(Action::Leave))
    {
        reasons.push(format!(
            "{key} leaves it running, without a console: another one in this folder attaches to it."
        ));
        if model.server.recorded.is_none() {
            reasons.push("What it has captured so far ends here all the same.".to_owned());
        }
    }
    // Asked twice means yes: ctrl-c on the question must not be a dead end.
    let asked =
        matches!(model.overlays.last(), Some(Overlay::Ask(ask)) if ask.intent == Intent::Quit);
    if reasons.is_empty() || asked {
        return end(model);
    }
    ask(model, "Quit?", reasons, Intent::Quit)
}

/// Leaves the console, and the server running.
pub(super) fn leave(model: &mut Model) -> Effects {
    if let Life::On(_) = model.server.server {
        model.server.server = Life::Stopping;
    }
    let mut effects = model.say("the server is handed over to a process of its own");
    effects.push(Effect::Leave);
    effects
}

fn suspend(model: &mut Model) -> Effects {
    if !busy_server(model) && model.holding.held.is_empty() {
        return vec![Effect::Suspend];
    }
    let reason = "A suspended console's plugin server answers nobody, and it had traffic in the last minute; the \
                  Gateway would answer 500.";
    ask(model, "Suspend?", vec![reason.to_owned()], Intent::Suspend)
}

/// Asks a question.
pub(super) fn ask(model: &mut Model, title: &str, reasons: Vec<String>, intent: Intent) -> Effects {
    model.overlays.push(Overlay::Ask(Ask {
        title: title.to_owned(),
        reasons,
        quoted: Quoted::default(),
        intent,
    }));
    Vec::new()
}

fn next_theme(model: &mut Model) -> Effects {
    let names: Vec<_> = Theme::names().collect();
    let at = names.iter().position(|name| *name == model.theme.name()).map_or(0, |at| at + 1);
    let name = names[at % names.len()];
    if let Some(theme) = Theme::embedded(name, model.depth) {
        model.theme = theme;
        model.refuse(format!(
            "theme {name}; to keep it: theme = \"{name}\" under [ui] in config.toml"
        ));
    }
    Vec::new()
}

/// Esc with nothing on top: back from the detail, then out of a search. How a list is sorted or put together is chosen, by
/// keys that undo it, and no step on the way.
fn close(model: &mut Model) -> Effects {
    if let Some(editor) = model.editor_mut().filter(|editor| editor.editing()) {
        editor.leave();
        return Vec::new();
    }
    if model.detail_focused() {
        return everywhere(model, Action::Focus).unwrap_or_default();
    }
    if model.zoom {
        model.zoom = false;
    } else if model.tab == Tab::Stream && model.stream.is_filtered() {
        return model.stream.unfilter().into_iter().collect();
    } else if model.tab == Tab::Log {
        model.log.needle.clear();
    }
    Vec::new()
}

/// Asks for a text.
pub(super) fn prompt(
    model: &mut Model,
    title: &str,
    note: &str,
    purpose: Purpose,
    field: Field,
) -> Effects {
    let prompt = Prompt { title: title.to_owned(), note: note.to_owned(), purpose, field };
    model.overlays.push(Overlay::Prompt(prompt));
    Vec::new()
}

//! What an action does in what lies over the panes.

use super::act::prompt;
use super::{answer, columns, flow, gateway, replay};
use crate::tui::action::Action;
use crate::tui::model::{Effects, Model};
use crate::tui::overlay::{Files, Overlay, Purpose, help};
use crate::tui::view;
use crate::tui::widget::{Field, Wants};

/// The first visible line of the help after an action.
fn help_top(top: usize, action: Action, lines: usize, page: usize) -> usize {
    let top = match action {
        Action::Up => top.saturating_sub(1),
        Action::Down => top + 1,
        Action::PageUp => top.saturating_sub(page),
        Action::PageDown => top + page,
        Action::Top => 0,
        Action::Bottom => lines,
        _ => top,
    };
    top.min(lines.saturating_sub(page))
}

/// Does an action in the topmost overlay.
pub(super) fn act(model: &mut Model, action: Action) -> Effects {
    let area = view::screen(model.size).pane;
    let page = help::page(area);
    let lines = help::len(model);
    match (action, model.overlays.last_mut()) {
        (Action::Yes, Some(Overlay::Ask(_))) => answer::yes(model),
        (Action::TakeTheirs, Some(Overlay::Ask(_))) => answer::theirs(model),
        (Action::Leave, Some(Overlay::Ask(_))) => answer::leave(model),
        (Action::Close | Action::No, Some(_)) | (Action::Diff, Some(Overlay::Changes(_))) => {
            answer::close(model)
        }
        (Action::Copy, Some(Overlay::MadeKey(made))) => gateway::copy(made),
        (Action::Accept, Some(Overlay::Replayed(_))) => match model.overlays.pop() {
            Some(Overlay::Replayed(replayed)) => replay::go_to(model, &replayed),
            _ => Vec::new(),
        },
        (Action::Accept, _) => answer::accept(model),
        (Action::Save, Some(Overlay::Changes(_))) => {
            model.overlays.pop();
            super::act::act(model, Action::Save)
        }
        (_, Some(Overlay::Changes(changes))) => {
            let page = changes.page(area);
            changes.quoted.act(action, page);
            Vec::new()
        }
        (_, Some(Overlay::Compared(compared))) => {
            let page = compared.page(area);
            compared.act(action, page);
            Vec::new()
        }
        (_, Some(Overlay::Ask(ask))) => {
            let page = ask.page(area);
            ask.quoted.act(action, page);
            Vec::new()
        }
        (_, Some(Overlay::Help(cursor))) => {
            cursor.top = help_top(cursor.top, action, lines, page);
            Vec::new()
        }
        (_, Some(Overlay::Palette(palette))) => {
            palette.act(action);
            Vec::new()
        }
        (
            Action::Up | Action::Down | Action::Focus | Action::FocusBack,
            Some(Overlay::Prompt(prompt)),
        ) if prompt.is_filter() => answer::on_filter(model, action),
        (Action::TypePath, Some(Overlay::Files(_))) => {
            let note = "Relative to the manifest's folder; it need not be there yet.";
            let field = Field::default().wanting(Wants::File);
            prompt(model, "Add a file", note, Purpose::Listed, field)
        }
        (_, Some(Overlay::Files(files))) => {
            let page = Files::page(view::screen(model.size).pane);
            files.act(action, page).into_iter().collect()
        }
        (_, Some(Overlay::Note(note))) => {
            let page = isize::try_from(page).unwrap_or(1);
            let by = match action {
                Action::Up => -1,
                Action::Down => 1,
                Action::PageUp => -page,
                Action::PageDown => page,
                _ => 0,
            };
            note.scroll(by, view::screen(model.size).pane);
            Vec::new()
        }
        (_, Some(Overlay::Export(form))) => {
            form.act(action);
            Vec::new()
        }
        (_, Some(Overlay::Replay(form))) => {
            form.act(action);
            Vec::new()
        }
        (_, Some(Overlay::Replayed(replayed))) => {
            replayed.act(action, area);
            Vec::new()
        }
        (_, Some(Overlay::Columns(_))) => columns::act(model, action),
        (_, Some(Overlay::Flow(_) | Overlay::Plots(_))) => flow::act(model, action),
        (_, Some(Overlay::Trial(form))) => {
            form.act(action);
            Vec::new()
        }
        (_, Some(Overlay::Choose(choose))) => {
            choose.cursor.act(action, choose.choices.len(), page);
            Vec::new()
        }
        _ => Vec::new(),
    }
}

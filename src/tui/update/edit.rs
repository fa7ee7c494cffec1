//! The text that is being edited: its keys, its actions, and what follows from a change.

use crossterm::event::KeyEvent;

use super::{act, answer};
use crate::tui::action::Action;
use crate::tui::editor::Answer;
use crate::tui::model::{Effects, Model};
use crate::tui::overlay::Overlay;

/// A key for the text; `None` where no text is edited, or it has no use for the key.
pub(super) fn key(model: &mut Model, event: KeyEvent) -> Option<Effects> {
    let editor = model.editor_mut().filter(|editor| editor.editing())?;
    match editor.key(event) {
        Answer::Not => None,
        answer => Some(answered(model, answer)),
    }
}

/// A paste into the text.
pub(super) fn paste(model: &mut Model, text: &str) -> Effects {
    match model.editor_mut().filter(|editor| editor.editing()) {
        Some(editor) => {
            editor.paste(text);
            model.text_changed()
        }
        None => Vec::new(),
    }
}

/// An action of the editor's.
pub(super) fn act(model: &mut Model, action: Action) -> Effects {
    match model.editor_mut().map(|editor| editor.act(action)) {
        Some(answer) => answered(model, answer),
        None => Vec::new(),
    }
}

fn answered(model: &mut Model, answer: Answer) -> Effects {
    let mut effects = model.text_changed();
    match answer {
        Answer::Done(more) => effects.extend(more),
        Answer::Save => {
            let over = matches!(model.overlays.last(), Some(Overlay::HeldText(_)));
            let action = if over { Action::LetGoEdited } else { Action::Save };
            effects.extend(act::act(model, action));
        }
        Answer::Left if matches!(model.overlays.last(), Some(Overlay::HeldText(_))) => {
            effects.extend(answer::close(model));
        }
        Answer::Left | Answer::Not => {}
    }
    effects
}

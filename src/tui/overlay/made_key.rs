//! A key that was made: shown this once.

use ratatui::layout::Rect;
use secrecy::{ExposeSecret as _, SecretString};

use super::{centred, framed};
use crate::tui::action::Action;
use crate::tui::model::Model;
use crate::tui::theme::Role;
use crate::tui::widget::Pen;

/// The key, and what to know of it.
pub(crate) struct MadeKey {
    /// The key.
    pub(crate) key: SecretString,
    /// What to know of it.
    pub(crate) notes: Vec<String>,
}

impl MadeKey {
    pub(super) fn draw(&self, model: &Model, pen: &mut Pen<'_>, area: Rect) {
        let key = |action| model.keymap.key(action).unwrap_or_default();
        let keys = format!("{} copy   {} close", key(Action::Copy), key(Action::Close));
        let height = u16::try_from(self.notes.len() * 2 + 4).unwrap_or(area.height);
        let title = "A key, shown this once";
        let inner = framed(pen, centred(area, 76, height), title, &keys);
        pen.put(inner.x, inner.y, inner.width, self.key.expose_secret(), Role::Good);
        let below = Rect { y: inner.y + 2, height: inner.height.saturating_sub(2), ..inner };
        pen.paragraphs(below, self.notes.iter().map(|note| (Role::Dim, note.as_str())));
    }
}

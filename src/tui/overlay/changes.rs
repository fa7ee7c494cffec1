//! What saving a file would change in it, before it is saved.

use ratatui::layout::Rect;

use super::quoted::Quoted;
use super::{centred, framed};
use crate::domain::diff::{self, Line};
use crate::tui::action::Action;
use crate::tui::model::Model;
use crate::tui::sheet::Sheet;
use crate::tui::widget::Pen;

/// The difference between a file and its text here.
pub(crate) struct Changes {
    title: String,
    /// The difference.
    pub(crate) quoted: Quoted,
}

impl Changes {
    /// What saving this text would change in its file, which is shown by this name.
    pub(crate) fn of(sheet: &Sheet, name: &str) -> Self {
        let saved = sheet.editor.buffer().saved().unwrap_or_default();
        let quoted = Quoted::new(diff::lines(saved, sheet.bytes()));
        let (removed, added) = quoted.counts();
        Self { title: format!("{name}, when it is saved:  −{removed} +{added}"), quoted }
    }

    /// What differs from what the Gateway serves with this id.
    pub(crate) fn against(id: &str, lines: Vec<Line>) -> Self {
        let quoted = Quoted::new(lines);
        let (removed, added) = quoted.counts();
        let title = format!("{id}, from what the Gateway serves to this:  −{removed} +{added}");
        Self { title, quoted }
    }

    /// How many lines of it are visible in this area.
    pub(crate) fn page(&self, area: Rect) -> usize {
        usize::from(area.height.saturating_sub(2)).min(self.quoted.len())
    }

    pub(super) fn draw(&self, model: &Model, pen: &mut Pen<'_>, area: Rect) {
        let page = self.page(area);
        let height = u16::try_from(page).unwrap_or(area.height).saturating_add(2);
        let key = |action| model.keymap.key(action).unwrap_or_default();
        let keys = format!("{} save   {} back", key(Action::Save), key(Action::Close));
        let position = self.quoted.position(page);
        let keys = if position.is_empty() { keys } else { format!("{keys}   {position}") };
        let inner = framed(pen, centred(area, 120, height), &self.title, &keys);
        self.quoted.draw(pen, inner);
    }
}

//! One of several: a driver, a property of a hook.

use ratatui::layout::Rect;

use super::{centred, framed};
use crate::tui::pane::apis::Wanted;
use crate::tui::pane::manifest::Change;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::{Cursor, Pen};

/// One line to choose.
#[derive(Clone, Debug)]
pub(crate) struct Choice {
    /// Its name.
    pub(crate) name: String,
    /// What it means.
    pub(crate) about: String,
    /// What choosing it does.
    pub(crate) picked: Picked,
}

/// What a choice does.
#[derive(Clone, Debug)]
pub(crate) enum Picked {
    /// A change of the manifest.
    Manifest(Change),
    /// A value in an API definition.
    Api(Wanted),
}

/// The list.
pub(crate) struct Choose {
    /// What is chosen.
    pub(crate) title: String,
    /// From what.
    pub(crate) choices: Vec<Choice>,
    /// The selected one.
    pub(crate) cursor: Cursor,
}

impl Choose {
    pub(super) fn draw(&self, pen: &mut Pen<'_>, area: Rect) {
        let names = self.choices.iter().map(|choice| text::width(&choice.name)).max().unwrap_or(0);
        let height = u16::try_from(self.choices.len()).unwrap_or(area.height).saturating_add(2);
        let area = centred(area, 64, height);
        let inner = framed(pen, area, &self.title, "enter choose   esc back");
        let visible = self.choices.iter().enumerate().skip(self.cursor.top);
        for (y, (at, choice)) in (inner.y..inner.bottom()).zip(visible) {
            let row = Rect { x: inner.x, y, width: inner.width, height: 1 };
            let line = Rect { x: row.x + 2, width: row.width.saturating_sub(2), ..row };
            let name = text::left(&text::clean(&choice.name), names + 2);
            pen.line(line, [(Role::Text, name.into()), (Role::Dim, choice.about.as_str().into())]);
            if at == self.cursor.at {
                pen.select(row, true);
            }
        }
    }
}

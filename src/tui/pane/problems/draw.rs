//! How the Problems pane looks.

use ratatui::layout::Rect;

use crate::tui::model::Model;
use crate::tui::theme::Role;
use crate::tui::widget::{Pen, Section, pad};

/// Draws the pane.
pub(crate) fn draw(model: &Model, pen: &mut Pen<'_>, area: Rect) {
    let focused = !model.problems.detail_focused;
    let section = Section { title: "Problems", note: "", focused, boxed: area.width >= 120 };
    let inner = section.draw(pen, area);
    let lines = [(
        Role::Text,
        "What is wrong in the project is marked in the panes 1 and 2; `tyk-tui lint` lists all of it, code, keys and settings too.",
    )];
    pen.paragraphs(pad(inner), lines);
}

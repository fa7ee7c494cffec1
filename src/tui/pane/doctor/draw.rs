//! How the Doctor pane looks.

use ratatui::layout::Rect;

use crate::tui::model::Model;
use crate::tui::theme::Role;
use crate::tui::widget::{Pen, Section, pad};

/// Draws the pane.
pub(crate) fn draw(model: &Model, pen: &mut Pen<'_>, area: Rect) {
    let focused = !model.doctor.detail_focused;
    let section = Section { title: "Doctor", note: "", focused, boxed: area.width >= 120 };
    let inner = section.draw(pen, area);
    let lines = [
        (
            Role::Text,
            "Whether the Gateway of this project is set up so that plugins work, and the setting to change where it is not.",
        ),
        (Role::Dim, "`tyk-tui doctor` says the same."),
    ];
    pen.paragraphs(pad(inner), lines);
}

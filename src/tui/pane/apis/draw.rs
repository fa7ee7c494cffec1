//! How the APIs pane looks.

use ratatui::layout::Rect;

use crate::tui::model::Model;
use crate::tui::theme::Role;
use crate::tui::widget::{Pen, Section, pad};

/// Draws the pane.
pub(crate) fn draw(model: &Model, pen: &mut Pen<'_>, area: Rect) {
    let focused = !model.apis.detail_focused;
    let section = Section { title: "APIs", note: "", focused, boxed: area.width >= 120 };
    let inner = section.draw(pen, area);
    let lines = [
        (
            Role::Text,
            "The API definitions of this project: driver, bundle, authentication and hooks of each.",
        ),
        (Role::Dim, "`tyk-tui api list FILE…` shows the same of any files."),
    ];
    pen.paragraphs(pad(inner), lines);
}

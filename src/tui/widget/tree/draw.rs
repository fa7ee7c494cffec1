//! The visible rows of a document.

use std::borrow::Cow;

use ratatui::layout::Rect;

use super::{Name, Node, Shape, Tree};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::Pen;

/// How a redacted secret begins (`domain/redact`).
const REDACTED: &str = "«redacted";

impl Tree {
    /// Draws the rows that fit.
    pub(crate) fn draw(&self, pen: &mut Pen<'_>, area: Rect, focused: bool) {
        let mut index = Some(self.top);
        for y in area.top()..area.bottom() {
            let Some(at) = index else { break };
            let row = Rect { y, height: 1, ..area };
            self.nodes[at].draw(pen, row);
            if at == self.at && focused {
                pen.select(row, focused);
            }
            index = self.next(at);
        }
    }
}

impl Node {
    fn draw(&self, pen: &mut Pen<'_>, row: Rect) {
        // Deep nesting must not push the text out of a narrow screen.
        let indent = (self.depth.saturating_sub(1) * 2).min(row.width / 2);
        let inner =
            Rect { x: row.x + 2 + indent, width: row.width.saturating_sub(2 + indent), ..row };
        let fold = match (&self.shape, self.folded) {
            (Shape::Object(0) | Shape::Array(0), _) => "  ",
            (Shape::Object(_) | Shape::Array(_), true) => "▸ ",
            (Shape::Object(_) | Shape::Array(_), false) => "▾ ",
            _ => "  ",
        };
        let name: Cow<'_, str> = match &self.name {
            Name::Root => ".".into(),
            Name::Member(name) => format!("{name}  ").into(),
            Name::Index(at) => format!("{at}  ").into(),
        };
        let (role, value): (Role, Cow<'_, str>) = match &self.shape {
            Shape::Object(0) => (Role::Punctuation, "{}".into()),
            Shape::Array(0) => (Role::Punctuation, "[]".into()),
            Shape::Object(count) => (Role::Punctuation, counted("{", *count, "}", self.folded)),
            Shape::Array(count) => (Role::Punctuation, counted("[", *count, "]", self.folded)),
            Shape::Text(text) if text.contains(REDACTED) => (Role::Secret, (&**text).into()),
            Shape::Text(text) => (Role::String, (&**text).into()),
            Shape::Number(digits) => (Role::Number, (&**digits).into()),
            Shape::Literal(word) => (Role::Literal, (*word).into()),
        };
        let name_role = if matches!(self.name, Name::Index(_)) { Role::Dim } else { Role::Name };
        pen.line(inner, [(Role::Punctuation, fold.into()), (name_role, name), (role, value)]);
    }
}

fn counted(open: &str, count: u32, close: &str, folded: bool) -> Cow<'static, str> {
    if folded { format!("{open} {} {close}", text::count(count.into())).into() } else { "".into() }
}

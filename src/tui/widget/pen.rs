//! What draws: text by role into cells, always cleaned and cut.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::tui::text;
use crate::tui::theme::{Role, Theme};

/// A theme over a buffer.
pub(crate) struct Pen<'a> {
    buffer: &'a mut Buffer,
    theme: &'a Theme,
    /// Where the terminal's cursor goes: into the field that takes the keys.
    pub(crate) cursor: Option<Position>,
}

impl<'a> Pen<'a> {
    /// Draws with `theme` into `buffer`.
    pub(crate) fn new(buffer: &'a mut Buffer, theme: &'a Theme) -> Self {
        Self { buffer, theme, cursor: None }
    }

    /// Empties an area and gives it a role's look.
    pub(crate) fn clear(&mut self, area: Rect, role: Role) {
        let area = area.intersection(self.buffer.area);
        let style = self.theme.style(Role::Text).patch(self.theme.style(role));
        for y in area.top()..area.bottom() {
            for x in area.left()..area.right() {
                let cell = &mut self.buffer[(x, y)];
                cell.reset();
                cell.set_style(style);
            }
        }
    }

    /// Lays a role's look over what is drawn there.
    pub(crate) fn tint(&mut self, area: Rect, role: Role) {
        self.buffer.set_style(area.intersection(self.buffer.area), self.theme.style(role));
    }

    /// Puts text at a place, cut with `…` to `columns`; returns the columns that it took.
    pub(crate) fn put(&mut self, x: u16, y: u16, columns: u16, what: &str, role: Role) -> u16 {
        let area = self.buffer.area;
        if y < area.top() || y >= area.bottom() || x >= area.right() {
            return 0;
        }
        let columns = columns.min(area.right() - x);
        let clean = text::clean(what);
        let cut = text::fit(&clean, columns.into());
        let style = self.theme.style(role);
        if !text::is_plain(&cut) {
            let (end, _) = self.buffer.set_stringn(x, y, cut, columns.into(), style);
            return end - x;
        }
        // A cell each: nothing has to be told apart first.
        for (x, symbol) in (x..).zip(cut.split_inclusive(|_: char| true)) {
            self.buffer[(x, y)].set_symbol(symbol).set_style(style);
        }
        u16::try_from(cut.len()).unwrap_or(columns)
    }

    /// Puts pieces one after the other into the first line of an area.
    pub(crate) fn line<'t, I>(&mut self, area: Rect, pieces: I) -> u16
    where
        I: IntoIterator<Item = (Role, Cow<'t, str>)>,
    {
        let mut x = area.x;
        if area.height == 0 {
            return 0;
        }
        for (role, piece) in pieces {
            x += self.put(x, area.y, area.right().saturating_sub(x), &piece, role);
        }
        x - area.x
    }

    /// Puts a paragraph, wrapped; returns the lines that it took.
    pub(crate) fn wrap(&mut self, area: Rect, what: &str, role: Role) -> u16 {
        let clean = text::clean(what);
        let lines = text::wrap(&clean, area.width.into());
        let mut y = area.y;
        for line in lines.iter().take(area.height.into()) {
            self.put(area.x, y, area.width, line, role);
            y += 1;
        }
        y - area.y
    }

    /// Puts paragraphs one below the other.
    pub(crate) fn paragraphs<'t>(
        &mut self,
        mut area: Rect,
        paragraphs: impl IntoIterator<Item = (Role, &'t str)>,
    ) {
        for (role, what) in paragraphs {
            let used = self.wrap(area, what, role);
            area = Rect { y: area.y + used, height: area.height.saturating_sub(used), ..area };
        }
    }

    /// Marks the selected row of a list: a sign in front, and the look of a selection.
    pub(crate) fn select(&mut self, row: Rect, focused: bool) {
        let role = if focused { Role::Selected } else { Role::SelectedAway };
        self.tint(row, role);
        if focused {
            self.put(row.x, row.y, 1, "▌", Role::Focus);
        }
    }
}

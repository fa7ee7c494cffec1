//! How the text looks: gutter, colours, selection, and the line below.

use std::borrow::Cow;
use std::ops::Range;

use ratatui::layout::{Position, Rect};

use super::highlight::tokens;
use super::row::{Piece, fold_text};
use super::{Editor, Mark, glyph};
use crate::domain::task::Severity;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::Pen;

/// Below this height the text has every row.
const WITH_LINE_BELOW: u16 = 4;

/// The sign and the colour of a gravity.
pub(crate) fn sign(severity: Severity) -> (Role, &'static str) {
    match severity {
        Severity::Error => (Role::Error, "✗"),
        Severity::Warning => (Role::Warning, "⚠"),
        Severity::Hint => (Role::Hint, "ℹ"),
    }
}

impl Editor {
    /// Where the text is in an area: right of the gutter, above the line below.
    pub(crate) fn text_area(&self, area: Rect) -> Rect {
        let gutter = u16::try_from(self.digits()).unwrap_or(0) + 5;
        let below = u16::from(area.height >= WITH_LINE_BELOW);
        Rect {
            x: area.x + gutter,
            width: area.width.saturating_sub(gutter + 1),
            height: area.height - below,
            ..area
        }
    }

    /// Of the highest line number.
    fn digits(&self) -> usize {
        self.buffer.line_count().to_string().len()
    }

    /// Draws the text into an area.
    pub(crate) fn draw(&self, pen: &mut Pen<'_>, area: Rect, focused: bool) {
        let inner = self.text_area(area);
        let cursor_line = self.cursor_line();
        let brackets = self.brackets();
        let mut line = Some(self.top);
        for y in inner.y..inner.bottom() {
            let Some(here) = line else { break };
            let row = Rect { y, height: 1, ..area };
            let text = Rect { y, height: 1, ..inner };
            let pieces = self.pieces(here);
            self.draw_gutter(pen, row, here);
            self.draw_row(pen, text, &pieces);
            if here == cursor_line && !self.editing {
                pen.select(row, focused);
            }
            if here == cursor_line && self.editing {
                pen.tint(row, Role::SelectedAway);
                pen.put(row.x, y, 1, "▌", Role::Focus);
            }
            self.draw_over(pen, text, &pieces, &brackets);
            if here == cursor_line && self.editing && self.ask.is_none() {
                let column = self.column(&pieces, self.at).saturating_sub(self.left);
                let x = inner.x + u16::try_from(column).unwrap_or(u16::MAX).min(inner.width);
                pen.cursor = Some(Position { x, y });
            }
            line = self.line_below(here);
        }
        self.draw_popup(pen, inner);
        if inner.height < area.height {
            self.draw_below(pen, Rect { y: area.bottom() - 1, height: 1, ..area });
        }
    }

    fn draw_gutter(&self, pen: &mut Pen<'_>, row: Rect, line: usize) {
        let last = self.folds.last_of(line);
        let span = self.buffer.line_span(line).start..self.buffer.line_span(last).end;
        let (role, mark) =
            self.marks_in(span).map(|mark| mark.severity).max().map_or((Role::Dim, " "), sign);
        let number = text::right(&(line + 1).to_string(), self.digits());
        let fold = if last > line { "▸ " } else { "  " };
        let pieces: [(Role, Cow<'_, str>); 3] = [
            (role, format!("{mark} ").into()),
            (Role::Dim, number.into()),
            (Role::Dim, fold.into()),
        ];
        pen.line(Rect { x: row.x + 1, width: row.width.saturating_sub(1), ..row }, pieces);
    }

    /// The marks that begin in a span, its end included.
    fn marks_in(&self, span: Range<usize>) -> impl Iterator<Item = &Mark> {
        let first = self.marks.partition_point(|mark| mark.start() < span.start);
        self.marks[first..].iter().take_while(move |mark| mark.start() <= span.end)
    }

    fn draw_row(&self, pen: &mut Pen<'_>, area: Rect, pieces: &[Piece]) {
        let mut column = 0;
        for piece in pieces {
            match piece {
                Piece::Text(span) => {
                    let bytes = &self.buffer.bytes()[span.clone()];
                    for (role, token) in tokens(bytes) {
                        if column >= self.left + usize::from(area.width) {
                            return;
                        }
                        column += self.draw_token(pen, area, column, &bytes[token], role);
                    }
                }
                Piece::Fold(count) => {
                    column +=
                        self.draw_token(pen, area, column, fold_text(*count).as_bytes(), Role::Dim);
                }
            }
        }
    }

    /// Draws what is visible of a token that begins at a column; returns its columns.
    fn draw_token(
        &self,
        pen: &mut Pen<'_>,
        area: Rect,
        column: usize,
        token: &[u8],
        role: Role,
    ) -> usize {
        let wide = glyph::columns(token);
        let end = self.left + usize::from(area.width);
        if column + wide > self.left && column < end {
            let hidden = self.left.saturating_sub(column);
            let mut from = glyph::at_column(token, hidden);
            // Half of a wide glyph cannot be shown.
            if glyph::columns(&token[..from]) < hidden {
                from = glyph::next(token, from);
            }
            let to = glyph::at_column(token, end - column).max(from);
            let before = column + glyph::columns(&token[..from]) - self.left;
            let x = area.x + u16::try_from(before).unwrap_or(u16::MAX);
            pen.put(
                x,
                area.y,
                area.right().saturating_sub(x),
                &String::from_utf8_lossy(&token[from..to]),
                role,
            );
        }
        wide
    }

    /// The bracket at the cursor, or before it, and the one that belongs to it.
    fn brackets(&self) -> Vec<usize> {
        let bytes = self.buffer.bytes();
        let near = [Some(self.at), self.at.checked_sub(1)];
        let found =
            near.into_iter().flatten().find_map(|at| Some([at, self.outline.matching(bytes, at)?]));
        found.map(Vec::from).unwrap_or_default()
    }

    /// What lies over the colours of a row: what is wrong, what is found, what is selected, brackets that match.
    fn draw_over(&self, pen: &mut Pen<'_>, area: Rect, pieces: &[Piece], brackets: &[usize]) {
        let visible = self.offset(pieces, self.left)
            ..self.offset(pieces, self.left + usize::from(area.width)) + 1;
        let mut over = |span: Range<usize>, role| {
            for piece in pieces {
                if let Piece::Text(text) = piece {
                    let within = span.start.max(text.start).max(visible.start)
                        ..span.end.min(text.end).min(visible.end);
                    if within.start < within.end {
                        self.tint(pen, area, pieces, within, role);
                    }
                }
            }
        };
        for piece in pieces {
            let Piece::Text(text) = piece else { continue };
            for mark in self.marks_in(text.clone()) {
                over(mark.start()..mark.end(), sign(mark.severity).0);
            }
        }
        for found in self.search.within(visible.clone()) {
            over(found.clone(), Role::Field);
        }
        if let Some(selected) = self.selection() {
            over(selected, Role::Selected);
        }
        for at in brackets {
            over(*at..at + 1, Role::Focus);
        }
    }

    fn tint(
        &self,
        pen: &mut Pen<'_>,
        area: Rect,
        pieces: &[Piece],
        span: Range<usize>,
        role: Role,
    ) {
        let column = |offset| {
            let column =
                self.column(pieces, offset).saturating_sub(self.left).min(area.width.into());
            u16::try_from(column).unwrap_or(area.width)
        };
        let (from, to) = (column(span.start), column(span.end));
        pen.tint(Rect { x: area.x + from, width: to - from, ..area }, role);
    }

    /// The line below: what is asked, what the last key came to, what is wrong where the cursor is.
    fn draw_below(&self, pen: &mut Pen<'_>, row: Rect) {
        let area = Rect { x: row.x + 1, width: row.width.saturating_sub(2), ..row };
        if let Some(ask) = &self.ask {
            let label = format!("{} ", ask.label());
            let used = pen.put(area.x, area.y, area.width, &label, Role::Key);
            let hint = match ask.question {
                super::ask::Question::GoTo | super::ask::Question::Command => ask.hint().to_owned(),
                _ => format!("{}   {}", self.search.count(self.at), ask.hint()),
            };
            let wide = u16::try_from(text::width(&hint)).unwrap_or(0).min(area.width / 2);
            pen.put(area.right() - wide, area.y, wide, &hint, Role::Dim);
            ask.field.draw(
                pen,
                Rect {
                    x: area.x + used,
                    width: area.width.saturating_sub(used + wide + 1),
                    ..area
                },
            );
            return;
        }
        if !self.notice.is_empty() {
            pen.put(area.x, area.y, area.width, &self.notice, Role::Hint);
        } else if let Some(mark) = self.mark_here() {
            let (role, sign) = sign(mark.severity);
            pen.put(area.x, area.y, area.width, &format!("{sign} {}", mark.message), role);
        } else if let Some(about) = self.about() {
            pen.put(area.x, area.y, area.width, &about, Role::Dim);
        }
    }

    /// What is wrong at the cursor, else on its line.
    fn mark_here(&self) -> Option<&Mark> {
        let span = self.buffer.line_span(self.buffer.line_of(self.at));
        let on_line = || self.marks_in(span.clone());
        let at_cursor = on_line().filter(|mark| (mark.start()..=mark.end()).contains(&self.at));
        at_cursor
            .max_by_key(|mark| mark.severity)
            .or_else(|| on_line().max_by_key(|mark| mark.severity))
    }
}

//! One row of the screen: a line of the text, with what is folded in it left out.

use std::ops::Range;

use super::{Editor, glyph};
use crate::tui::text;

/// A piece of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// These bytes.
    Text(Range<usize>),
    /// The inside of a folded container, with so many children.
    Fold(usize),
}

/// What stands for the inside of a folded container.
pub(super) fn fold_text(count: usize) -> String {
    format!(" … {} ", text::count(count as u64))
}

impl Editor {
    /// The pieces of the row that begins with a line.
    pub(super) fn pieces(&self, line: usize) -> Vec<Piece> {
        let last = self.folds.last_of(line);
        let mut pieces = Vec::new();
        let mut at = self.buffer.line_span(line).start;
        let mut here = line;
        while here < last {
            let span = self.buffer.line_span(here);
            let containers = self.outline.containers();
            let from = containers.partition_point(|container| container.open < at);
            let folded =
                containers[from..].iter().take_while(|container| container.open < span.end);
            let mut folded = folded.filter(|container| self.folds.is_folded(container.open));
            let Some(fold) = folded.find(|container| container.close >= span.end) else { break };
            pieces.push(Piece::Text(at..fold.open + 1));
            pieces.push(Piece::Fold(fold.count));
            at = fold.close;
            here = self.buffer.line_of(at);
        }
        pieces.push(Piece::Text(at..self.buffer.line_span(here).end.max(at)));
        pieces
    }

    /// The column of an offset in a row.
    pub(super) fn column(&self, pieces: &[Piece], offset: usize) -> usize {
        let mut column = 0;
        for piece in pieces {
            match piece {
                Piece::Text(span) if offset <= span.end => {
                    return column
                        + glyph::columns(&self.buffer.bytes()[span.start..offset.max(span.start)]);
                }
                Piece::Text(span) => column += glyph::columns(&self.buffer.bytes()[span.clone()]),
                Piece::Fold(count) => column += text::width(&fold_text(*count)),
            }
        }
        column
    }

    /// The offset of a column in a row.
    pub(super) fn offset(&self, pieces: &[Piece], column: usize) -> usize {
        let mut left = column;
        let mut at = self.at;
        for piece in pieces {
            match piece {
                Piece::Text(span) => {
                    let bytes = &self.buffer.bytes()[span.clone()];
                    let wide = glyph::columns(bytes);
                    if left < wide {
                        return span.start + glyph::at_column(bytes, left);
                    }
                    left -= wide;
                    at = span.end;
                }
                Piece::Fold(count) => {
                    let wide = text::width(&fold_text(*count));
                    if left < wide {
                        return at;
                    }
                    left -= wide;
                }
            }
        }
        at
    }

    /// The line that is seen below; the last one has none.
    pub(super) fn line_below(&self, line: usize) -> Option<usize> {
        let next = self.folds.last_of(line) + 1;
        (next < self.buffer.line_count()).then_some(next)
    }

    /// The line that is seen above.
    pub(super) fn line_above(&self, line: usize) -> Option<usize> {
        line.checked_sub(1).map(|line| self.folds.seen(line))
    }

    /// The line on which the cursor is seen.
    pub(super) fn cursor_line(&self) -> usize {
        self.folds.seen(self.buffer.line_of(self.at))
    }

    /// Moves the cursor by rows, keeping to its column.
    pub(super) fn vertical(&mut self, rows: isize, select: bool) {
        let mut line = self.cursor_line();
        let goal = self.goal.unwrap_or_else(|| self.column(&self.pieces(line), self.at));
        for _ in 0..rows.unsigned_abs() {
            let next = if rows < 0 { self.line_above(line) } else { self.line_below(line) };
            let Some(next) = next else { break };
            line = next;
        }
        let to = self.offset(&self.pieces(line), goal);
        self.go(to, select);
        self.goal = Some(goal);
    }

    /// Keeps the cursor on a screen of so many rows and columns.
    pub(crate) fn show(&mut self, rows: usize, columns: usize) {
        (self.rows, self.columns) = (rows.max(1), columns.max(4));
        let line = self.cursor_line();
        self.top = self.folds.seen(self.top.min(self.buffer.line_count() - 1));
        let mut below = (line >= self.top).then_some(self.top);
        for _ in 1..self.rows {
            match below {
                Some(seen) if seen < line => below = self.line_below(seen),
                _ => break,
            }
        }
        if below != Some(line) {
            self.top = line;
            // From above the cursor comes in at the top, from below at the bottom.
            for _ in 1..if below.is_some() { self.rows } else { 1 } {
                self.top = self.line_above(self.top).unwrap_or(0);
            }
        }
        let column = self.column(&self.pieces(line), self.at);
        if column < self.left {
            self.left = column.saturating_sub(self.columns / 4);
        } else if column >= self.left + self.columns {
            self.left = column + 1 + self.columns / 4 - self.columns;
        }
    }

    /// Scrolls by rows; the cursor comes along.
    pub(crate) fn scroll(&mut self, by: isize) {
        for _ in 0..by.unsigned_abs() {
            let next = if by < 0 { self.line_above(self.top) } else { self.line_below(self.top) };
            let Some(next) = next else { break };
            self.top = next;
        }
        let mut bottom = self.top;
        for _ in 1..self.rows {
            bottom = self.line_below(bottom).unwrap_or(bottom);
        }
        let line = self.cursor_line().clamp(self.top, bottom);
        if line != self.cursor_line() {
            let goal =
                self.goal.unwrap_or_else(|| self.column(&self.pieces(self.cursor_line()), self.at));
            let to = self.offset(&self.pieces(line), goal);
            self.go(to, false);
            self.goal = Some(goal);
        }
    }

    /// Puts the cursor where it was clicked: the row of the screen, and the column behind the gutter.
    pub(crate) fn click(&mut self, row: usize, column: usize) {
        let mut line = self.top;
        for _ in 0..row {
            line = self.line_below(line).unwrap_or(line);
        }
        let to = self.offset(&self.pieces(line), self.left + column);
        self.go(to, false);
    }
}

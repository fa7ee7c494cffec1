//! Columns of a table: fixed widths, one that grows, and which go first where there is no room.

use ratatui::layout::Rect;

use super::Pen;
use crate::tui::text;
use crate::tui::theme::Role;

/// To which side a column's text goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    /// Times and names.
    Left,
    /// Numbers.
    Right,
    /// Paths of files: cut in their middle.
    Path,
    /// Paths of requests, with their queries.
    Url,
}

/// One column.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    /// Its heading.
    pub(crate) title: &'static str,
    /// Its width; the least of one that grows.
    pub(crate) width: u16,
    /// Takes its share of what is left, in these parts.
    pub(crate) grow: u16,
    /// Where there is no room, columns of the highest rank go first; 0 stays.
    pub(crate) rank: u8,
    /// To which side.
    pub(crate) align: Align,
}

impl Column {
    /// A column of a table.
    pub(crate) const fn new(
        title: &'static str,
        width: u16,
        grow: u16,
        rank: u8,
        align: Align,
    ) -> Self {
        Self { title, width, grow, rank, align }
    }
}

/// A column that is shown, with its place on the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Placed {
    /// Which of the columns.
    pub(crate) index: usize,
    /// From the left end of the line.
    pub(crate) x: u16,
    /// Its width now.
    pub(crate) width: u16,
}

/// Places columns on a line of `width`, one column of space between them.
pub(crate) fn place(columns: &[Column], width: u16) -> Vec<Placed> {
    let mut kept: Vec<usize> = (0..columns.len()).collect();
    let needed = |kept: &[usize]| -> u16 {
        let gaps = u16::try_from(kept.len().saturating_sub(1)).unwrap_or(0);
        kept.iter().map(|&index| columns[index].width).sum::<u16>() + gaps
    };
    while needed(&kept) > width {
        let worst = kept
            .iter()
            .enumerate()
            .filter(|(_, index)| columns[**index].rank > 0)
            .max_by_key(|(_, index)| columns[**index].rank)
            .map(|(at, _)| at);
        match worst {
            Some(at) => drop(kept.remove(at)),
            None => break,
        }
    }
    let mut left = width.saturating_sub(needed(&kept));
    let mut parts: u16 = kept.iter().map(|&index| columns[index].grow).sum();
    let mut x = 0;
    let mut placed = Vec::with_capacity(kept.len());
    for index in kept {
        let column = &columns[index];
        let mut wide = column.width;
        if column.grow > 0 && parts > 0 {
            let share = left * column.grow / parts;
            wide += share;
            left -= share;
            parts -= column.grow;
        }
        placed.push(Placed { index, x, width: wide.min(width.saturating_sub(x)) });
        x += wide + 1;
    }
    placed
}

impl Placed {
    /// Draws one cell of a row at `area`, whose left end is the line's.
    pub(crate) fn cell(&self, pen: &mut Pen<'_>, area: Rect, align: Align, what: &str, role: Role) {
        let clean = text::clean(what);
        let width = usize::from(self.width);
        let fitted = match align {
            Align::Left => text::fit(&clean, width).into_owned(),
            Align::Right => text::right(&clean, width),
            Align::Path => text::fit_middle(&clean, width).into_owned(),
            Align::Url => text::fit_url(&clean, width).into_owned(),
        };
        pen.put(area.x + self.x, area.y, self.width, &fitted, role);
    }

    /// Draws its heading.
    pub(crate) fn heading(&self, pen: &mut Pen<'_>, area: Rect, column: &Column) {
        let align = if column.align == Align::Right { Align::Right } else { Align::Left };
        self.cell(pen, area, align, column.title, Role::Dim);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(width: u16, grow: u16, rank: u8) -> Column {
        Column { title: "", width, grow, rank, align: Align::Left }
    }

    #[test]
    fn columns_drop_by_rank_and_one_grows() {
        let columns = [column(12, 0, 0), column(6, 0, 2), column(10, 1, 0), column(7, 0, 1)];
        let widths = |width| {
            place(&columns, width).iter().map(|c| (c.index, c.x, c.width)).collect::<Vec<_>>()
        };
        assert_eq!(widths(40), [(0, 0, 12), (1, 13, 6), (2, 20, 12), (3, 33, 7)]);
        assert_eq!(widths(37), [(0, 0, 12), (2, 13, 16), (3, 30, 7)]);
        assert_eq!(widths(24), [(0, 0, 12), (2, 13, 11)]);
        assert_eq!(widths(5), [(0, 0, 5), (2, 13, 0)]);
    }
}

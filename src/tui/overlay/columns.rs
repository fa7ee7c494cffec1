//! Which columns the list of Dispatches has, and in which order.

use ratatui::layout::Rect;

use super::{centred, framed};
use crate::capture::By;
use crate::config::Column;
use crate::tui::action::Action;
use crate::tui::model::Model;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::{Cursor, Pen};

/// Columns of the box, and of a name in it.
const WIDTH: u16 = 66;
const NAME: usize = 10;

/// All columns, those that are shown first.
pub(crate) struct ColumnList {
    columns: Vec<(Column, bool)>,
    cursor: Cursor,
}

impl ColumnList {
    /// With those that are shown now.
    pub(crate) fn new(shown: &[Column]) -> Self {
        let rest = Column::ALL.into_iter().filter(|column| !shown.contains(column));
        let columns = shown.iter().map(|column| (*column, true));
        Self {
            columns: columns.chain(rest.map(|column| (column, false))).collect(),
            cursor: Cursor::default(),
        }
    }

    /// The selected one.
    pub(crate) fn selected(&self) -> Column {
        self.columns.get(self.cursor.at).map_or(Column::Time, |(column, _)| *column)
    }

    /// Those that are to be shown, in order.
    pub(crate) fn shown(&self) -> Vec<Column> {
        self.columns.iter().filter(|(_, shown)| *shown).map(|(column, _)| *column).collect()
    }

    /// Moves, shows, hides; whether the list has other columns now, or why it cannot.
    pub(crate) fn act(&mut self, action: Action, page: usize) -> Result<bool, &'static str> {
        let last = self.columns.len() - 1;
        let at = self.cursor.at;
        let to = match action {
            Action::ToggleColumn => {
                if self.columns[at].1 && self.shown().len() == 1 {
                    return Err("one column is left: a list has at least that");
                }
                self.columns[at].1 ^= true;
                return Ok(true);
            }
            Action::ColumnEarlier => at.saturating_sub(1),
            Action::ColumnLater => (at + 1).min(last),
            action => {
                self.cursor.act(action, self.columns.len(), page);
                return Ok(false);
            }
        };
        self.columns.swap(at, to);
        self.cursor.at = to;
        self.cursor.show(self.columns.len(), page);
        Ok(at != to)
    }

    /// The lines that there is room for.
    pub(crate) fn page(area: Rect) -> usize {
        usize::from(Self::area(area).height.saturating_sub(2))
    }

    fn area(area: Rect) -> Rect {
        let height = u16::try_from(Column::ALL.len()).unwrap_or(u16::MAX).saturating_add(2);
        centred(area, WIDTH, height)
    }

    pub(super) fn draw(&self, model: &Model, pen: &mut Pen<'_>, area: Rect) {
        let key = |action| model.keymap.key(action).unwrap_or_default();
        let keys = format!(
            "{} show  {} sort  {} {} move  {} request  {} usual  esc back",
            key(Action::ToggleColumn),
            key(Action::SortBy),
            key(Action::ColumnEarlier),
            key(Action::ColumnLater),
            key(Action::RowsByRequest),
            key(Action::UsualColumns),
        );
        let title = if model.stream.is_by_request() {
            "Columns of the list, which is by request"
        } else {
            "Columns of the list"
        };
        let inner = framed(pen, Self::area(area), title, &keys);
        let visible = self.columns.iter().enumerate().skip(self.cursor.top);
        for (y, (at, (column, shown))) in (inner.y..inner.bottom()).zip(visible) {
            let row = Rect { y, height: 1, ..inner };
            let line = Rect { x: row.x + 2, width: row.width.saturating_sub(2), ..row };
            let (sign, role) = if *shown { ("✓ ", Role::Text) } else { ("  ", Role::Dim) };
            let name = text::left(column.word(), NAME);
            let sorted = match model.stream.order().filter(|order| order.by == By::Column(*column))
            {
                Some(order) if order.descending => "▼ ",
                Some(_) => "▲ ",
                None => "  ",
            };
            let pieces = [
                (Role::Focus, sign.into()),
                (Role::Focus, sorted.into()),
                (role, name.into()),
                (Role::Dim, column.about().into()),
            ];
            pen.line(line, pieces);
            if at == self.cursor.at {
                pen.select(row, true);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_shown_hidden_and_moved_and_one_stays() {
        let mut list = ColumnList::new(&[Column::Time, Column::Path]);
        assert_eq!(list.columns.len(), Column::ALL.len());
        assert_eq!(list.act(Action::ColumnEarlier, 5), Ok(false), "it is the first");
        assert_eq!(list.act(Action::ColumnLater, 5), Ok(true));
        assert_eq!(list.shown(), [Column::Path, Column::Time]);
        assert_eq!(list.act(Action::ToggleColumn, 5), Ok(true));
        assert_eq!(list.shown(), [Column::Path]);
        assert_eq!(list.act(Action::Top, 5), Ok(false));
        assert!(list.act(Action::ToggleColumn, 5).is_err());
        assert_eq!(list.act(Action::Bottom, 5), Ok(false));
        assert_eq!(list.act(Action::ToggleColumn, 5), Ok(true));
        assert_eq!(list.shown(), [Column::Path, Column::Size]);
    }
}

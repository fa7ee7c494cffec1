//! Where one is in a list, and in the text beside it about its selected row.

use ratatui::layout::{Position, Rect};

use super::Cursor;
use crate::tui::action::Action;

/// The places in both, and which has the focus.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Browse {
    /// The selected row.
    pub(crate) cursor: Cursor,
    /// The focus is on the text.
    pub(crate) detail_focused: bool,
    /// The first visible line of the text.
    pub(crate) top: usize,
}

impl Browse {
    /// Moves in what has the focus, the list being so long; false where the action is no movement.
    pub(crate) fn act(&mut self, action: Action, len: usize, page: usize) -> bool {
        if self.detail_focused {
            let mut cursor = Cursor { at: self.top, top: self.top };
            let moved = cursor.act(action, usize::MAX, page);
            self.top = cursor.at;
            return moved;
        }
        let before = self.cursor.at;
        let moved = self.cursor.act(action, len, page);
        // Of another row the text is read from its beginning.
        if self.cursor.at != before {
            self.top = 0;
        }
        moved
    }

    /// Keeps the cursor inside the list and visible, and the text's last line at the bottom at most: it has so many.
    pub(crate) fn show(&mut self, len: usize, page: usize, detail: usize, lines: usize) {
        self.cursor.show(len, page);
        self.top = self.top.min(lines.saturating_sub(detail));
    }

    /// A click or the wheel; in the list where its rows are there, else in the text.
    pub(crate) fn mouse(&mut self, wheel: isize, at: Position, rows: Option<Rect>, len: usize) {
        let rows = rows.filter(|rows| rows.contains(at));
        self.detail_focused = rows.is_none();
        match rows {
            Some(rows) => {
                self.cursor.mouse(wheel, usize::from(at.y - rows.y), len, rows.height.into());
                self.top = 0;
            }
            None => self.top = self.top.saturating_add_signed(wheel),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn movement_is_of_what_has_the_focus_and_another_row_begins_at_its_top() {
        let mut browse = Browse { detail_focused: true, ..Browse::default() };
        assert!(browse.act(Action::Down, 3, 2) && browse.act(Action::Down, 3, 2));
        assert_eq!((browse.cursor.at, browse.top), (0, 2));
        browse.show(3, 2, 4, 5);
        assert_eq!(browse.top, 1, "the last line is at the bottom");
        browse.detail_focused = false;
        assert!(browse.act(Action::Up, 3, 2));
        assert_eq!(browse.top, 1, "it is the same row");
        assert!(browse.act(Action::Down, 3, 2));
        assert_eq!((browse.cursor.at, browse.top), (1, 0));
        assert!(!browse.act(Action::Zoom, 3, 2));
    }

    #[test]
    fn a_click_takes_the_focus_along() {
        let rows = Some(Rect { x: 0, y: 5, width: 10, height: 4 });
        let mut browse = Browse::default();
        browse.mouse(0, Position { x: 1, y: 7 }, rows, 3);
        assert_eq!((browse.cursor.at, browse.detail_focused), (2, false));
        browse.mouse(3, Position { x: 20, y: 7 }, rows, 3);
        assert_eq!((browse.cursor.at, browse.detail_focused, browse.top), (2, true, 3));
    }
}

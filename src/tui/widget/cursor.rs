//! The selected row of a list and the first that is visible.

use crate::tui::action::Action;

/// Selected row and first visible row, both from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cursor {
    /// The selected row.
    pub(crate) at: usize,
    /// The first visible row.
    pub(crate) top: usize,
}

impl Cursor {
    /// Moves by an action of [`crate::tui::action::Place::Move`]; false where the action is no movement.
    pub(crate) fn act(&mut self, action: Action, len: usize, page: usize) -> bool {
        self.at = match action {
            Action::Up => self.at.saturating_sub(1),
            Action::Down => self.at + 1,
            Action::PageUp => self.at.saturating_sub(page.max(1)),
            Action::PageDown => self.at + page.max(1),
            Action::Top => 0,
            Action::Bottom => len,
            _ => return false,
        };
        self.show(len, page);
        true
    }

    /// Keeps the selection inside the list and inside what is visible.
    pub(crate) fn show(&mut self, len: usize, page: usize) {
        self.at = self.at.min(len.saturating_sub(1));
        let page = page.max(1);
        if self.at < self.top {
            self.top = self.at;
        } else if self.at >= self.top + page {
            self.top = self.at + 1 - page;
        }
        self.top = self.top.min(len.saturating_sub(page));
    }

    /// Scrolls by rows, as the wheel does: the selection comes along only where it would leave the screen.
    pub(crate) fn scroll(&mut self, by: isize, len: usize, page: usize) {
        self.top = self.top.saturating_add_signed(by).min(len.saturating_sub(page));
        self.at = self.at.clamp(self.top, (self.top + page.max(1) - 1).max(self.top));
        self.show(len, page);
    }

    /// Selects the visible row that was clicked, or scrolls.
    pub(crate) fn mouse(&mut self, wheel: isize, row: usize, len: usize, page: usize) {
        if wheel != 0 {
            self.scroll(wheel, len, page);
        } else if self.top + row < len {
            self.at = self.top + row;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_selection_stays_in_the_list_and_visible() {
        let mut cursor = Cursor::default();
        for _ in 0..7 {
            cursor.act(Action::Down, 5, 3);
        }
        assert_eq!(cursor, Cursor { at: 4, top: 2 });
        cursor.act(Action::Top, 5, 3);
        assert_eq!(cursor, Cursor { at: 0, top: 0 });
        cursor.scroll(2, 5, 3);
        assert_eq!(cursor, Cursor { at: 2, top: 2 });
        cursor.show(1, 3);
        assert_eq!(cursor, Cursor { at: 0, top: 0 });
        assert!(!cursor.act(Action::Zoom, 5, 3));
    }

    #[test]
    fn an_empty_list_has_a_cursor_too() {
        let mut cursor = Cursor { at: 3, top: 2 };
        cursor.act(Action::Bottom, 0, 0);
        assert_eq!(cursor, Cursor::default());
    }
}

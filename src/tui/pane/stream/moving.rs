//! Where the list is: following, standing still, moved by keys, wheel and clicks.

use crossterm::event::MouseEvent;
use ratatui::layout::Rect;

use super::{Aim, Open, Pane, View};
use crate::tui::action::Action;
use crate::tui::effect::Effect;

/// What there was when following stopped.
pub(super) struct Left {
    /// How many had been captured, or lost.
    pub(super) came: u64,
    /// The newest record.
    pub(super) newest: u64,
    /// How many the filter has found after that.
    pub(super) found: u64,
}

impl Pane {
    pub(super) fn pause(&mut self) {
        if self.paused.take().is_some() {
            if self.is_sorted() {
                self.aim = Aim::Stay;
            } else {
                self.go_on();
            }
        } else {
            // In another order the last row is not the newest, and a filter may let nothing through.
            let last = self.window.rows.last().filter(|_| self.order().is_none());
            self.paused = Some(last.map_or(self.newest, |row| row.seq));
            self.leave();
        }
    }

    /// Goes to the newest: rows that were sorted are as they came again.
    pub(super) fn follow(&mut self) -> Option<Effect> {
        let effect = if self.is_sorted() { self.sort(None) } else { None };
        self.go_on();
        effect
    }

    fn go_on(&mut self) {
        self.paused = None;
        self.left_at = None;
        self.aim = Aim::End;
    }

    /// Stops following, and remembers what had come.
    pub(super) fn leave(&mut self) {
        if self.left_at.is_none() {
            let came = self.stats.captured + self.stats.dropped;
            self.left_at = Some(Left { came, newest: self.newest, found: 0 });
        }
    }

    /// The selected row's number among those that match, with moves that are under way.
    pub(super) fn index(&self) -> usize {
        if let Aim::Row(index) = self.aim {
            return index;
        }
        let visible = &self.window.rows;
        let at = visible.iter().position(|row| Some(row.seq) == self.selected);
        self.window.first + at.unwrap_or(visible.len().saturating_sub(1))
    }

    pub(super) fn move_in_list(&mut self, action: Action, visible: usize) -> bool {
        let last = self.window.total.saturating_sub(1);
        let here = self.index();
        let to = match action {
            Action::Up | Action::Previous => here.saturating_sub(1),
            Action::Down | Action::Next => here + 1,
            Action::PageUp => here.saturating_sub(visible.max(1)),
            Action::PageDown => here + visible.max(1),
            Action::Top => 0,
            Action::Bottom if self.paused.is_none() && !self.is_sorted() => {
                self.go_on();
                return true;
            }
            Action::Bottom => last,
            Action::Accept | Action::Right => {
                self.detail_focused = self.selected.is_some();
                return true;
            }
            _ => return false,
        };
        self.go(to, last);
        true
    }

    pub(super) fn go(&mut self, to: usize, last: usize) {
        // Down on the newest row is no wish to leave it.
        if to >= last && self.follows() {
            return;
        }
        self.leave();
        self.aim = Aim::Row(to.min(last));
    }

    /// Scrolls the part under the mouse.
    pub(crate) fn scroll(&mut self, by: isize, in_detail: bool, visible: usize, page: usize) {
        if in_detail && self.view == View::Diff {
            self.diff_top = self.diff_top.saturating_add_signed(by);
            return;
        }
        if in_detail {
            match &mut self.open {
                Some(Open { bodies: Some(bodies), .. }) => bodies.scroll(by, page),
                Some(open) => open.tree.scroll(by, page),
                None => {}
            }
            return;
        }
        let last = self.window.total.saturating_sub(1);
        let visible = visible.max(1);
        let first = self.window.first.saturating_add_signed(by);
        if by > 0 && first + visible > last {
            if self.paused.is_none() && !self.is_sorted() {
                self.go_on();
            }
            return;
        }
        self.leave();
        // The edge that moves into sight takes the selection along.
        self.aim = Aim::Row(if by < 0 { first } else { (first + visible - 1).min(last) });
    }

    /// A click into the list or the detail.
    pub(crate) fn click(&mut self, mouse: MouseEvent, list: Option<Rect>, detail: Option<Rect>) {
        let position = ratatui::layout::Position { x: mouse.column, y: mouse.row };
        if let Some(area) = list.filter(|area| area.contains(position)) {
            self.detail_focused = false;
            let below = usize::from(mouse.row - area.y);
            if below < self.window.rows.len() {
                let newest = self.window.total.saturating_sub(1);
                self.go(self.window.first + below, newest);
            }
        } else if let Some(area) = detail.filter(|area| area.contains(position)) {
            self.detail_focused = true;
            let row = usize::from(mouse.row - area.y);
            match &mut self.open {
                Some(Open { bodies: Some(bodies), .. }) => bodies.click(row),
                Some(open) => open.tree.click(row),
                None => {}
            }
        }
    }
}

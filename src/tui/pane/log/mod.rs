//! Log: the last lines, and the whole story of every message.

mod draw;

pub(crate) use draw::{draw, layout};

use crate::log::{Line, Ring};
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::model::Effects;

/// The state of the pane.
pub(crate) struct Pane {
    /// The visible lines.
    pub(crate) lines: Vec<Line>,
    /// Which line of the ring the first visible one is.
    pub(crate) first: usize,
    /// How many lines the ring has.
    pub(crate) len: usize,
    /// How many were ever written.
    written: u64,
    /// How many had been written when following stopped; `None`: follows.
    left_at: Option<u64>,
    /// The selected line's number.
    pub(crate) selected: Option<u64>,
    aim: Aim,
    /// The last text searched.
    pub(crate) needle: String,
    /// Warnings and errors since the pane was last open.
    pub(crate) unseen: usize,
    seen: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Aim {
    End,
    Stay,
    Row(usize),
    /// To the next line with the needle.
    Search {
        forward: bool,
        from_here: bool,
    },
}

impl Pane {
    /// Follows.
    pub(crate) fn new() -> Self {
        Self {
            lines: Vec::new(),
            first: 0,
            len: 0,
            written: 0,
            left_at: None,
            selected: None,
            aim: Aim::End,
            needle: String::new(),
            unseen: 0,
            seen: 0,
        }
    }

    /// Whether the newest line is kept in sight.
    pub(crate) fn follows(&self) -> bool {
        self.left_at.is_none()
    }

    /// How many lines came since following stopped.
    pub(crate) fn news(&self) -> u64 {
        self.left_at.map_or(0, |at| self.written.saturating_sub(at))
    }

    /// Fetches the visible lines.
    pub(crate) fn refresh(&mut self, ring: &Ring, rows: usize, open: bool) {
        self.count_unseen(ring, open);
        if !open {
            return;
        }
        self.len = ring.len();
        self.written = *ring.changes().borrow();
        let last = self.len.saturating_sub(1);
        // Lines keep their numbers while older ones go.
        let oldest = self.written.saturating_sub(self.len as u64);
        let place = |number: u64| usize::try_from(number.saturating_sub(oldest)).unwrap_or(0);
        let at = match self.aim {
            Aim::End => last,
            Aim::Stay => self.selected.map_or(last, place),
            Aim::Row(row) => row,
            Aim::Search { forward, from_here } => {
                let here = self.selected.map_or(last, place);
                self.find(ring, here, forward, from_here).unwrap_or(here)
            }
        }
        .min(last);
        let rows = rows.max(1);
        if self.follows() {
            self.first = self.len.saturating_sub(rows);
        }
        if at < self.first {
            self.first = at;
        } else if at >= self.first + rows {
            self.first = at + 1 - rows;
        }
        self.first = self.first.min(self.len.saturating_sub(rows));
        self.lines = ring.lines(self.first..self.first + rows);
        self.selected = self.lines.get(at.saturating_sub(self.first)).map(|line| line.number);
        self.aim = if self.follows() { Aim::End } else { Aim::Stay };
    }

    fn count_unseen(&mut self, ring: &Ring, open: bool) {
        let news = ring.since(self.seen);
        self.seen = news.last().map_or(self.seen, |line| line.number + 1);
        if open {
            self.unseen = 0;
        } else {
            self.unseen += news.iter().filter(|line| line.level <= tracing::Level::WARN).count();
        }
    }

    fn find(&self, ring: &Ring, here: usize, forward: bool, from_here: bool) -> Option<usize> {
        let needle = self.needle.to_lowercase();
        let lines = ring.lines(0..self.len);
        let start = usize::from(!from_here);
        (start..self.len + start).find_map(|step| {
            let at = if forward { here + step } else { here + 2 * self.len - step } % self.len;
            let line = lines.get(at)?;
            let found =
                line.message.to_lowercase().contains(&needle) || line.target.contains(&needle);
            found.then_some(at)
        })
    }

    /// Searches from the selected line back: what one looks for in a log has just been.
    pub(crate) fn set_search(&mut self, text: &str) {
        text.clone_into(&mut self.needle);
        self.leave();
        self.aim = Aim::Search { forward: false, from_here: true };
    }

    fn leave(&mut self) {
        self.left_at.get_or_insert(self.written);
    }

    /// Does an action; `None` where it is none of this pane's.
    pub(crate) fn act(&mut self, action: Action, rows: usize) -> Option<Effects> {
        let last = self.len.saturating_sub(1);
        let here = match self.aim {
            Aim::Row(row) => row,
            Aim::End | Aim::Stay | Aim::Search { .. } => {
                let at = self.lines.iter().position(|line| Some(line.number) == self.selected);
                self.first + at.unwrap_or(self.lines.len().saturating_sub(1))
            }
        };
        let to = match action {
            Action::LogFollow | Action::Bottom => {
                self.left_at = None;
                self.aim = Aim::End;
                return Some(Vec::new());
            }
            Action::LogNext | Action::LogPrevious => {
                self.leave();
                self.aim = Aim::Search { forward: action == Action::LogNext, from_here: false };
                return Some(Vec::new());
            }
            Action::Copy => {
                let line = self.lines.iter().find(|line| Some(line.number) == self.selected);
                let copy = line.map(|line| Effect::Copy("line", line.message.clone()));
                return Some(copy.into_iter().collect());
            }
            Action::Up => here.saturating_sub(1),
            Action::Down => here + 1,
            Action::PageUp => here.saturating_sub(rows.max(1)),
            Action::PageDown => here + rows.max(1),
            Action::Top => 0,
            _ => return None,
        };
        self.go(to, last);
        Some(Vec::new())
    }

    /// Selects a line of the ring.
    fn go(&mut self, to: usize, last: usize) {
        if to >= last && self.follows() {
            return;
        }
        self.leave();
        self.aim = Aim::Row(to.min(last));
    }

    /// Selects a visible line, as a click does.
    pub(crate) fn click(&mut self, row: usize) {
        self.go(self.first + row, self.len.saturating_sub(1));
    }

    /// Scrolls by rows.
    pub(crate) fn scroll(&mut self, by: isize, rows: usize) {
        let edge = if by < 0 { self.first } else { self.first + rows.max(1) - 1 };
        self.go(edge.saturating_add_signed(by), self.len.saturating_sub(1));
    }
}

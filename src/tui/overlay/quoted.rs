//! Lines that are shown as they are, and scroll: a diff.

use ratatui::layout::Rect;

use crate::domain::diff::Line;
use crate::tui::action::Action;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::Pen;

/// Columns that one step sideways takes.
const ASIDE: usize = 16;

/// Columns that a change may be away from its line's beginning, and be seen without a step sideways.
const NEAR: usize = 60;

/// The lines, and how far they are scrolled.
#[derive(Clone, Debug, Default)]
pub(crate) struct Quoted {
    lines: Vec<Line>,
    top: usize,
    left: usize,
}

impl Quoted {
    /// These lines. Where one line is changed, far inside, as in a text of one line, the change is in sight.
    pub(crate) fn new(lines: Vec<Line>) -> Self {
        let mut quoted = Self { lines, top: 0, left: 0 };
        if quoted.counts() == (1, 1) {
            let texts: Vec<_> = quoted
                .lines
                .iter()
                .filter_map(|line| match line {
                    Line::Removed(said) | Line::Added(said) => Some(said),
                    _ => None,
                })
                .collect();
            if let [old, new] = texts[..] {
                let same = old.chars().zip(new.chars()).take_while(|(old, new)| old == new);
                let far = same.count();
                quoted.left = if far > NEAR { far - NEAR / 2 } else { 0 };
            }
        }
        quoted
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.lines.len()
    }

    /// How many lines went and came.
    pub(crate) fn counts(&self) -> (usize, usize) {
        let count = |is: fn(&Line) -> bool| self.lines.iter().filter(|line| is(line)).count();
        (
            count(|line| matches!(line, Line::Removed(_))),
            count(|line| matches!(line, Line::Added(_))),
        )
    }

    /// Scrolls by an action of [`crate::tui::action::Place::Move`]; `page` rows are visible.
    pub(crate) fn act(&mut self, action: Action, page: usize) {
        let page = page.max(1);
        match action {
            Action::Up => self.top = self.top.saturating_sub(1),
            Action::Down => self.top += 1,
            Action::PageUp => self.top = self.top.saturating_sub(page),
            Action::PageDown => self.top += page,
            Action::Top => self.top = 0,
            Action::Bottom => self.top = self.len(),
            Action::Left => self.left = self.left.saturating_sub(ASIDE),
            Action::Right => {
                let texts = self.lines.iter().map(split).filter(|(_, sign, _)| !sign.is_empty());
                let widest = texts.map(|(_, _, said)| said.chars().count()).max();
                self.left = (self.left + ASIDE).min(widest.unwrap_or(0).saturating_sub(1));
            }
            _ => {}
        }
        self.top = self.top.min(self.len().saturating_sub(page));
    }

    /// Which lines are visible, `3–20 of 45`, and a word on what is scrolled away sideways; empty where all is in sight.
    pub(crate) fn position(&self, page: usize) -> String {
        let aside =
            if self.left > 0 { format!("   ← column {}", self.left + 1) } else { String::new() };
        if self.len() <= page {
            return aside.trim_start().to_owned();
        }
        let last = (self.top + page).min(self.len());
        format!("↑↓ {}–{last} of {}{aside}", self.top + 1, self.len())
    }

    /// Draws those that are visible.
    pub(crate) fn draw(&self, pen: &mut Pen<'_>, area: Rect) {
        for (y, line) in (area.y..area.bottom()).zip(self.lines.iter().skip(self.top)) {
            let (role, sign, said) = split(line);
            let used = pen.put(area.x, y, area.width, sign, role);
            let skipped = if sign.is_empty() { 0 } else { self.left };
            // Of a line of a megabyte no more is looked at than may be seen.
            let room = usize::from(area.width.saturating_sub(used));
            let seen: String = said.chars().skip(skipped).take(room + 1).collect();
            pen.put(area.x + used, y, area.width.saturating_sub(used), &text::clean(&seen), role);
        }
    }
}

/// How a line looks: its sign, which stays where it is, and what is behind it.
fn split(line: &Line) -> (Role, &'static str, std::borrow::Cow<'_, str>) {
    match line {
        Line::Same(said) => (Role::Text, " ", said.as_str().into()),
        Line::Removed(said) => (Role::Error, "-", said.as_str().into()),
        Line::Added(said) => (Role::Good, "+", said.as_str().into()),
        Line::At(..) => (Role::Hint, "", line.to_string().into()),
        Line::Unended => (Role::Dim, "", line.to_string().into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::diff;

    fn quoted(old: &str, new: &str) -> Quoted {
        Quoted::new(diff::lines(old.as_bytes(), new.as_bytes()))
    }

    #[test]
    fn it_scrolls_as_far_as_there_is_something_and_says_where_it_is() {
        let new = (1..=20).map(|at| format!("line {at}\n")).collect::<Vec<_>>().concat();
        let mut quoted = quoted("", &new);
        assert_eq!((quoted.len(), quoted.counts()), (21, (0, 20)));
        assert_eq!(quoted.position(21), "");
        assert_eq!(quoted.position(5), "↑↓ 1–5 of 21");
        quoted.act(Action::PageDown, 5);
        quoted.act(Action::Down, 5);
        assert_eq!(quoted.position(5), "↑↓ 7–11 of 21");
        quoted.act(Action::Bottom, 5);
        quoted.act(Action::Down, 5);
        assert_eq!(quoted.position(5), "↑↓ 17–21 of 21");
        quoted.act(Action::Right, 5);
        assert_eq!(quoted.position(5), "↑↓ 17–21 of 21   ← column 7");
    }

    #[test]
    fn a_change_far_inside_a_line_is_in_sight() {
        let (before, after) = ("x".repeat(400), "y".repeat(400));
        let quoted = quoted(&format!("{before}1{after}"), &format!("{before}2{after}"));
        assert_eq!(quoted.position(9), "← column 371");
    }
}

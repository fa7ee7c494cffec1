//! What differs between two bundles, file by file.

use ratatui::layout::Rect;

use super::{centred, framed};
use crate::domain::diff::Line;
use crate::services::bundle::compare::{Change, Comparison, Differing, How};
use crate::tui::action::Action;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::{Cursor, Pen};

/// The widest it is.
const WIDEST: u16 = 120;

/// The lines, and how far they are scrolled.
#[derive(Debug)]
pub(crate) struct Compared {
    title: String,
    lines: Vec<(Role, String)>,
    top: usize,
}

impl Compared {
    /// Of bundles with these names.
    pub(crate) fn of(old: &str, new: &str, comparison: &Comparison) -> Self {
        let mut lines: Vec<_> = comparison.differing.iter().flat_map(of_file).collect();
        let same = match comparison.same {
            1 => "1 file is the same".to_owned(),
            count => format!("{count} files are the same"),
        };
        lines.push((Role::Dim, same));
        Self { title: format!("{old} → {new}"), lines, top: 0 }
    }

    /// How many lines are visible in this area.
    pub(crate) fn page(&self, area: Rect) -> usize {
        usize::from(area.height.saturating_sub(2)).min(self.lines.len())
    }

    /// Scrolls by an action of [`crate::tui::action::Place::Move`].
    pub(crate) fn act(&mut self, action: Action, page: usize) {
        let mut cursor = Cursor { at: self.top, top: self.top };
        cursor.act(action, self.lines.len(), 1);
        self.top = match action {
            Action::PageUp => self.top.saturating_sub(page),
            Action::PageDown => self.top + page,
            _ => cursor.at,
        };
        self.top = self.top.min(self.lines.len().saturating_sub(page));
    }

    pub(super) fn draw(&self, pen: &mut Pen<'_>, area: Rect) {
        let page = self.page(area);
        let height = u16::try_from(page).unwrap_or(area.height).saturating_add(2);
        let keys = if self.lines.len() > page {
            let last = self.top + page;
            format!("esc back   ↑↓ {}–{last} of {}", self.top + 1, self.lines.len())
        } else {
            "esc back".to_owned()
        };
        let inner = framed(pen, centred(area, WIDEST, height), &self.title, &keys);
        for (y, (role, line)) in (inner.y..inner.bottom()).zip(self.lines.iter().skip(self.top)) {
            // Of a line of a megabyte no more is looked at than may be seen.
            let seen: String = line.chars().take(usize::from(inner.width) + 1).collect();
            pen.put(inner.x, y, inner.width, &text::clean(&seen), *role);
        }
    }
}

fn of_file(differing: &Differing) -> Vec<(Role, String)> {
    let role = match &differing.change {
        Change::Added { .. } => Role::Good,
        Change::Removed { .. } => Role::Error,
        Change::Changed { .. } => Role::Heading,
    };
    let mut lines = vec![(role, differing.heading())];
    if let Change::Changed { how: How::Lines(changes) | How::Json(changes), .. } = &differing.change
    {
        lines.extend(changes.iter().map(|line| {
            let role = match line {
                Line::Added(_) => Role::Good,
                Line::Removed(_) => Role::Error,
                Line::Same(_) => Role::Text,
                Line::At(..) | Line::Unended => Role::Hint,
            };
            (role, format!("  {line}"))
        }));
    }
    lines
}

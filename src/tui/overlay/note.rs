//! What was done, and what is to be known of it: more than a line has room for.

use ratatui::layout::Rect;

use super::{centred, framed};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::Pen;

/// Paragraphs under a title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Note {
    /// In a few words.
    pub(crate) title: String,
    /// What there is to say.
    pub(crate) lines: Vec<(Role, String)>,
    /// The first line that is shown.
    pub(crate) top: usize,
    /// The most columns that it takes.
    pub(crate) widest: u16,
}

impl Note {
    fn width(&self, area: Rect) -> u16 {
        area.width.clamp(8, self.widest.max(8))
    }

    /// Its lines, wrapped, in an area.
    fn wrapped(&self, area: Rect) -> Vec<(Role, String)> {
        let columns = usize::from(self.width(area)) - 4;
        let wrapped = |(role, line): &(Role, String)| {
            let line = text::clean(line);
            // Wrapping takes spaces together: what has columns of its own keeps them where it fits.
            if text::width(&line) <= columns {
                return vec![(*role, line.into_owned())];
            }
            text::wrap(&line, columns).into_iter().map(|it| (*role, it)).collect()
        };
        self.lines.iter().flat_map(|line| -> Vec<(Role, String)> { wrapped(line) }).collect()
    }

    /// Scrolls by lines.
    pub(crate) fn scroll(&mut self, by: isize, area: Rect) {
        let page = usize::from(area.height.saturating_sub(2));
        let most = self.wrapped(area).len().saturating_sub(page);
        self.top = self.top.saturating_add_signed(by).min(most);
    }

    pub(super) fn draw(&self, pen: &mut Pen<'_>, area: Rect) {
        let lines = self.wrapped(area);
        let height = u16::try_from(lines.len()).unwrap_or(area.height).saturating_add(2);
        let keys = if height > area.height { "esc close   ↑↓ more" } else { "esc close" };
        let inner = framed(pen, centred(area, self.width(area), height), &self.title, keys);
        for (y, (role, line)) in (inner.y..inner.bottom()).zip(lines.iter().skip(self.top)) {
            pen.put(inner.x, y, inner.width, line, *role);
        }
    }
}

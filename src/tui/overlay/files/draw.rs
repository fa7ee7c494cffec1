//! How the tree of files looks.

use ratatui::layout::Rect;

use super::Files;
use super::nodes::{Node, Sum};
use crate::tui::action::Action;
use crate::tui::model::Model;
use crate::tui::overlay::{centred, framed};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::Pen;

/// The widest it is.
const WIDTH: u16 = 100;

/// The column of sizes.
const SIZE: u16 = 10;

/// The column of a folder's files.
const FILES: u16 = 16;

/// How many rows an area has for files: frame, a rule and the totals are none.
pub(super) fn rows(area: Rect) -> u16 {
    area.height.saturating_sub(4)
}

impl Files {
    /// Draws it over the area of the panes.
    pub(crate) fn draw(&self, model: &Model, pen: &mut Pen<'_>, area: Rect) {
        let key = |action| model.keymap.key(action).unwrap_or_default();
        let left_out = if self.whole { "hide left out" } else { "show left out" };
        let keys = format!(
            "{} list or not   {} done   {} {left_out}   {} path   {} back",
            key(Action::Mark),
            key(Action::Accept),
            key(Action::LeftOut),
            key(Action::TypePath),
            key(Action::Close),
        );
        let inner = framed(pen, centred(area, WIDTH, area.height), "file_list", &keys);
        let height = rows(area).min(inner.height);
        for (at, (node, sum)) in (0..height).zip(self.nodes.rows(self.cursor.top)) {
            let row = Rect { y: inner.y + at, height: 1, ..inner };
            draw_row(node, sum, pen, row);
            if self.cursor.top + usize::from(at) == self.cursor.at {
                pen.select(row, true);
            }
        }
        if self.nodes.len() == 0 {
            let what = if self.reading {
                "The folder is being read …"
            } else {
                "There is no file here that a bundle could have."
            };
            pen.put(inner.x + 2, inner.y, inner.width, what, Role::Dim);
        }
        if inner.height > height + 1 {
            let rule = "─".repeat(inner.width.into());
            pen.put(inner.x, inner.y + height, inner.width, &rule, Role::Border);
        }
        let y = inner.bottom().saturating_sub(1);
        self.draw_total(pen, Rect { y, height: inner.height.min(1), ..inner });
    }

    fn draw_total(&self, pen: &mut Pen<'_>, line: Rect) {
        let sum = self.nodes.total();
        let files = match sum.marked {
            1 => "1 file listed".to_owned(),
            marked => format!("{} files listed", text::count(marked as u64)),
        };
        let total = format!("{files}, {}", text::bytes(sum.marked_bytes));
        let of = format!("  of {}, {}", text::count(sum.files as u64), text::bytes(sum.bytes));
        let mut pieces = vec![(Role::Heading, total.into()), (Role::Dim, of.into())];
        if self.reading {
            pieces.push((Role::Dim, "  reading …".into()));
        } else if self.cut {
            let more = "  ⚠ the folder has more than is shown: type a path";
            pieces.push((Role::Warning, more.into()));
        }
        pen.line(Rect { x: line.x + 2, width: line.width.saturating_sub(2), ..line }, pieces);
    }
}

fn draw_row(node: &Node, sum: Sum, pen: &mut Pen<'_>, row: Rect) {
    let mark = match (sum.marked, sum.files) {
        (0, _) => "[ ]",
        (marked, files) if marked == files => "[x]",
        // All but what is left out anyway.
        _ if sum.offered > 0 && sum.offered == sum.offered_marked => "[x]",
        _ => "[-]",
    };
    let left_out = node.file.map_or(sum.offered == 0, |file| file.left_out);
    let fold = match (node.file.is_some(), node.folded) {
        (true, _) => "  ",
        (false, true) => "▸ ",
        (false, false) => "▾ ",
    };
    let last = node.name.rsplit('/').next().unwrap_or(&node.name);
    // A name that leaves the folder is no path through it.
    let shown = if node.depth == 0 { &node.name } else { last };
    let slash = if node.file.is_none() { "/" } else { "" };
    let (size_role, size) = match node.file {
        Some(file) => match file.bytes {
            Some(bytes) => (Role::Dim, text::bytes(bytes)),
            None => (Role::Error, "not there".to_owned()),
        },
        None => (Role::Dim, text::bytes(sum.bytes)),
    };
    let role = match (left_out, node.file.is_none()) {
        (true, _) => Role::Dim,
        (false, true) => Role::Name,
        (false, false) => Role::Text,
    };
    let end = row.right().saturating_sub(SIZE);
    pen.put(end, row.y, SIZE, &text::right(&size, SIZE.into()), size_role);
    let files_at = end.saturating_sub(FILES);
    if node.file.is_none() {
        let count = text::count(sum.files as u64);
        let files = match (sum.marked, sum.files) {
            (0 | 1, 1) => "1 file".to_owned(),
            (0, _) => format!("{count} files"),
            (marked, files) if marked == files => format!("{count} files"),
            (marked, _) => format!("{} of {count}", text::count(marked as u64)),
        };
        pen.put(files_at, row.y, FILES, &text::right(&files, FILES.into()), Role::Dim);
    }
    let line = Rect { x: row.x + 2, width: files_at.saturating_sub(row.x + 3), ..row };
    let indent = "  ".repeat(node.depth.min(24));
    let mark_role = if sum.marked > 0 { Role::Good } else { Role::Dim };
    let room = usize::from(line.width).saturating_sub(4 + indent.len() + 2 + slash.len());
    let name = text::clean(shown);
    let name = format!("{}{slash}", text::fit_middle(&name, room));
    pen.line(
        line,
        [
            (mark_role, mark.into()),
            (Role::Dim, format!(" {indent}{fold}").into()),
            (role, name.into()),
        ],
    );
}

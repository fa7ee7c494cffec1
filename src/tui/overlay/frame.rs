//! The box of an overlay.

use ratatui::layout::Rect;

use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::Pen;

/// A box of this size in the middle of an area, or as large as the area.
pub(crate) fn centred(area: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height));
    Rect {
        x: area.x + (area.width - width) / 2,
        y: area.y + (area.height - height) / 3,
        width,
        height,
    }
}

/// Draws the box with its title above and its keys below; returns the area inside.
pub(crate) fn framed(pen: &mut Pen<'_>, area: Rect, title: &str, keys: &str) -> Rect {
    pen.clear(area, Role::Text);
    if area.width < 4 || area.height < 2 {
        return Rect { height: 0, ..area };
    }
    let across = "─".repeat(usize::from(area.width) - 2);
    pen.put(area.x, area.y, area.width, &format!("╭{across}╮"), Role::Focus);
    pen.put(area.x, area.bottom() - 1, area.width, &format!("╰{across}╯"), Role::Focus);
    for y in area.y + 1..area.bottom() - 1 {
        pen.put(area.x, y, 1, "│", Role::Focus);
        pen.put(area.right() - 1, y, 1, "│", Role::Focus);
    }
    let room = area.width - 4;
    pen.put(area.x + 2, area.y, room, &format!(" {} ", text::clean(title)), Role::Focus);
    if !keys.is_empty() {
        pen.put(area.x + 2, area.bottom() - 1, room, &format!(" {keys} "), Role::Dim);
    }
    Rect { x: area.x + 2, y: area.y + 1, width: area.width - 4, height: area.height - 2 }
}

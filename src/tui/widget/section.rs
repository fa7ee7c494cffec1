//! Parts of a pane: a list and its detail, each under a title, one of them with the focus.

use ratatui::layout::Rect;

use super::Pen;
use crate::tui::text;
use crate::tui::theme::Role;

/// From this width on list and detail are side by side.
const SIDE_BY_SIDE: u16 = 120;

/// Where the parts of a pane are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Halves {
    /// The list; `None` where the detail has the whole pane.
    pub(crate) list: Option<Rect>,
    /// The detail; `None` where the list has the whole pane.
    pub(crate) detail: Option<Rect>,
    /// Whether the parts have borders: a narrow screen spends no columns on them, a rule with the title is enough.
    pub(crate) boxed: bool,
}

/// Where list and detail go. `share` is the list's part of the height (or width), in percent.
pub(crate) fn halves(area: Rect, zoom: bool, detail_focused: bool, share: u16) -> Halves {
    let boxed = area.width >= SIDE_BY_SIDE;
    // Too low for two: the focused one has it all, as with zoom.
    if zoom || (!boxed && area.height < 9) {
        let (list, detail) = if detail_focused { (None, Some(area)) } else { (Some(area), None) };
        return Halves { list, detail, boxed };
    }
    let part =
        |whole: u16| u16::try_from(u32::from(whole) * u32::from(share) / 100).unwrap_or(whole);
    let (list, detail) = if boxed {
        let left = part(area.width);
        let list = Rect { width: left, ..area };
        (list, Rect { x: area.x + left, width: area.width - left, ..area })
    } else {
        let top = part(area.height).max(4);
        let list = Rect { height: top, ..area };
        (list, Rect { y: area.y + top, height: area.height - top, ..area })
    };
    Halves { list: Some(list), detail: Some(detail), boxed }
}

/// What is inside a part: below its title, and inside its border where it has one.
pub(crate) fn inside(area: Rect, boxed: bool) -> Rect {
    let inner = if boxed {
        Rect {
            x: area.x + 1,
            y: area.y + 1,
            width: area.width.saturating_sub(2),
            height: area.height.saturating_sub(2),
        }
    } else {
        Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area }
    };
    inner.intersection(area)
}

/// Room for the mark of a selection in front, and a column behind.
pub(crate) fn pad(area: Rect) -> Rect {
    Rect { x: area.x + 2, width: area.width.saturating_sub(3), ..area }
}

/// A part with its title.
pub(crate) struct Section<'a> {
    /// In its upper border, on the left.
    pub(crate) title: &'a str,
    /// In its upper border, on the right: a count, a state.
    pub(crate) note: &'a str,
    /// Whether keys go here: a heavier, brighter border.
    pub(crate) focused: bool,
    /// With a border all round.
    pub(crate) boxed: bool,
}

impl Section<'_> {
    /// Draws the border or rule, and returns the area inside.
    pub(crate) fn draw(&self, pen: &mut Pen<'_>, area: Rect) -> Rect {
        if area.height == 0 || area.width < 4 {
            return Rect { height: 0, ..area };
        }
        let inner = inside(area, self.boxed);
        let role = if self.focused { Role::Focus } else { Role::Border };
        let signs = if self.focused {
            ["━", "┃", "┏", "┓", "┗", "┛"]
        } else {
            ["─", "│", "┌", "┐", "└", "┘"]
        };
        let across = signs[0].repeat(area.width.into());
        pen.put(area.x, area.y, area.width, &across, role);
        if self.boxed && area.height > 1 {
            pen.put(area.x, area.bottom() - 1, area.width, &across, role);
            for y in area.y..area.bottom() {
                pen.put(area.x, y, 1, signs[1], role);
                pen.put(area.right() - 1, y, 1, signs[1], role);
            }
            pen.put(area.x, area.y, 1, signs[2], role);
            pen.put(area.right() - 1, area.y, 1, signs[3], role);
            pen.put(area.x, area.bottom() - 1, 1, signs[4], role);
            pen.put(area.right() - 1, area.bottom() - 1, 1, signs[5], role);
        }
        let room = area.width.saturating_sub(6);
        let title = format!(" {} ", self.title);
        let used = pen.put(
            area.x + 2,
            area.y,
            room,
            &title,
            if self.focused { Role::Focus } else { Role::Heading },
        );
        if !self.note.is_empty() {
            let note = format!(" {} ", text::clean(self.note));
            let wide = u16::try_from(text::width(&note)).unwrap_or(u16::MAX);
            if wide + used < room {
                pen.put(area.right() - 2 - wide, area.y, wide, &note, Role::Dim);
            }
        }
        inner
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn side_by_side_from_120_columns_and_one_above_the_other_below() {
        let at = halves(Rect::new(0, 2, 120, 38), false, false, 50);
        assert_eq!(at.list, Some(Rect::new(0, 2, 60, 38)));
        assert_eq!(at.detail, Some(Rect::new(60, 2, 60, 38)));
        let at = halves(Rect::new(0, 2, 119, 20), false, false, 50);
        assert_eq!(at.list, Some(Rect::new(0, 2, 119, 10)));
        assert_eq!(at.detail, Some(Rect::new(0, 12, 119, 10)));
        let at = halves(Rect::new(0, 0, 80, 8), false, true, 50);
        assert_eq!((at.list, at.detail), (None, Some(Rect::new(0, 0, 80, 8))));
        assert_eq!(halves(Rect::new(0, 0, 200, 60), true, false, 50).detail, None);
    }
}

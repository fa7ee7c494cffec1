//! Rows of a list that has the calls of each HTTP request together: how they are marked, and which hooks did not come.

use std::collections::{BTreeMap, BTreeSet};

use ratatui::layout::Rect;

use crate::capture::Member;
use crate::domain::trail::Basis;
use crate::tui::theme::Role;
use crate::tui::widget::{Pen, Placed};

/// Columns of the signs in front of a row, or behind the first cell of a request's first row.
pub(super) const SIGNS: u16 = 3;

/// Of the visible requests, which hooks did not come: where the definitions of their APIs are known.
#[derive(Debug, Default)]
pub(crate) struct Missing {
    /// By request.
    pub(crate) of: BTreeMap<u64, Absent>,
    /// Of some it hangs on the time that passes.
    pub(crate) waits: bool,
    /// APIs whose definitions were asked for.
    pub(crate) asked: BTreeSet<Box<str>>,
}

/// Hooks that did not come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Absent {
    /// How many.
    pub(crate) count: usize,
    /// Neither the definition nor an answer says why, or what failed.
    pub(crate) is_odd: bool,
}

/// The place of the first cell of such a row.
pub(super) fn first_cell(placed: Placed, member: &Member) -> Placed {
    let x = if member.is_first { placed.x } else { placed.x + SIGNS };
    Placed { x, width: placed.width.saturating_sub(SIGNS), ..placed }
}

/// Draws its signs: that it goes on with the request above, and whether that is a guess; or how many hooks did not come.
pub(super) fn draw_signs(
    pen: &mut Pen<'_>,
    line: Rect,
    placed: Placed,
    member: &Member,
    absent: Option<&Absent>,
) {
    let x = line.x + placed.x;
    if member.is_first {
        let Some(absent) = absent.filter(|absent| absent.count > 0) else { return };
        let role = if absent.is_odd { Role::Warning } else { Role::Dim };
        let count = if absent.count < 10 { absent.count.to_string() } else { "+".to_owned() };
        let x = (x + placed.width).saturating_sub(SIGNS - 1);
        pen.put(x, line.y, SIGNS - 1, &format!("○{count}"), role);
        return;
    }
    pen.put(x, line.y, 1, if member.is_last { "└" } else { "├" }, Role::Dim);
    let (sign, role) = match member.basis {
        Some(Basis::Guess { rivals: false }) => ("~", Role::Hint),
        Some(Basis::Guess { rivals: true }) => ("?", Role::Warning),
        Some(Basis::Trace | Basis::Mark) | None => ("─", Role::Dim),
    };
    pen.put(x + 1, line.y, 1, sign, role);
}

//! What stands above the list: breakpoints, and the Dispatches that they hold.

use ratatui::layout::Rect;

use crate::dispatch::Breakpoint;
use crate::tui::action::Action;
use crate::tui::model::Model;
use crate::tui::overlay::draw_waiting;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::Pen;

/// Of those that are held and meant by the filter, so many are seen without opening the list of them.
const SHOWN: usize = 4;

/// How many lines it takes in a pane of this height: none where there is no breakpoint and nobody is held.
pub(super) fn height(model: &Model, pane: u16) -> u16 {
    let holding = &model.holding;
    // Where the list has nothing else to show there is room for them.
    let is_empty = model.stream.is_filtered() && model.stream.window.rows.is_empty();
    let (most, share) = if is_empty { (usize::MAX, 2) } else { (SHOWN, 3) };
    let held = holding.listed().count().min(most);
    let said = !holding.breakpoints.is_empty() || !holding.held.is_empty();
    let lines = held + usize::from(said);
    u16::try_from(lines).unwrap_or(u16::MAX).min(pane / share)
}

/// Draws it.
pub(super) fn draw(model: &Model, pen: &mut Pen<'_>, area: Rect) {
    if area.height == 0 {
        return;
    }
    let holding = &model.holding;
    let key = |action| model.keymap.key(action).unwrap_or_default();
    let mut pieces = vec![(Role::Held, "◆ ".into())];
    let (held, listed) = (holding.held.len(), holding.listed().count());
    if held > 0 {
        let count = text::count(held as u64);
        let meant = match listed {
            _ if listed == held => String::new(),
            0 => ", none meant by the filter".to_owned(),
            listed => format!(", {} meant by the filter", text::count(listed as u64)),
        };
        let said = format!("{count} held{meant}, {} opens   ", key(Action::OpenHeld));
        pieces.push((Role::Held, said.into()));
    }
    if holding.let_through > 0 {
        let said = format!(
            "{} let through, as {} are held at most   ",
            text::count(holding.let_through),
            holding.most
        );
        pieces.push((Role::Warning, said.into()));
    }
    if !holding.faults.is_empty() {
        let failed: u64 = holding.faults.iter().map(|faulty| faulty.count).sum();
        let calls = if failed == 1 { "call" } else { "calls" };
        let failed = text::count(failed);
        let says = key(Action::Break);
        pieces.push((
            Role::Warning,
            format!("jq fails on {failed} {calls}, {says} says why   ").into(),
        ));
    }
    let breakpoints: Vec<String> = holding.breakpoints.iter().map(Breakpoint::to_string).collect();
    if !breakpoints.is_empty() {
        let asked = holding.are_asked_for();
        pieces.push((Role::Dim, if asked { "asks to break at " } else { "breaks at " }.into()));
        pieces.push((Role::Text, text::clean(&breakpoints.join(" · ")).into_owned().into()));
    }
    let line = Rect { x: area.x + 1, width: area.width.saturating_sub(1), height: 1, ..area };
    pen.line(line, pieces);
    let rows = usize::from(area.height) - 1;
    for (y, waiting) in (area.y + 1..).zip(holding.listed().take(rows)) {
        draw_waiting(
            pen,
            Rect { x: line.x + 2, y, width: line.width.saturating_sub(2), height: 1 },
            waiting,
        );
    }
}

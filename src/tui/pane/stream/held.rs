//! What stands above the list: breakpoints, and the Dispatches that they hold.

use ratatui::layout::Rect;

use crate::dispatch::Breakpoint;
use crate::tui::action::Action;
use crate::tui::model::Model;
use crate::tui::overlay::draw_waiting;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::Pen;

/// Of those that are held, so many are seen without opening the list of them.
const SHOWN: usize = 4;

/// How many lines it takes in a pane of this height: none where there is no breakpoint and nobody is held.
pub(super) fn height(model: &Model, pane: u16) -> u16 {
    let holding = &model.holding;
    let held = holding.held.len().min(SHOWN);
    let breakpoints = !holding.breakpoints.is_empty() || held > 0;
    let lines = held + usize::from(breakpoints);
    u16::try_from(lines).unwrap_or(0).min(pane / 3)
}

/// Draws it.
pub(super) fn draw(model: &Model, pen: &mut Pen<'_>, area: Rect) {
    if area.height == 0 {
        return;
    }
    let holding = &model.holding;
    let key = |action| model.keymap.key(action).unwrap_or_default();
    let mut pieces = vec![(Role::Held, "◆ ".into())];
    match holding.held.len() {
        0 => {}
        count => pieces.push((
            Role::Held,
            format!("{} held, {} opens   ", text::count(count as u64), key(Action::OpenHeld))
                .into(),
        )),
    }
    if holding.let_through > 0 {
        let said = format!(
            "{} let through, as {} are held at most   ",
            text::count(holding.let_through),
            holding.most
        );
        pieces.push((Role::Warning, said.into()));
    }
    let breakpoints: Vec<String> = holding.breakpoints.iter().map(Breakpoint::to_string).collect();
    if !breakpoints.is_empty() {
        pieces.push((Role::Dim, "breaks at ".into()));
        pieces.push((Role::Text, text::clean(&breakpoints.join(" · ")).into_owned().into()));
    }
    let line = Rect { x: area.x + 1, width: area.width.saturating_sub(1), height: 1, ..area };
    pen.line(line, pieces);
    let rows = usize::from(area.height) - 1;
    for (y, waiting) in (area.y + 1..).zip(holding.held.iter().take(rows)) {
        draw_waiting(
            pen,
            Rect { x: line.x + 2, y, width: line.width.saturating_sub(2), height: 1 },
            waiting,
        );
    }
}

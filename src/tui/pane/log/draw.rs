//! How the Log pane looks.

use jiff::Timestamp;
use ratatui::layout::Rect;
use tracing::Level;

use crate::log::Line;
use crate::tui::model::Model;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::{Pen, Section, inside};

/// Lines of the story at the bottom, where there is room for it.
const STORY: u16 = 5;

/// Where the parts of the pane are.
pub(crate) struct Layout {
    list: Rect,
    /// The lines.
    pub(crate) rows: Rect,
    story: Option<Rect>,
    boxed: bool,
}

/// The layout in this area.
pub(crate) fn layout(model: &Model, area: Rect) -> Layout {
    let boxed = area.width >= 120;
    let room = area.height >= 3 * STORY && !model.zoom;
    let below = if room { STORY + u16::from(boxed) } else { 0 };
    let list = Rect { height: area.height - below, ..area };
    let story = room.then_some(Rect { y: list.bottom(), height: below, ..area });
    Layout { list, rows: inside(list, boxed), story, boxed }
}

/// Draws the pane.
pub(crate) fn draw(model: &Model, pen: &mut Pen<'_>, area: Rect) {
    let pane = &model.log;
    let layout = layout(model, area);
    let count = text::count(pane.len as u64);
    let note = match pane.news() {
        _ if pane.follows() => format!("{count} · following"),
        0 => format!("{count} · f follows"),
        news => format!("{count} · ▾ {} new", text::count(news)),
    };
    let title = if pane.needle.is_empty() {
        "Log".to_owned()
    } else {
        format!("Log, searching “{}”", pane.needle)
    };
    let section = Section { title: &title, note: &note, focused: true, boxed: layout.boxed };
    section.draw(pen, layout.list);
    if pane.lines.is_empty() {
        let area = Rect {
            x: layout.rows.x + 2,
            width: layout.rows.width.saturating_sub(4),
            ..layout.rows
        };
        pen.wrap(
            area,
            "What the console, the server and the host have done and met. Nothing yet.",
            Role::Dim,
        );
    }
    for (y, line) in (layout.rows.y..layout.rows.bottom()).zip(&pane.lines) {
        let row = Rect { y, height: 1, ..layout.rows };
        draw_line(model, line, pen, row);
        if Some(line.number) == pane.selected {
            pen.select(row, true);
        }
    }
    let selected = pane.lines.iter().find(|line| Some(line.number) == pane.selected);
    if let (Some(area), Some(line)) = (layout.story, selected) {
        let title = format!("{} · {}", word(line.level).1, line.target);
        let section = Section { title: &title, note: "", focused: false, boxed: layout.boxed };
        let inner = section.draw(pen, area);
        let inner = Rect { x: inner.x + 2, width: inner.width.saturating_sub(3), ..inner };
        pen.wrap(inner, &line.message, Role::Text);
    }
}

fn word(level: Level) -> (Role, &'static str) {
    match level {
        Level::ERROR => (Role::Error, "error"),
        Level::WARN => (Role::Warning, "warn"),
        Level::INFO => (Role::Good, "info"),
        Level::DEBUG => (Role::Dim, "debug"),
        _ => (Role::Dim, "trace"),
    }
}

fn draw_line(model: &Model, line: &Line, pen: &mut Pen<'_>, row: Rect) {
    let at = Timestamp::try_from(line.at).unwrap_or_default();
    let at = at.to_zoned(model.zone.clone()).strftime("%H:%M:%S").to_string();
    let (role, level) = word(line.level);
    let text_role = if line.level <= Level::WARN { role } else { Role::Text };
    let inner = Rect { x: row.x + 2, width: row.width.saturating_sub(3), ..row };
    pen.line(
        inner,
        [
            (Role::Dim, format!("{at} ").into()),
            (role, text::left(level, 6).into()),
            (Role::Dim, text::left(&line.target, 10).into()),
            (text_role, line.message.as_str().into()),
        ],
    );
}

//! How the Stream pane looks.

use std::borrow::Cow;

use ratatui::layout::Rect;

use super::{Pane, View, strip};
use crate::capture::{Kind, Row};
use crate::domain::object::Hook;
use crate::tui::model::Model;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::{Align, Column, Halves, Pen, Placed, Section, halves, inside, place};

/// The columns; the highest rank goes first where the screen is narrow.
const COLUMNS: [Column; 10] = [
    Column::new("TIME", 12, 0, 1, Align::Left),
    Column::new("HOOK", 13, 0, 0, Align::Left),
    Column::new("NAME", 12, 2, 7, Align::Left),
    Column::new("API", 8, 1, 2, Align::Left),
    Column::new("METHOD", 7, 0, 3, Align::Left),
    Column::new("PATH", 10, 4, 0, Align::Path),
    Column::new("OUTCOME", 10, 0, 0, Align::Left),
    Column::new("CODE", 4, 0, 4, Align::Right),
    Column::new("TOOK", 6, 0, 5, Align::Right),
    Column::new("SIZE", 8, 0, 6, Align::Right),
];

/// Below this width the path needs the columns more than the hook's full name does.
const ROOMY: u16 = 100;

/// The columns' places on a line of this width.
fn columns(width: u16) -> Vec<Placed> {
    let mut columns = COLUMNS;
    if width < ROOMY {
        columns[1].width = 8;
        columns[8].width = 5;
    }
    place(&columns, width)
}

/// A hook's name, in at most eight letters where the column has no room for all.
fn hook_word(hook: Hook, width: u16) -> &'static str {
    match hook {
        Hook::AuthCheck if width < 10 => "auth",
        Hook::PostKeyAuth if width < 13 => "postauth",
        hook => hook.word(),
    }
}

/// Where the parts of the pane are.
pub(crate) struct Layout {
    strip: Rect,
    halves: Halves,
    /// The rows of the list.
    pub(crate) rows: Option<Rect>,
    /// The rows of the JSON.
    pub(crate) json: Option<Rect>,
}

/// The layout in this area.
pub(crate) fn layout(model: &Model, area: Rect) -> Layout {
    let pane = &model.stream;
    let strip = Rect { height: area.height.min(1), ..area };
    let below = Rect { y: area.y + strip.height, height: area.height - strip.height, ..area };
    let wide = area.width >= 160;
    let halves = halves(below, model.zoom, pane.detail_focused, if wide { 60 } else { 50 });
    let rows = halves.list.map(|list| {
        let inner = inside(list, halves.boxed);
        // Headings above.
        Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner }.intersection(inner)
    });
    let json = halves.detail.map(|detail| inside(detail, halves.boxed));
    Layout { strip, halves, rows, json }
}

/// Draws the pane.
pub(crate) fn draw(model: &Model, pen: &mut Pen<'_>, area: Rect) {
    let pane = &model.stream;
    let layout = layout(model, area);
    strip::draw(&pane.stats, pen, layout.strip);
    if let (Some(list), Some(rows)) = (layout.halves.list, layout.rows) {
        let note = note(pane);
        let title = match (pane.search.as_str(), pane.paused) {
            ("", None) => Cow::Borrowed("Dispatches"),
            ("", Some(_)) => "Dispatches, paused".into(),
            (search, None) => format!("Dispatches with “{search}”").into(),
            (search, Some(_)) => format!("Dispatches with “{search}”, paused").into(),
        };
        let section = Section {
            title: &title,
            note: &note,
            focused: !pane.detail_focused,
            boxed: layout.halves.boxed,
        };
        section.draw(pen, list);
        draw_list(model, pen, rows);
    }
    if let (Some(detail), Some(json)) = (layout.halves.detail, layout.json) {
        draw_detail(pane, pen, detail, json, layout.halves.boxed);
    }
}

/// What is at the right end of the list's title.
fn note(pane: &Pane) -> String {
    let window = &pane.window;
    let place = match pane.search.as_str() {
        "" => text::count(window.total as u64),
        _ => format!("{} of {}", text::count(window.total as u64), text::count(window.of as u64)),
    };
    match (pane.paused, pane.news()) {
        (Some(_), news) => format!("{place} · ⏸ {} new", text::count(news)),
        (None, 0) if pane.follows() => format!("{place} · following"),
        (None, news) => format!("{place} · ▾ {} new", text::count(news)),
    }
}

fn draw_list(model: &Model, pen: &mut Pen<'_>, rows: Rect) {
    let pane = &model.stream;
    if pane.window.rows.is_empty() {
        let area = Rect { x: rows.x + 2, width: rows.width.saturating_sub(4), ..rows };
        draw_empty(model, pen, area);
        return;
    }
    let line = Rect { x: rows.x + 2, width: rows.width.saturating_sub(3), height: 1, ..rows };
    let columns = columns(line.width);
    let heading = Rect { y: rows.y.saturating_sub(1), ..line };
    for placed in &columns {
        placed.heading(pen, heading, &COLUMNS[placed.index]);
    }
    for (at, row) in pane.window.rows.iter().enumerate().take(rows.height.into()) {
        let y = rows.y + u16::try_from(at).unwrap_or(u16::MAX);
        draw_row(model, row, &columns, pen, Rect { y, ..line });
        if Some(row.seq) == pane.selected {
            pen.select(Rect { y, height: 1, ..rows }, !pane.detail_focused);
        }
    }
}

fn draw_row(model: &Model, row: &Row, columns: &[Placed], pen: &mut Pen<'_>, line: Rect) {
    if let Kind::Dropped { count } = row.kind {
        let lost = format!(
            "✗ {} lost here: more came than could be kept in time (no answer waited)",
            text::count(count)
        );
        pen.put(line.x, line.y, line.width, &lost, Role::Error);
        return;
    }
    let outcome_role = row.outcome.map_or(Role::Dim, strip::role);
    for placed in columns {
        let column = &COLUMNS[placed.index];
        let (role, cell): (Role, Cow<'_, str>) = match placed.index {
            0 => (Role::Dim, time(model, row).into()),
            1 if row.kind == Kind::Event => (Role::Hint, "event".into()),
            1 => (Role::Text, hook_word(row.hook, placed.width).into()),
            2 => (Role::Text, (&*row.name).into()),
            3 => (Role::Text, (&*row.api).into()),
            4 => (Role::Text, (&*row.method).into()),
            5 => (Role::Text, (&*row.path).into()),
            6 => (outcome_role, row.outcome.map_or("", |outcome| outcome.word()).into()),
            7 => (outcome_role, row.status.map(|code| code.to_string()).unwrap_or_default().into()),
            8 => (Role::Text, text::millis(row.took).into()),
            _ => (Role::Dim, text::bytes(row.size as u64).into()),
        };
        placed.cell(pen, line, column.align, &cell, role);
    }
}

fn time(model: &Model, row: &Row) -> String {
    row.at.to_zoned(model.zone.clone()).strftime("%H:%M:%S%.3f").to_string()
}

/// What the pane is for, and how it fills.
fn draw_empty(model: &Model, pen: &mut Pen<'_>, area: Rect) {
    let pane = &model.stream;
    let key = |action| model.keymap.key(action).unwrap_or_default();
    let mut lines: Vec<(Role, String)> = Vec::new();
    if !pane.search.is_empty() && pane.window.of > 0 {
        let back = key(crate::tui::action::Action::Close);
        lines.push((Role::Text, format!("Nothing has “{}” in it.", pane.search)));
        lines.push((Role::Dim, format!("{back} shows all {} again.", pane.window.of)));
    } else if let Some(driver) = model.manifest.inner_driver() {
        lines.push((
            Role::Warning,
            format!("Driver {}: these hooks run {}.", driver.name, driver.runs),
        ));
        lines.push((
            Role::Text,
            "They never reach a plugin server, so nothing of them is seen here.".into(),
        ));
        lines.push((
            Role::Dim,
            "To see them: set the driver to grpc in the Manifest pane (1) and answer with rules or your own server; \
             or look at the Gateway's own log."
                .into(),
        ));
    } else if let Some(address) = model.server.server.address() {
        lines.extend(how_to_fill(address));
    } else {
        let server = key(crate::tui::action::Action::OpenServer);
        lines.push((Role::Warning, "The plugin server is not running.".into()));
        lines.push((Role::Dim, format!("{server} goes to it and says why.")));
    }
    pen.paragraphs(area, lines.iter().map(|(role, line)| (*role, line.as_str())));
}

/// What a Gateway needs to know to send Dispatches here.
fn how_to_fill(address: &str) -> [(Role, String); 2] {
    let options = format!(
        "In tyk.conf: \"coprocess_options\": {{\"enable_coprocess\": true, \"coprocess_grpc_server\": \"{}\"}}",
        grpc_url(address)
    );
    [
        (Role::Text, "Every Dispatch of your Gateway appears here, live.".into()),
        (Role::Dim, options),
    ]
}

/// The address as a Gateway's configuration names it.
fn grpc_url(address: &str) -> String {
    match address.strip_prefix("unix:") {
        Some(path) => format!("unix://{path}"),
        None => format!("tcp://{address}"),
    }
}

fn draw_detail(pane: &Pane, pen: &mut Pen<'_>, detail: Rect, json: Rect, boxed: bool) {
    let title = match &pane.open {
        Some(open) if open.shown => format!("{} · secrets shown", open.seq),
        Some(open) => open.seq.to_string(),
        None => "JSON".into(),
    };
    let row = pane.row();
    let title = match row {
        Some(row) if pane.open.is_some() && !row.name.is_empty() => {
            format!("{title} · {} · {}", row.hook.word(), row.name)
        }
        _ => title,
    };
    let path = pane.open.as_ref().filter(|_| pane.detail_focused);
    let path = path.map(|open| pane.prefixed(&open.tree.path())).unwrap_or_default();
    let section = Section { title: &title, note: "", focused: pane.detail_focused, boxed };
    section.draw(pen, detail);
    draw_views(pane, pen, detail);
    if boxed && !path.is_empty() {
        let room = detail.width.saturating_sub(8);
        let path = text::fit_middle(&path, room.into()).into_owned();
        pen.put(detail.x + 2, detail.bottom() - 1, room, &format!(" {path} "), Role::Dim);
    }
    let Some(open) = &pane.open else {
        if !pane.window.rows.is_empty() {
            return;
        }
        let area = Rect { x: json.x + 2, width: json.width.saturating_sub(4), ..json };
        pen.wrap(area, "The selected Dispatch as JSON, request and reply.", Role::Dim);
        return;
    };
    open.tree.draw(pen, json, pane.detail_focused);
}

/// The names of the views, at the right end of the title.
fn draw_views(pane: &Pane, pen: &mut Pen<'_>, detail: Rect) {
    let wide: usize = View::ALL.iter().map(|view| view.word().len() + 3).sum();
    let wide = u16::try_from(wide).unwrap_or(0);
    if detail.width < wide + 30 {
        return;
    }
    let mut x = detail.right() - wide - 2;
    for view in View::ALL {
        let open = view == pane.view;
        let word =
            if open { format!("▐{}▌", view.word()) } else { format!(" {} ", view.word()) };
        x += pen.put(x, detail.y, wide, &word, if open { Role::TabOpen } else { Role::Tab });
        x += pen.put(x, detail.y, 1, "│", Role::Border);
    }
}

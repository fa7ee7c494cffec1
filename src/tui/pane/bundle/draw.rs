//! How the Bundle pane looks.

use std::borrow::Cow;

use ratatui::layout::Rect;

use super::{Entry, Look, Pane};
use crate::domain::gateway_version::Gateway;
use crate::tui::action::Action;
use crate::tui::model::Model;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::{Align, Column, Halves, Pen, Section, halves, inside, pad, place};

const COLUMNS: [Column; 4] = [
    Column::new("FILE", 20, 1, 0, Align::Path),
    Column::new("SIZE", 9, 0, 0, Align::Right),
    Column::new("PACKED", 9, 0, 1, Align::Right),
    Column::new("COVERED", 16, 0, 0, Align::Left),
];

/// Where the parts of the pane are.
pub(crate) struct Layout {
    halves: Halves,
    /// The entries.
    pub(crate) rows: Option<Rect>,
}

/// The layout in this area.
pub(crate) fn layout(model: &Model, area: Rect) -> Layout {
    let halves = halves(area, model.zoom, model.bundle.detail_focused, 50);
    let rows = halves.list.map(|list| {
        let inner = inside(list, halves.boxed);
        Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner }.intersection(inner)
    });
    Layout { halves, rows }
}

/// Draws the pane.
pub(crate) fn draw(model: &Model, pen: &mut Pen<'_>, area: Rect) {
    let pane = &model.bundle;
    let layout = layout(model, area);
    let boxed = layout.halves.boxed;
    let name = pane.path.as_ref().and_then(|path| path.file_name());
    let name = name.map(|name| name.to_string_lossy().into_owned());
    if let (Some(list), Some(rows)) = (layout.halves.list, layout.rows) {
        let note = pane.look().map(|look| {
            let entries = if look.entries.len() == 1 { "entry" } else { "entries" };
            format!("{} {entries} · {}", look.entries.len(), text::bytes(look.bytes))
        });
        let section = Section {
            title: name.as_deref().unwrap_or("Bundle"),
            note: pane.busy.or(note.as_deref()).unwrap_or_default(),
            focused: !pane.detail_focused,
            boxed,
        };
        let inner = section.draw(pen, list);
        match &pane.look {
            Some(Ok(look)) => draw_entries(pane, look, pen, rows),
            Some(Err(problem)) => {
                pen.wrap(pad(inner), &format!("✗ {problem}"), Role::Error);
            }
            None => draw_empty(model, pen, pad(inner)),
        }
    }
    if let Some(detail) = layout.halves.detail {
        let title = format!("Gateway {} on a fresh download", Gateway::default().name);
        let section = Section { title: &title, note: "", focused: pane.detail_focused, boxed };
        let inner = section.draw(pen, detail);
        draw_verdict(pane, pen, pad(inner));
    }
}

fn draw_empty(model: &Model, pen: &mut Pen<'_>, area: Rect) {
    let key = |action| model.keymap.key(action).unwrap_or_default();
    let lines = [
        (Role::Text, "No bundle yet: the manifest and its files as one signed zip.".to_owned()),
        (
            Role::Text,
            format!(
                "{} builds bundle.zip here · {} ships to the host",
                key(Action::Build),
                key(Action::Ship)
            ),
        ),
        (Role::Dim, format!("{} looks into any other bundle", key(Action::OpenFile))),
    ];
    pen.paragraphs(area, lines.iter().map(|(role, line)| (*role, line.as_str())));
}

fn draw_entries(pane: &Pane, look: &Look, pen: &mut Pen<'_>, rows: Rect) {
    let line = Rect { height: 1, ..pad(rows) };
    let columns = place(&COLUMNS, line.width);
    for placed in &columns {
        let heading = Rect { y: rows.y.saturating_sub(1), ..line };
        placed.heading(pen, heading, &COLUMNS[placed.index]);
    }
    let visible = look.entries.iter().enumerate().skip(pane.cursor.top);
    for (y, (at, entry)) in (rows.y..rows.bottom()).zip(visible) {
        for placed in &columns {
            let (role, cell) = cell(entry, placed.index);
            placed.cell(pen, Rect { y, ..line }, COLUMNS[placed.index].align, &cell, role);
        }
        if at == pane.cursor.at {
            pen.select(Rect { y, height: 1, ..rows }, !pane.detail_focused);
        }
    }
}

fn cell(entry: &Entry, index: usize) -> (Role, Cow<'_, str>) {
    let is_folder = entry.name.ends_with('/');
    match index {
        0 => (Role::Text, entry.name.as_str().into()),
        1 | 2 if is_folder => (Role::Dim, "–".into()),
        1 => (Role::Text, text::bytes(entry.bytes).into()),
        2 => (Role::Dim, text::bytes(entry.packed).into()),
        _ => match entry.covered {
            Some(true) => (Role::Good, "✓ covered".into()),
            Some(false) => (Role::Warning, "⚠ not covered".into()),
            None if is_folder => (Role::Dim, "folder".into()),
            None => (Role::Dim, "never covered".into()),
        },
    }
}

fn draw_verdict(pane: &Pane, pen: &mut Pen<'_>, area: Rect) {
    let Some(look) = pane.look() else {
        pen.wrap(area, "What a Gateway would do with the bundle, and why.", Role::Dim);
        return;
    };
    let columns = usize::from(area.width);
    let mut lines: Vec<(Role, String)> = Vec::new();
    lines.push(match (look.ok, look.sound) {
        (true, true) => (Role::Good, "✓ loads, and is sound".into()),
        (true, false) => (Role::Warning, "⚠ loads, but is not sound".into()),
        (false, _) => (Role::Error, "✗ does not load".into()),
    });
    for (what, help) in &look.problems {
        let what = format!("✗ {}", text::clean(what));
        lines.extend(text::wrap(&what, columns).into_iter().map(|line| (Role::Error, line)));
        let help = text::wrap(&text::clean(help), columns.saturating_sub(2));
        lines.extend(help.into_iter().map(|line| (Role::Text, format!("  {line}"))));
    }
    let equal = look.stated.is_some() && look.stated == look.computed;
    let unknown = "unknown".to_owned();
    let computed = look.computed.as_ref().unwrap_or(&unknown);
    if equal {
        lines.push((Role::Text, format!("checksum   {computed} ✓")));
    } else {
        let stated = look.stated.as_ref().unwrap_or(&unknown);
        lines.push((Role::Error, format!("checksum   {} ✗ in the manifest", text::clean(stated))));
        lines.push((Role::Text, format!("           {computed} of the files")));
    }
    lines.push(signature(look, pane));
    if !look.driver.is_empty() {
        lines.push((Role::Text, format!("driver     {}", text::clean(&look.driver))));
    }
    for (at, (hook, name)) in look.hooks.iter().enumerate() {
        let label = if at == 0 { "hooks" } else { "" };
        lines.push((Role::Text, format!("{label:<10} {hook:<13} {}", text::clean(name))));
    }
    let top = pane.scrolled.min(lines.len().saturating_sub(usize::from(area.height)));
    for (y, (role, line)) in (area.y..area.bottom()).zip(&lines[top..]) {
        pen.put(area.x, y, area.width, line, *role);
    }
}

fn signature(look: &Look, pane: &Pane) -> (Role, String) {
    let by = pane.public_key.as_ref().and_then(|key| key.file_name());
    let by = by.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    match look.signature {
        "valid" => (Role::Good, format!("signature  ✓ valid by {by}")),
        "invalid" => (Role::Error, format!("signature  ✗ not by {by}, or not of these files")),
        "absent" => {
            (Role::Dim, "signature  – none: a Gateway with public_key_path refuses it".into())
        }
        _ => (Role::Dim, "signature  ? there is one; set [project] public_key to check it".into()),
    }
}

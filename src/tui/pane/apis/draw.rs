//! How the APIs pane looks.

use std::borrow::Cow;

use ratatui::layout::Rect;

use super::form::{Row, Way};
use super::{Api, Pane, servers};
use crate::tui::action::Action;
use crate::tui::editor::sign;
use crate::tui::model::Model;
use crate::tui::sheet::File;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::{Align, Column, Halves, Pen, Section, halves, inside, pad, place};

const COLUMNS: [Column; 9] = [
    Column::new("FROM", 14, 2, 0, Align::Path),
    Column::new("NAME", 10, 1, 4, Align::Left),
    Column::new("ID", 8, 1, 6, Align::Left),
    Column::new("KIND", 7, 0, 2, Align::Left),
    Column::new("LISTEN PATH", 11, 1, 1, Align::Url),
    Column::new("DRIVER", 8, 0, 3, Align::Left),
    Column::new("BUNDLE", 8, 1, 5, Align::Left),
    Column::new("AUTH", 9, 0, 0, Align::Left),
    Column::new("", 9, 0, 0, Align::Left),
];

/// The column of the values.
const LABEL: usize = 16;

/// Where the parts of the pane are.
pub(crate) struct Layout {
    halves: Halves,
    /// The definitions.
    pub(crate) rows: Option<Rect>,
    /// The Gateway and the Dashboard of the profile.
    servers: Option<Rect>,
    /// The rows of the form, or the lines of the text.
    pub(crate) form: Option<Rect>,
    /// What is wrong in the selected row of the form.
    below: Option<Rect>,
}

/// The layout in this area.
pub(crate) fn layout(model: &Model, area: Rect) -> Layout {
    let pane = &model.apis;
    let halves = halves(area, model.zoom, pane.detail_focused, 40);
    let list = halves.list.map(|list| inside(list, halves.boxed));
    let lines = servers::lines(pane);
    let rows = list.map(|inner| {
        let height = inner.height.saturating_sub(1 + lines);
        Rect { y: inner.y + 1, height, ..inner }.intersection(inner)
    });
    let below_rows = list.zip(rows).map(|(inner, rows)| {
        let height = lines.min(inner.bottom().saturating_sub(rows.bottom()));
        Rect { y: inner.bottom().saturating_sub(height), height, ..inner }
    });
    let detail = halves.detail.map(|detail| inside(detail, halves.boxed));
    // A text has its messages at their places, but for those that have none.
    let wrong = pane.selected().is_some_and(|api| {
        if pane.is_text() { api.is_wrong_as_a_whole() } else { !api.findings.is_empty() }
    });
    // The form has its help there, too.
    let tall = detail.is_some_and(|detail| detail.height >= 10);
    let lines = match (wrong, pane.is_text()) {
        (true, _) => 3,
        (false, false) if tall => 2,
        (false, _) => 0,
    };
    let form = detail.map(|detail| Rect { height: detail.height.saturating_sub(lines), ..detail });
    let below = detail.zip(form).map(|(detail, form)| Rect {
        y: form.bottom(),
        height: detail.bottom() - form.bottom(),
        ..detail
    });
    Layout { halves, rows, servers: below_rows, form, below }
}

/// Draws the pane.
pub(crate) fn draw(model: &Model, pen: &mut Pen<'_>, area: Rect) {
    let pane = &model.apis;
    let layout = layout(model, area);
    let boxed = layout.halves.boxed;
    if let (Some(list), Some(rows)) = (layout.halves.list, layout.rows) {
        let note = match pane.unsaved().count() {
            0 => String::new(),
            count => format!("{count} not saved"),
        };
        let section = Section { title: "APIs", note: &note, focused: !pane.detail_focused, boxed };
        let inner = section.draw(pen, list);
        match &pane.unfound {
            Some(problem) => {
                pen.wrap(pad(inner), &format!("✗ {problem}"), Role::Error);
            }
            None if pane.apis.is_empty() => draw_empty(model, pen, pad(inner)),
            None => draw_list(pane, pen, rows),
        }
        if let Some(area) = layout.servers {
            servers::draw(model, pen, pad(area));
        }
    }
    if let (Some(detail), Some(form)) = (layout.halves.detail, layout.form) {
        draw_detail(model, pen, detail, form, boxed);
        if let (Some(api), Some(below)) = (pane.selected(), layout.below) {
            draw_below(model, api, pen, pad(below));
        }
    }
}

fn draw_empty(model: &Model, pen: &mut Pen<'_>, area: Rect) {
    let key = |action| model.keymap.key(action).unwrap_or_default();
    let (reload, new) = (key(Action::Reload), key(Action::NewApi));
    let lines = [
        (Role::Text, "No API definitions yet: which plugins an API calls, and who may call it.".to_owned()),
        (
            Role::Text,
            "Put them into apis/ of this folder, as *.json or *.yaml, or name them in tyk-tui.toml: \
             apis = [\"…\"]"
                .to_owned(),
        ),
        (Role::Heading, format!("{reload} looks again")),
        (Role::Dim, format!("{new} writes a first one, as `tyk-tui api new` does")),
    ];
    pen.paragraphs(area, lines.iter().map(|(role, line)| (*role, line.as_str())));
}

fn draw_list(pane: &Pane, pen: &mut Pen<'_>, rows: Rect) {
    let line = pad(rows);
    let columns = place(&COLUMNS, line.width);
    for placed in &columns {
        let heading = Rect { y: rows.y.saturating_sub(1), ..line };
        placed.heading(pen, heading, &COLUMNS[placed.index]);
    }
    let visible = pane.apis.iter().enumerate().skip(pane.cursor.top);
    for (y, (at, api)) in (rows.y..rows.bottom()).zip(visible) {
        for placed in &columns {
            let (role, cell) = cell(api, placed.index);
            placed.cell(pen, Rect { y, ..line }, COLUMNS[placed.index].align, &cell, role);
        }
        if at == pane.cursor.at {
            pen.select(Rect { y, height: 1, ..rows }, !pane.detail_focused);
        }
    }
}

fn cell(api: &Api, index: usize) -> (Role, Cow<'_, str>) {
    match index {
        0 => return (Role::Text, api.name.as_str().into()),
        8 => return servers::state(api).unwrap_or_else(|| state(api)),
        _ => {}
    }
    let Some(definition) = api.definition() else {
        let entry = api.entry.as_ref();
        return entry.map_or((Role::Dim, "".into()), |entry| servers::cell(entry, index));
    };
    let summary = definition.summary();
    let said = match index {
        1 => summary.name.text(),
        2 => summary.id.text(),
        3 => definition.kind().word().to_owned(),
        4 => summary.listen_path.text(),
        5 => definition.driver().text(),
        6 => definition.bundle().name.text(),
        _ => definition.auth().words(),
    };
    if said.is_empty() { (Role::Dim, "—".into()) } else { (Role::Text, said.into()) }
}

/// What there is to do about a definition.
fn state(api: &Api) -> (Role, Cow<'_, str>) {
    let gravest = api.findings.iter().map(|found| found.severity).max();
    match gravest {
        _ if api.sheet.dirty() => (Role::Warning, "not saved".into()),
        // What is wrong with it weighs more than that nobody may mend it here.
        None if api.locked => (Role::Dim, "read-only".into()),
        _ if matches!(api.sheet.file, File::Missing | File::Unreadable(_)) => {
            (Role::Error, "✗ no file".into())
        }
        Some(severity) => {
            let (role, sign) = sign(severity);
            (role, format!("{sign} {}", api.findings.len()).into())
        }
        None => (Role::Good, "✓".into()),
    }
}

fn draw_detail(model: &Model, pen: &mut Pen<'_>, detail: Rect, form: Rect, boxed: bool) {
    let pane = &model.apis;
    let focused = pane.detail_focused;
    let Some(api) = pane.selected() else {
        Section { title: "Definition", note: "", focused, boxed }.draw(pen, detail);
        return;
    };
    let notes = [
        (api.sheet.dirty(), " · not saved"),
        (api.gone && api.sheet.dirty(), " · its file is gone"),
        (api.locked, " · read-only"),
    ];
    let notes = notes.iter().filter(|(is, _)| *is).map(|(_, note)| *note);
    let title = format!("{}{}", api.name, notes.collect::<String>());
    let text = pane.is_text();
    let views = if text { "form │▐text▌" } else { "▐form▌│ text" };
    let room = usize::from(detail.width).saturating_sub(text::width(&title) + 11);
    let note = if text { api.sheet.editor.note_beside(views, room) } else { views.to_owned() };
    Section { title: &title, note: &note, focused, boxed }.draw(pen, detail);
    match &api.sheet.file {
        _ if api.is_unopened() => servers::draw_unopened(model, api, pen, pad(form)),
        File::Unreadable(problem) => {
            pen.wrap(pad(form), &format!("✗ {problem}"), Role::Error);
        }
        File::Missing if !api.sheet.is_there() => {
            let said = "✗ there is no such file, but tyk-tui.toml names it under apis";
            pen.wrap(pad(form), said, Role::Error);
        }
        _ if text => api.sheet.editor.draw(pen, form, focused),
        _ => draw_form(pane, api, pen, form),
    }
}

fn draw_form(pane: &Pane, api: &Api, pen: &mut Pen<'_>, rows: Rect) {
    let visible = api.rows.iter().enumerate().skip(api.cursor.top);
    for (y, (at, row)) in (rows.y..rows.bottom()).zip(visible) {
        let area = Rect { y, height: 1, ..rows };
        draw_row(row, pen, pad(area));
        if at == api.cursor.at {
            pen.select(area, pane.detail_focused);
        }
    }
}

fn draw_row(row: &Row, pen: &mut Pen<'_>, area: Rect) {
    let (mark_role, mark) = row.mark.map_or((Role::Dim, " "), sign);
    if let Way::Finding(_) = row.way {
        pen.line(
            area,
            [(mark_role, format!("{mark} ").into()), (Role::Text, row.value.as_str().into())],
        );
        return;
    }
    pen.put(area.right().saturating_sub(2), area.y, 1, mark, mark_role);
    let line = Rect { width: area.width.saturating_sub(3), ..area };
    let label = match (row.indented, row.label.is_empty()) {
        (true, true) => "  ".to_owned(),
        (true, false) => text::left(&format!("  {}", text::clean(&row.label)), LABEL + 6),
        (false, _) => text::left(&row.label, LABEL - 1) + " ",
    };
    let label_role = if row.indented { Role::Dim } else { Role::Name };
    let value: Cow<'_, str> = match row.way {
        Way::Driver | Way::OneOf(_) | Way::Toggle(_) if row.value != "—" => {
            format!("‹ {} ›", row.value).into()
        }
        _ => row.value.as_str().into(),
    };
    let role = if row.value == "—" { Role::Dim } else { Role::Text };
    let note = if row.note.is_empty() { String::new() } else { format!("  {}", row.note) };
    pen.line(line, [(label_role, label.into()), (role, value), (Role::Dim, note.into())]);
}

/// What is wrong in the selected row, and the key that mends it.
fn draw_below(model: &Model, api: &Api, pen: &mut Pen<'_>, area: Rect) {
    let mut here: Vec<_> = api.findings_here(model.apis.is_text()).collect();
    here.sort_by_key(|found| std::cmp::Reverse(found.severity));
    let Some(finding) = here.first() else {
        let help = api.row().filter(|_| !model.apis.is_text()).map(|row| row.help);
        pen.wrap(area, help.unwrap_or_default(), Role::Dim);
        return;
    };
    let (role, sign) = sign(finding.severity);
    let fix = here.iter().find_map(|found| found.fix.as_ref());
    let fix = fix.map(|fix| {
        let key = model.keymap.key(Action::Fix).unwrap_or_default();
        format!("{key} fix: {}", fix.title)
    });
    let room = area.height.saturating_sub(u16::from(fix.is_some()));
    let text = Rect { height: room, ..area };
    let used = pen.wrap(text, &format!("{sign} {}", finding.message), role);
    if let Some(fix) = fix {
        pen.put(area.x, area.y + used, area.width, &fix, Role::Heading);
    }
}

//! How the Manifest pane looks.

use std::borrow::Cow;
use std::path::Path;

use ratatui::layout::Rect;

use super::{Pane, Row, Target};
use crate::domain::lint::Finding;
use crate::domain::manifest::DRIVERS;
use crate::tui::action::Action;
use crate::tui::editor::sign;
use crate::tui::model::Model;
use crate::tui::sheet::File;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::{Halves, Pen, Section, halves, inside, pad};

/// The column of the values.
const LABEL: usize = 16;

/// Where the parts of the pane are.
pub(crate) struct Layout {
    halves: Halves,
    /// The functions of the code.
    code: Option<Rect>,
    /// The rows of the form, or the lines of the text.
    pub(crate) rows: Option<Rect>,
    /// What the key of the selected row means.
    about: Option<Rect>,
    /// The findings.
    pub(crate) findings: Option<Rect>,
}

/// The layout in this area.
pub(crate) fn layout(model: &Model, area: Rect) -> Layout {
    let mut halves = halves(area, model.zoom, model.manifest.detail_focused, 60);
    let functions = u16::try_from(model.manifest.code.functions.len()).unwrap_or(u16::MAX);
    let mut code = None;
    // Below that width there is no room to spare.
    if let (true, Some(detail)) = (halves.boxed && functions > 0, halves.detail.as_mut()) {
        let height = functions.saturating_add(2).min(detail.height / 3).max(3).min(detail.height);
        code = Some(Rect { height, ..*detail });
        (detail.y, detail.height) = (detail.y + height, detail.height - height);
    }
    let mut rows = halves.list.map(|list| inside(list, halves.boxed));
    let in_form = model.manifest.sheet.is_there() && !model.manifest.raw;
    let about = rows.as_mut().filter(|rows| in_form && rows.height > 4).map(|rows| {
        rows.height -= 1;
        Rect { y: rows.bottom(), height: 1, ..*rows }
    });
    let findings = halves.detail.map(|detail| inside(detail, halves.boxed));
    Layout { halves, code, rows, about, findings }
}

/// Draws the pane.
pub(crate) fn draw(model: &Model, pen: &mut Pen<'_>, area: Rect) {
    let pane = &model.manifest;
    let layout = layout(model, area);
    let boxed = layout.halves.boxed;
    if let (Some(list), Some(rows)) = (layout.halves.list, layout.rows) {
        let path = pane.sheet.location().file();
        let name = path.and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
        let name = name.unwrap_or_else(|| "manifest.json".into());
        let title = if pane.sheet.dirty() { format!("{name} · not saved") } else { name };
        let views = if pane.raw { "form │▐text▌" } else { "▐form▌│ text" };
        let note = match (pane.sheet.is_there(), pane.raw) {
            (false, _) => String::new(),
            (true, false) => views.to_owned(),
            (true, true) => {
                let room = usize::from(list.width).saturating_sub(text::width(&title) + 11);
                pane.sheet.editor.note_beside(views, room)
            }
        };
        let section = Section { title: &title, note: &note, focused: !pane.detail_focused, boxed };
        section.draw(pen, list);
        match &pane.sheet.file {
            _ if pane.sheet.is_there() && pane.raw => {
                pane.sheet.editor.draw(pen, rows, !pane.detail_focused);
            }
            _ if pane.sheet.is_there() => draw_form(pane, pen, rows),
            File::Unreadable(problem) => {
                pen.wrap(pad(rows), &format!("✗ {problem}"), Role::Error);
            }
            File::Missing => draw_missing(model, pen, pad(rows)),
            _ => {}
        }
    }
    if let Some(line) = layout.about.map(pad) {
        pen.put(line.x, line.y, line.width, pane.about(), Role::Hint);
    }
    if let Some(area) = layout.code {
        let title = pane.code.title();
        let section = Section { title: &title, note: "", focused: false, boxed };
        let inner = section.draw(pen, area);
        pane.draw_code(pen, inner);
    }
    if let (Some(detail), Some(rows)) = (layout.halves.detail, layout.findings) {
        let (errors, warnings) = pane.counts();
        let note = match (errors, warnings) {
            (0, 0) => String::new(),
            (errors, 0) => format!("✗ {errors}"),
            (0, warnings) => format!("⚠ {warnings}"),
            (errors, warnings) => format!("✗ {errors}  ⚠ {warnings}"),
        };
        let focused = pane.detail_focused;
        Section { title: "Problems", note: &note, focused, boxed }.draw(pen, detail);
        draw_findings(pane, pen, rows);
    }
}

fn draw_missing(model: &Model, pen: &mut Pen<'_>, area: Rect) {
    let key = |action| model.keymap.key(action).unwrap_or_default();
    let folder = model
        .manifest
        .sheet
        .location()
        .file()
        .and_then(Path::parent)
        .map(|folder| folder.display().to_string());
    let begin = match model.manifest.making {
        Some(command) => format!("A project is being made: {command} …"),
        None => format!(
            "{} begins: a manifest of this folder's code, an empty one, or a new project",
            key(Action::Add)
        ),
    };
    let lines = [
        (Role::Text, format!("There is no manifest.json in {}.", folder.unwrap_or_default())),
        (Role::Text, "A manifest names a plugin's driver, its hooks and its files.".to_owned()),
        (Role::Heading, begin),
        (
            Role::Dim,
            "or leave, and run tyk-tui in the folder of a plugin; `tyk-tui demo` shows a whole one"
                .to_owned(),
        ),
    ];
    pen.paragraphs(area, lines.iter().map(|(role, line)| (*role, line.as_str())));
}

fn draw_form(pane: &Pane, pen: &mut Pen<'_>, rows: Rect) {
    let visible = pane.rows.iter().enumerate().skip(pane.cursor.top);
    for (y, (at, row)) in (rows.y..rows.bottom()).zip(visible) {
        let area = Rect { y, height: 1, ..rows };
        draw_row(pane, row, pen, pad(area));
        if at == pane.cursor.at {
            pen.select(area, !pane.detail_focused);
        }
    }
}

fn draw_row(pane: &Pane, row: &Row, pen: &mut Pen<'_>, area: Rect) {
    let line = Rect { width: area.width.saturating_sub(3), ..area };
    let (mark_role, mark) = match row.mark {
        Some(severity) => sign(severity),
        None => mark_of_file(pane, row).unwrap_or((Role::Dim, " ")),
    };
    pen.put(area.right().saturating_sub(2), area.y, 1, mark, mark_role);
    // Entries of a list have no name of their own: they begin where names do, one step in.
    let unnamed = row.label.is_empty();
    let label = match (row.indented, unnamed) {
        (true, true) => "  ".to_owned(),
        (true, false) => text::left(&format!("  {}", text::clean(&row.label)), LABEL + 6),
        (false, _) => text::left(&row.label, LABEL - 1) + " ",
    };
    let right = right_of(pane, row);
    let wide = u16::try_from(text::width(&right)).unwrap_or(0);
    pen.put(line.right().saturating_sub(wide), line.y, wide, &right, Role::Dim);
    let line = Rect { width: line.width.saturating_sub(wide + 1), ..line };
    let value: Cow<'_, str> = match &row.target {
        Target::Driver => format!("‹ {} ›", row.value).into(),
        _ => row.value.as_str().into(),
    };
    let role = match (&row.target, row.value.as_str()) {
        (_, "—" | "none") | (Target::Files | Target::Hooks(_), _) => Role::Dim,
        _ => Role::Text,
    };
    let label_role = if row.indented { Role::Dim } else { Role::Name };
    let used = pen.line(line, [(label_role, label.into())]);
    let rest = Rect { x: line.x + used, width: line.width.saturating_sub(used), ..line };
    let value = match row.target {
        Target::File(_) => text::fit_middle(&text::clean(&value), rest.width.into()).into_owned(),
        _ => value.into_owned(),
    };
    let used = pen.line(rest, [(role, value.into())]);
    if !row.note.is_empty() {
        let rest = Rect { x: rest.x + used, width: rest.width.saturating_sub(used), ..rest };
        pen.line(rest, [(Role::Dim, format!("  {}", row.note).into())]);
    }
}

/// Sizes, and what the driver means.
fn right_of(pane: &Pane, row: &Row) -> String {
    match &row.target {
        Target::Driver => {
            let driver = DRIVERS.iter().find(|driver| driver.name == row.value);
            driver.map(|driver| driver.runs.to_owned()).unwrap_or_default()
        }
        Target::File(_) => match pane.sizes.get(&row.value) {
            Some(Some(bytes)) => text::bytes(*bytes),
            Some(None) => "not there".to_owned(),
            None => String::new(),
        },
        Target::Files => {
            let sizes = pane.sizes.values().flatten().sum::<u64>();
            if sizes > 0 { text::bytes(sizes) } else { String::new() }
        }
        _ => String::new(),
    }
}

fn mark_of_file(pane: &Pane, row: &Row) -> Option<(Role, &'static str)> {
    let is_file = matches!(row.target, Target::File(_));
    match pane.sizes.get(&row.value).filter(|_| is_file)? {
        Some(_) => Some((Role::Good, "✓")),
        None => Some((Role::Error, "✗")),
    }
}

fn draw_findings(pane: &Pane, pen: &mut Pen<'_>, rows: Rect) {
    if pane.findings.is_empty() {
        if pane.sheet.is_there() {
            pen.put(rows.x + 2, rows.y, rows.width, "✓ nothing found", Role::Good);
        }
        return;
    }
    let mut y = rows.y;
    for (at, finding) in pane.findings.iter().enumerate().skip(pane.finding.top) {
        let top = y;
        y = draw_finding(finding, pen, Rect { y, height: rows.bottom().saturating_sub(y), ..rows });
        if at == pane.finding.at {
            let area = Rect { y: top, height: (y - top).min(1), ..rows };
            pen.select(area, pane.detail_focused);
        }
        if y >= rows.bottom() {
            return;
        }
    }
}

/// Draws one finding, wrapped; returns the line below it.
fn draw_finding(finding: &Finding, pen: &mut Pen<'_>, area: Rect) -> u16 {
    let (role, sign) = sign(finding.severity);
    let place = finding.place.map_or_else(String::new, |place| format!("{place}  "));
    let used = pen.line(
        Rect {
            x: area.x + 1,
            width: area.width.saturating_sub(1),
            height: area.height.min(1),
            ..area
        },
        [(role, format!("{sign} ").into()), (Role::Dim, place.into())],
    );
    let x = area.x + 1 + used;
    let text = Rect { x, width: area.right().saturating_sub(x + 1), ..area };
    area.y + pen.wrap(text, &finding.message, Role::Text).max(1)
}

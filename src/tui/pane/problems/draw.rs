//! How the Problems pane looks.

use ratatui::layout::Rect;

use super::{Pane, place as place_of};
use crate::domain::diff::Line;
use crate::domain::lint;
use crate::domain::task::Severity;
use crate::flows::survey::Found;
use crate::tui::action::Action;
use crate::tui::editor::sign;
use crate::tui::model::Model;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::{Align, Column, Halves, Pen, Section, halves, inside, pad, place};

const COLUMNS: [Column; 4] = [
    Column::new("", 1, 0, 0, Align::Left),
    Column::new("WHERE", 18, 1, 0, Align::Path),
    Column::new("WHAT", 30, 3, 0, Align::Left),
    Column::new("RULE", 18, 0, 1, Align::Left),
];

/// Where the parts of the pane are.
pub(crate) struct Layout {
    halves: Halves,
    /// The findings.
    pub(crate) rows: Option<Rect>,
    /// What is known of the selected one.
    pub(crate) detail: Option<Rect>,
}

/// The layout in this area.
pub(crate) fn layout(model: &Model, area: Rect) -> Layout {
    let halves = halves(area, model.zoom, model.problems.browse.detail_focused, 50);
    let rows = halves.list.map(|list| {
        let inner = inside(list, halves.boxed);
        Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner }.intersection(inner)
    });
    let detail = halves.detail.map(|detail| inside(detail, halves.boxed));
    Layout { halves, rows, detail }
}

/// Draws the pane.
pub(crate) fn draw(model: &Model, pen: &mut Pen<'_>, area: Rect) {
    let pane = &model.problems;
    let layout = layout(model, area);
    let boxed = layout.halves.boxed;
    if let (Some(list), Some(rows)) = (layout.halves.list, layout.rows) {
        let note = note(pane);
        let focused = !pane.browse.detail_focused;
        let section = Section { title: "Problems", note: &note, focused, boxed };
        let inner = section.draw(pen, list);
        match &pane.found {
            Some(Ok(_)) if pane.shown().next().is_some() => draw_list(pane, pen, rows),
            _ => draw_empty(model, pen, pad(inner)),
        }
    }
    if let (Some(half), Some(detail)) = (layout.halves.detail, layout.detail) {
        let title = pane.selected().map_or("", |found| found.finding.rule);
        let section = Section { title, note: "", focused: pane.browse.detail_focused, boxed };
        section.draw(pen, half);
        let area = pad(detail);
        let lines = lines(model, area.width.into());
        for (y, (role, line)) in (area.y..area.bottom()).zip(lines.iter().skip(pane.browse.top)) {
            pen.put(area.x, y, area.width, line, *role);
        }
    }
}

fn note(pane: &Pane) -> String {
    let counts = [Severity::Error, Severity::Warning, Severity::Hint]
        .map(|severity| (sign(severity).1, pane.count(severity)));
    let counts = counts.iter().filter(|(_, count)| *count > 0);
    let mut note: Vec<_> = counts.map(|(sign, count)| format!("{sign} {count}")).collect();
    match pane.least {
        Severity::Hint => {}
        Severity::Warning => note.push("hints hidden".to_owned()),
        Severity::Error => note.push("errors alone".to_owned()),
    }
    if pane.is_looking() && pane.found.is_none() {
        note.push("looking…".to_owned());
    }
    note.join("  ")
}

fn draw_empty(model: &Model, pen: &mut Pen<'_>, area: Rect) {
    let pane = &model.problems;
    let key = |action| model.keymap.key(action).unwrap_or_default();
    let again = format!("{} looks again", key(Action::Reload));
    let lines: Vec<(Role, String)> = match &pane.found {
        None => vec![
            (Role::Text, "What is wrong in manifest, API definitions, code, keys, tyk.conf and bundle of the project.".to_owned()),
            (Role::Dim, "looking…".to_owned()),
        ],
        Some(Err(problem)) => {
            vec![(Role::Error, format!("✗ {problem}")), (Role::Heading, again)]
        }
        Some(Ok(found)) if found.is_empty() => vec![
            (Role::Good, "✓ nothing is wrong in manifest, API definitions, code, keys, tyk.conf and bundle of the project".to_owned()),
            (Role::Heading, again),
        ],
        Some(Ok(found)) => vec![
            (Role::Good, "✓ nothing so grave".to_owned()),
            (
                Role::Heading,
                format!("{} shows the other {}", key(Action::Gravity), found.len()),
            ),
        ],
    };
    pen.paragraphs(area, lines.iter().map(|(role, line)| (*role, line.as_str())));
}

fn draw_list(pane: &Pane, pen: &mut Pen<'_>, rows: Rect) {
    let line = pad(rows);
    let columns = place(&COLUMNS, line.width);
    for placed in &columns {
        let heading = Rect { y: rows.y.saturating_sub(1), ..line };
        placed.heading(pen, heading, &COLUMNS[placed.index]);
    }
    let visible = pane.shown().enumerate().skip(pane.browse.cursor.top);
    for (y, (at, found)) in (rows.y..rows.bottom()).zip(visible) {
        let finding = &found.finding;
        let (role, sign) = sign(finding.severity);
        for placed in &columns {
            let (role, cell) = match placed.index {
                0 => (role, sign.to_owned()),
                1 => (Role::Text, place_of(finding)),
                2 => (Role::Text, finding.message.clone()),
                _ => (Role::Dim, finding.rule.to_owned()),
            };
            let align = COLUMNS[placed.index].align;
            placed.cell(pen, Rect { y, ..line }, align, &cell, role);
        }
        if at == pane.browse.cursor.at {
            pen.select(Rect { y, height: 1, ..rows }, !pane.browse.detail_focused);
        }
    }
}

/// How many lines the detail has in this area.
pub(crate) fn line_count(model: &Model, detail: Option<Rect>) -> usize {
    detail.map_or(0, |detail| lines(model, pad(detail).width.into()).len())
}

/// What is known of the selected finding, in lines of this width.
fn lines(model: &Model, width: usize) -> Vec<(Role, String)> {
    match model.problems.selected() {
        Some(found) => about(model, found, width),
        None => Vec::new(),
    }
}

fn about(model: &Model, found: &Found, width: usize) -> Vec<(Role, String)> {
    let finding = &found.finding;
    let (role, sign) = sign(finding.severity);
    let mut lines = Vec::new();
    let mut say = |role: Role, what: &str| {
        lines.extend(text::wrap(&text::clean(what), width).into_iter().map(|line| (role, line)));
    };
    say(role, &format!("{sign} {}", finding.message));
    let path = finding.path.as_ref().map(ToString::to_string).filter(|path| !path.is_empty());
    let path = path.map(|path| format!(" · {path}")).unwrap_or_default();
    say(Role::Name, &format!("{}{path}", place_of(finding)));
    if let Some(rule) = lint::find(finding.rule) {
        say(Role::Text, rule.about);
        say(Role::Dim, &format!("source: {}", rule.source));
    }
    let Some(fix) = &finding.fix else { return lines };
    let key = model.keymap.key(Action::Fix).unwrap_or_default();
    let elsewhere =
        if fix.file == finding.file { String::new() } else { format!(" in {}", fix.file) };
    say(Role::Heading, &format!("{key} fix: {}{elsewhere}", fix.title));
    lines.extend(found.change.iter().map(|line| {
        let role = match line {
            Line::Added(_) => Role::Good,
            Line::Removed(_) => Role::Error,
            _ => Role::Dim,
        };
        (role, text::fit(&text::clean(&line.to_string()), width).into_owned())
    }));
    lines
}

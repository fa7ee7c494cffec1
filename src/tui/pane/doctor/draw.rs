//! How the Doctor pane looks.

use ratatui::layout::Rect;

use super::Pane;
use crate::flows::doctor::{Check, State};
use crate::tui::action::Action;
use crate::tui::model::Model;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::{Halves, Pen, Section, halves, inside, pad};

/// Columns of a check's id.
const ID: usize = 22;

/// Where the parts of the pane are.
pub(crate) struct Layout {
    halves: Halves,
    /// The checks.
    pub(crate) rows: Option<Rect>,
}

/// The layout in this area.
pub(crate) fn layout(model: &Model, area: Rect) -> Layout {
    let halves = halves(area, model.zoom, model.doctor.detail_focused, 55);
    Layout { halves, rows: halves.list.map(|list| inside(list, halves.boxed)) }
}

/// Draws the pane.
pub(crate) fn draw(model: &Model, pen: &mut Pen<'_>, area: Rect) {
    let pane = &model.doctor;
    let layout = layout(model, area);
    let boxed = layout.halves.boxed;
    if let Some(list) = layout.halves.list {
        let note = note(pane);
        let section =
            Section { title: "Doctor", note: &note, focused: !pane.detail_focused, boxed };
        let inner = section.draw(pen, list);
        match &pane.examined {
            Some(Ok(checks)) => draw_checks(pane, checks, pen, inner),
            examined => {
                let problem = examined.as_ref().and_then(|examined| examined.as_ref().err());
                let problem = problem.map(ToString::to_string);
                draw_empty(model, problem.as_deref(), pen, pad(inner));
            }
        }
    }
    if let Some(detail) = layout.halves.detail {
        let title = pane.selected().map_or("", |check| &check.id);
        let section = Section { title, note: "", focused: pane.detail_focused, boxed };
        let inner = section.draw(pen, detail);
        if let Some(check) = pane.selected() {
            draw_check(check, pen, pad(inner));
        }
    }
}

fn note(pane: &Pane) -> String {
    match (pane.busy, pane.checks().len()) {
        (true, _) => "looking…".to_owned(),
        (false, 0) => String::new(),
        (false, looked) => format!("{looked} looked at · {} wrong", pane.wrong()),
    }
}

fn draw_empty(model: &Model, problem: Option<&str>, pen: &mut Pen<'_>, area: Rect) {
    let key = model.keymap.key(Action::Examine).unwrap_or_default();
    let again = format!("{key} looks again.");
    let lines = [
        (Role::Warning, problem.unwrap_or_default()),
        (
            Role::Text,
            "Whether the Gateway of this project is set up so that plugins work, and the setting to change where it is not.",
        ),
        (
            Role::Dim,
            "It is that of the profile ([use.NAME.gateway]), and the tyk.conf that [project] tyk_conf names.",
        ),
        (Role::Dim, &again),
    ];
    pen.paragraphs(area, lines.into_iter().filter(|(_, line)| !line.is_empty()));
}

fn mark(state: State) -> (Role, &'static str) {
    match state {
        State::Ok => (Role::Good, "✓"),
        State::Warn => (Role::Warning, "⚠"),
        State::Fail => (Role::Error, "✗"),
        State::Unknown => (Role::Hint, "?"),
        State::Skipped => (Role::Dim, "-"),
    }
}

fn draw_checks(pane: &Pane, checks: &[Check], pen: &mut Pen<'_>, rows: Rect) {
    let visible = checks.iter().enumerate().skip(pane.cursor.top);
    for (y, (at, check)) in (rows.y..rows.bottom()).zip(visible) {
        let row = Rect { y, height: 1, ..rows };
        let (role, sign) = mark(check.state);
        let id = text::left(&check.id, ID);
        let pieces = [
            (role, format!("{sign} ").into()),
            (Role::Text, id.into()),
            (Role::Text, " ".into()),
            (Role::Dim, check.found.as_str().into()),
        ];
        pen.line(pad(row), pieces);
        if at == pane.cursor.at {
            pen.select(row, !pane.detail_focused);
        }
    }
}

fn draw_check(check: &Check, pen: &mut Pen<'_>, mut area: Rect) {
    let (role, sign) = mark(check.state);
    let found = format!("{sign} {}", check.found);
    let parts = [
        ("", role, Some(&found)),
        ("should be", Role::Text, check.expected.as_ref()),
        ("change", Role::Text, check.change.as_ref()),
        ("where", Role::Dim, check.place.as_ref()),
    ];
    for (label, role, what) in parts {
        let Some(what) = what else { continue };
        let indent = if label.is_empty() { 0 } else { 11.min(area.width) };
        if area.height > 0 {
            pen.put(area.x, area.y, indent, label, Role::Heading);
        }
        let beside = Rect { x: area.x + indent, width: area.width - indent, ..area };
        let used = pen.wrap(beside, what, role);
        area = Rect { y: area.y + used, height: area.height.saturating_sub(used), ..area };
    }
}

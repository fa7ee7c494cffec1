//! How the Gateway and the Dashboard of the profile look in the list, and an API of theirs that is not open.

use std::borrow::Cow;

use ratatui::layout::Rect;

use super::Pane;
use super::api::Api;
use super::remote::{Asked, Connection, Entry};
use crate::domain::task::Severity;
use crate::flows::remote::Keeper;
use crate::tui::action::Action;
use crate::tui::editor::sign;
use crate::tui::model::Model;
use crate::tui::sheet::File;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::Pen;

/// Lines that why a server did not answer may take.
const WHY: u16 = 3;

/// How many lines they need under the list.
pub(super) fn lines(pane: &Pane) -> u16 {
    pane.connections.iter().map(height).sum()
}

fn height(connection: &Connection) -> u16 {
    if matches!(connection.state, Asked::Failed(_)) { WHY } else { 1 }
}

/// Draws what is known of each.
pub(super) fn draw(model: &Model, pen: &mut Pen<'_>, area: Rect) {
    let reload = model.keymap.key(Action::Reload).unwrap_or_default();
    let mut y = area.y;
    for connection in &model.apis.connections {
        let place = Rect { y, height: height(connection), ..area }.intersection(area);
        y += height(connection);
        let name = format!("{} {}", connection.keeper.word(), connection.address);
        let busy = model.apis.on_gateway.busy.filter(|_| connection.keeper == Keeper::Gateway);
        let said = match &connection.state {
            _ if busy.is_some() => format!("{} …", busy.unwrap_or_default()),
            Asked::Not => "not asked yet".to_owned(),
            Asked::Now => "is being asked …".to_owned(),
            Asked::Has(1) => "1 API".to_owned(),
            Asked::Has(count) => format!("{count} APIs"),
            Asked::Failed(problem) => {
                let why = format!("✗ {name}: {} · {reload} asks again", problem.what);
                pen.wrap(place, &text::clean(&why), Role::Error);
                continue;
            }
        };
        let name = text::clean(&name).into_owned();
        let warning = if connection.insecure { "  ⚠ any certificate" } else { "" };
        let said = format!("  {said}");
        let parts =
            [(Role::Name, name.into()), (Role::Warning, warning.into()), (Role::Dim, said.into())];
        pen.line(place, parts);
    }
}

/// A cell of an API that is not open: what the server's list says.
pub(super) fn cell(entry: &Entry, column: usize) -> (Role, Cow<'_, str>) {
    let cells = &entry.brief.cells;
    match column.checked_sub(1).and_then(|at| cells.get(at)).map(String::as_str) {
        None | Some("") => (Role::Dim, "—".into()),
        Some(said) => (Role::Text, said.into()),
    }
}

/// What there is to do about an API of a server; `None` where that is as for a file.
pub(super) fn state(api: &Api) -> Option<(Role, Cow<'_, str>)> {
    let entry = api.entry.as_ref()?;
    if let Some(busy) = entry.busy {
        return Some((Role::Dim, format!("{busy} …").into()));
    }
    match &api.sheet.file {
        File::Unreadable(_) => Some((Role::Error, "✗ no answer".into())),
        File::Missing => Some((Role::Error, "✗ gone".into())),
        _ if api.sheet.is_there() => None,
        _ => Some(match entry.brief.wrong {
            Some((severity, count)) => {
                let (role, sign) = sign(severity);
                (role, format!("{sign} {count}").into())
            }
            None => (Role::Good, "✓".into()),
        }),
    }
}

/// Draws what stands for an API of a server that is not open.
pub(super) fn draw_unopened(model: &Model, api: &Api, pen: &mut Pen<'_>, area: Rect) {
    let key = model.keymap.key(Action::Accept).unwrap_or_default();
    let Some(entry) = &api.entry else { return };
    let mut lines = Vec::new();
    match (&api.sheet.file, entry.busy) {
        (_, Some(busy)) => lines.push((Role::Dim, format!("{busy} …"))),
        (File::Unreadable(problem), None) => {
            lines.push((Role::Error, format!("✗ {problem}")));
            lines.push((Role::Heading, format!("{key} asks again")));
        }
        (_, None) => {
            let server = entry.brief.remote.keeper.title();
            lines.push((Role::Text, format!("An API of {server}, in no file of this project.")));
            lines.push((Role::Heading, format!("{key} opens it")));
            if let Some((severity, count)) = entry.brief.wrong {
                let (role, sign) = sign(severity);
                let what = match severity {
                    Severity::Hint => "to look at",
                    Severity::Warning | Severity::Error => "wrong with it",
                };
                lines.push((role, format!("{sign} {count} {what}")));
            }
        }
    }
    pen.paragraphs(area, lines.iter().map(|(role, line)| (*role, line.as_str())));
}

//! How the Publish pane looks: the targets, the bundles of the chosen one, and what is known of the selected one.

use std::borrow::Cow;

use jiff::tz::TimeZone;
use ratatui::layout::Rect;

use super::{Pane, Row};
use crate::domain::task::{Problem, Progress};
use crate::flows::prune::User;
use crate::flows::target::Stored;
use crate::tui::action::Action;
use crate::tui::model::Model;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::{Align, Column, Halves, Pen, Section, halves, inside, pad, place};

const COLUMNS: [Column; 7] = [
    Column::new("", 1, 0, 0, Align::Left),
    Column::new("BUNDLE", 20, 3, 0, Align::Path),
    Column::new("HASH", 8, 0, 3, Align::Left),
    Column::new("ADDED", 16, 0, 2, Align::Left),
    Column::new("SIZE", 8, 0, 4, Align::Right),
    Column::new("HOOKS", 12, 3, 1, Align::Left),
    Column::new("APIS", 12, 3, 0, Align::Left),
];

/// The list's part: its table has many columns.
const SHARE: u16 = 60;

/// Where the parts of the pane are.
pub(crate) struct Layout {
    halves: Halves,
    /// The targets.
    targets: Option<Rect>,
    /// The bundles.
    pub(crate) rows: Option<Rect>,
    /// What is known of the selected one.
    pub(crate) detail: Option<Rect>,
}

/// The layout in this area.
pub(crate) fn layout(model: &Model, area: Rect) -> Layout {
    let halves = halves(area, model.zoom, model.publish.browse.detail_focused, SHARE);
    let inner = halves.list.map(|list| inside(list, halves.boxed));
    let count = u16::try_from(model.publish.targets.len()).unwrap_or(u16::MAX);
    // The bundles get the larger part, however many targets there are.
    let targets = inner.map(|inner| Rect { height: count.min(inner.height / 3).max(1), ..inner });
    let rows = inner.zip(targets).map(|(inner, targets)| {
        let y = targets.bottom() + 1;
        Rect { y, height: inner.bottom().saturating_sub(y), ..inner }
    });
    let detail = halves.detail.map(|detail| inside(detail, halves.boxed));
    Layout { halves, targets, rows, detail }
}

/// Draws the pane.
pub(crate) fn draw(model: &Model, pen: &mut Pen<'_>, area: Rect) {
    let pane = &model.publish;
    let Layout { halves, targets, rows, detail } = layout(model, area);
    let boxed = halves.boxed;
    if let (Some(list), Some(targets), Some(rows)) = (halves.list, targets, rows) {
        let note = note(pane);
        let focused = !pane.browse.detail_focused;
        Section { title: "Publish", note: &note, focused, boxed }.draw(pen, list);
        draw_targets(pane, pen, targets);
        if pane.bundles().is_empty() {
            let area = Rect { y: rows.y.saturating_sub(1), height: rows.height + 1, ..rows };
            draw_empty(model, pen, pad(area));
        } else {
            draw_bundles(model, pen, rows);
        }
    }
    if let (Some(half), Some(detail)) = (halves.detail, detail) {
        let title = pane.selected().map_or("Target", |_| "Bundle");
        Section { title, note: "", focused: pane.browse.detail_focused, boxed }.draw(pen, half);
        let area = pad(detail);
        let lines = lines(model, area.width.into());
        for (y, (role, line)) in (area.y..area.bottom()).zip(lines.iter().skip(pane.browse.top)) {
            pen.put(area.x, y, area.width, line, *role);
        }
    }
}

/// What is being done, or how many bundles there are.
fn note(pane: &Pane) -> String {
    if let Some(busy) = &pane.busy {
        return format!("{}{}", busy.what, so_far(busy.progress));
    }
    match &pane.shelf {
        Some(Ok(bundles)) if bundles.len() == 1 => "1 bundle".to_owned(),
        Some(Ok(bundles)) => format!("{} bundles", bundles.len()),
        Some(Err(_)) => String::new(),
        None => "asking…".to_owned(),
    }
}

/// How far it is: `  64 %  2.1 of 3.4 KiB`.
pub(crate) fn so_far(Progress { done, total }: Progress) -> String {
    match total.filter(|total| *total > 0) {
        Some(total) => {
            let percent = done.min(total) * 100 / total;
            format!("  {percent} %  {} of {}", text::bytes(done), text::bytes(total))
        }
        None if done > 0 => format!("  {}", text::bytes(done)),
        None => String::new(),
    }
}

fn draw_targets(pane: &Pane, pen: &mut Pen<'_>, area: Rect) {
    let top = (pane.at + 1).saturating_sub(area.height.into());
    let names = pane.targets.iter().map(|row| text::width(&row.name)).max().unwrap_or(0).min(20);
    for (y, (at, row)) in (area.y..area.bottom()).zip(pane.targets.iter().enumerate().skip(top)) {
        let is_chosen = at == pane.at;
        let line = Rect { y, height: 1, ..pad(area) };
        if is_chosen {
            pen.put(area.x, y, 1, "▸", Role::Focus);
        }
        let name = text::left(&text::clean(&row.name), names);
        let role = if is_chosen { Role::Heading } else { Role::Text };
        let mut pieces: Vec<(Role, Cow<'_, str>)> =
            vec![(role, name.into()), (Role::Dim, format!("  {:6}  ", row.kind.word()).into())];
        let (role, said) = health(row);
        pieces.push((role, said.into()));
        if let Some(Ok(told)) = &row.told {
            if let Some(caution) = told.caution {
                pieces.push((Role::Warning, format!("  ⚠ {caution}").into()));
            }
            pieces.push((Role::Dim, format!("  {}", text::clean(&told.place)).into()));
        }
        pen.line(line, pieces);
    }
}

fn health(row: &Row) -> (Role, String) {
    match &row.told {
        None => (Role::Dim, "is being asked…".to_owned()),
        Some(Ok(told)) => match &told.health {
            Ok(said) => (Role::Good, format!("✓ {said}")),
            Err(problem) => (Role::Error, format!("✗ {}", text::clean(&problem.what))),
        },
        Some(Err(problem)) => (Role::Error, format!("✗ {}", text::clean(&problem.what))),
    }
}

fn draw_empty(model: &Model, pen: &mut Pen<'_>, area: Rect) {
    let pane = &model.publish;
    let key = |action| model.keymap.key(action).unwrap_or_default();
    let name = pane.name();
    let again = format!("{} asks again", key(Action::AskTargets));
    let lines: Vec<(Role, String)> = match &pane.shelf {
        None => vec![(Role::Dim, format!("asking {name} for its bundles…"))],
        Some(Err(problem)) => {
            vec![(Role::Error, format!("✗ {problem}")), (Role::Heading, again)]
        }
        Some(Ok(_)) => vec![
            (
                Role::Text,
                format!("No bundle on {name} yet: here are those that Gateways download."),
            ),
            (
                Role::Heading,
                format!(
                    "{} pushes the bundle of 3 Bundle · {} builds, ships and publishes",
                    key(Action::PushBundle),
                    key(Action::Ship)
                ),
            ),
            (
                Role::Dim,
                "Others than host are made in the configuration: [use.NAME.target.NAME]".to_owned(),
            ),
        ],
    };
    pen.paragraphs(area, lines.iter().map(|(role, line)| (*role, line.as_str())));
}

fn draw_bundles(model: &Model, pen: &mut Pen<'_>, rows: Rect) {
    let pane = &model.publish;
    let line = pad(rows);
    let columns = place(&COLUMNS, line.width);
    for placed in &columns {
        let heading = Rect { y: rows.y.saturating_sub(1), ..line };
        placed.heading(pen, heading, &COLUMNS[placed.index]);
    }
    let visible = pane.bundles().iter().enumerate().skip(pane.browse.cursor.top);
    for (y, (at, stored)) in (rows.y..rows.bottom()).zip(visible) {
        for placed in &columns {
            let (role, cell) = cell(pane, stored, placed.index, &model.zone);
            placed.cell(pen, Rect { y, ..line }, COLUMNS[placed.index].align, &cell, role);
        }
        if at == pane.browse.cursor.at {
            pen.select(Rect { y, height: 1, ..rows }, !pane.browse.detail_focused);
        }
    }
}

fn cell<'a>(
    pane: &Pane,
    stored: &'a Stored,
    column: usize,
    zone: &TimeZone,
) -> (Role, Cow<'a, str>) {
    match column {
        0 if pane.marked.contains(&stored.id) => (Role::Focus, "◆".into()),
        0 => (Role::Text, "".into()),
        1 => (Role::Text, shown(stored).into()),
        // A checksum has 32 digits.
        2 => (
            Role::Dim,
            stored.hash().unwrap_or_default().chars().take(8).collect::<String>().into(),
        ),
        3 => (Role::Dim, added(stored, zone).into()),
        4 => (Role::Text, stored.bytes.map(text::bytes).unwrap_or_default().into()),
        5 => match stored.note {
            Some(note) => (Role::Warning, note.into()),
            None => (Role::Text, stored.hooks.join(", ").into()),
        },
        _ => match pane.known().map(|usage| usage.of(stored)) {
            None => (Role::Dim, "?".into()),
            Some([]) => (Role::Dim, "none".into()),
            Some(users) => (Role::Name, names(users).into()),
        },
    }
}

/// What people call it; where the target keeps no names, its id.
fn shown(stored: &Stored) -> &str {
    if stored.name.is_empty() { &stored.id } else { &stored.name }
}

fn added(stored: &Stored, zone: &TimeZone) -> String {
    let at = stored.at.map(|at| at.to_zoned(zone.clone()));
    at.map(|at| at.strftime("%Y-%m-%d %H:%M").to_string()).unwrap_or_default()
}

/// APIs by their ids alone, for a narrow column.
fn names(users: &[User]) -> String {
    let short = |user: &User| user.api.rsplit([':', '/']).next().unwrap_or_default().to_owned();
    users.iter().map(short).collect::<Vec<_>>().join(", ")
}

/// How many lines the detail has in this area.
pub(crate) fn line_count(model: &Model, detail: Option<Rect>) -> usize {
    detail.map_or(0, |detail| lines(model, pad(detail).width.into()).len())
}

/// What is known of the selected bundle, else of the target; in lines of this width.
fn lines(model: &Model, width: usize) -> Vec<(Role, String)> {
    let mut lines = Vec::new();
    let mut say = |role: Role, label: &str, what: &str| {
        let room = width.saturating_sub(10);
        for (at, line) in text::wrap(&text::clean(what), room).into_iter().enumerate() {
            let label = if at == 0 { label } else { "" };
            lines.push((role, format!("{label:<10}{line}")));
        }
    };
    match model.publish.selected() {
        Some(stored) => about(model, stored, &mut say),
        None => target(model, &mut say),
    }
    lines
}

fn about(model: &Model, stored: &Stored, say: &mut impl FnMut(Role, &str, &str)) {
    let pane = &model.publish;
    say(Role::Name, "bundle", &stored.bundle);
    if let Some(note) = stored.note {
        say(Role::Warning, "", &format!("⚠ {note}"));
    }
    let facts = [stored.bytes.map(text::bytes), stored.at.map(|_| added(stored, &model.zone))];
    say(Role::Dim, "", &facts.into_iter().flatten().collect::<Vec<_>>().join("  ·  "));
    for (at, hook) in stored.hooks.iter().enumerate() {
        say(Role::Text, if at == 0 { "hooks" } else { "" }, hook);
    }
    used(model, stored, say);
    let accept = model.keymap.key(Action::Accept).unwrap_or_default();
    match &pane.files {
        Some((id, Ok(files))) if *id == stored.id => {
            for (at, (name, bytes)) in files.iter().enumerate() {
                let label = if at == 0 { "files" } else { "" };
                say(Role::Text, label, &format!("{name} · {}", text::bytes(*bytes)));
            }
        }
        Some((id, Err(problem))) if *id == stored.id => {
            say(Role::Error, "files", &problem.to_string());
        }
        _ if stored.note.is_none() => {
            say(Role::Dim, "files", &format!("{accept} fetches it, verifies it, and shows them"));
        }
        _ => {}
    }
    if let Some(checksum) = stored.checksum.as_ref().filter(|checksum| !checksum.is_empty()) {
        say(Role::Dim, "checksum", checksum);
    }
}

fn used(model: &Model, stored: &Stored, say: &mut impl FnMut(Role, &str, &str)) {
    let pane = &model.publish;
    match &pane.usage {
        None => say(Role::Dim, "APIs", "are being asked for…"),
        Some(Err(problem)) => {
            say(Role::Error, "APIs", &format!("which use it is unknown: {problem}"));
        }
        Some(Ok(usage)) => {
            for (at, user) in usage.of(stored).iter().enumerate() {
                let name =
                    if user.name.is_empty() { String::new() } else { format!("  {}", user.name) };
                let off = if user.is_on { "" } else { "  its switch is off" };
                let label = if at == 0 { "APIs" } else { "" };
                say(Role::Text, label, &format!("{}{name}{off}", user.api));
            }
            if !usage.is_known() {
                let why = "which of a Gateway use it is unknown: the profile has none (--use NAME)";
                say(Role::Warning, "APIs", why);
            } else if usage.of(stored).is_empty() {
                let prune = model.keymap.key(Action::PruneBundles).unwrap_or_default();
                say(Role::Text, "APIs", &format!("none uses it: {prune} takes all such"));
            }
        }
    }
}

fn target(model: &Model, say: &mut impl FnMut(Role, &str, &str)) {
    let Some(row) = model.publish.target() else { return };
    say(Role::Name, "target", &format!("{} ({})", row.name, row.kind.word()));
    let failed = |problem: &Problem, say: &mut dyn FnMut(Role, &str, &str)| {
        say(Role::Error, "health", &problem.to_string());
    };
    match &row.told {
        None => say(Role::Dim, "health", "is being asked…"),
        Some(Err(problem)) => failed(problem, say),
        Some(Ok(told)) => {
            say(Role::Text, "place", &told.place);
            match &told.health {
                Ok(health) => say(Role::Good, "health", health),
                Err(problem) => failed(problem, say),
            }
            if let Some(caution) = told.caution {
                say(Role::Warning, "", &format!("⚠ {caution}"));
            }
        }
    }
}

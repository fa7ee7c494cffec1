//! How the Server pane looks.

use std::borrow::Cow;

use jiff::tz::TimeZone;
use ratatui::layout::Rect;

use super::{Life, On, Process};
use crate::dispatch::RuleStats;
use crate::domain::task::Problem;
use crate::services::host::Download;
use crate::tui::action::Action;
use crate::tui::holding::fails_on;
use crate::tui::model::Model;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::{Align, Column, Halves, Pen, Section, halves, inside, pad, place};

const COLUMNS: [Column; 6] = [
    Column::new("RULE", 14, 1, 0, Align::Left),
    Column::new("WHEN", 16, 3, 1, Align::Left),
    Column::new("HITS", 10, 0, 0, Align::Right),
    Column::new("REFUSED", 8, 0, 0, Align::Right),
    Column::new("FAILED", 7, 0, 0, Align::Right),
    Column::new("P99", 6, 0, 2, Align::Right),
];

/// Where the parts of the pane are.
pub(crate) struct Layout {
    halves: Halves,
    /// The rules.
    pub(crate) rows: Option<Rect>,
}

/// The layout in this area.
pub(crate) fn layout(model: &Model, area: Rect) -> Layout {
    let halves = halves(area, model.zoom, model.server.detail_focused, 62);
    let rows = halves.list.map(|list| {
        let inner = inside(list, halves.boxed);
        // The state, a blank line, the headings above; the warnings below.
        let above = 3.min(inner.height);
        let below = u16::try_from(remarks(model).len()).unwrap_or(0);
        let height = inner.height.saturating_sub(above + below);
        Rect { y: inner.y + above, height, ..inner }
    });
    Layout { halves, rows }
}

/// Draws the pane.
pub(crate) fn draw(model: &Model, pen: &mut Pen<'_>, area: Rect) {
    let pane = &model.server;
    let layout = layout(model, area);
    let boxed = layout.halves.boxed;
    if let (Some(list), Some(rows)) = (layout.halves.list, layout.rows) {
        let section =
            Section { title: "Plugin server", note: "", focused: !pane.detail_focused, boxed };
        let inner = section.draw(pen, list);
        draw_server(model, pen, inner, rows);
    }
    if let Some(detail) = layout.halves.detail {
        let note = match (&pane.host, pane.downloads) {
            (Life::On(_), 1) => "1 download".to_owned(),
            (Life::On(_), count @ 2..) => format!("{} downloads", text::count(count)),
            _ => String::new(),
        };
        let section =
            Section { title: "Bundle host", note: &note, focused: pane.detail_focused, boxed };
        let inner = section.draw(pen, detail);
        draw_host(model, pen, pad(inner));
    }
}

fn draw_server(model: &Model, pen: &mut Pen<'_>, inner: Rect, rows: Rect) {
    let pane = &model.server;
    let Life::On(on) = &pane.server else {
        draw_down(model, pen, pad(inner), &pane.server, Action::ToggleServer, "plugin server");
        return;
    };
    let first = Rect { height: inner.height.min(1), ..pad(inner) };
    let mut pieces = running(on, &model.zone);
    let stats = &model.stream.stats;
    pieces.push((Role::Text, format!("   {}/s", text::count(stats.rate().into())).into()));
    // What was lost comes before what may be cut.
    let dropped = format!("   dropped {}", text::count(stats.dropped));
    if stats.dropped > 0 {
        pieces.push((Role::Error, dropped.clone().into()));
    }
    if let Some(recorded) = &pane.recorded {
        let spilled = recorded.spilled.borrow();
        pieces.push(match spilled.stopped {
            Some(_) => (Role::Error, "   ✗ not recorded".into()),
            None => (Role::Text, format!("   recorded {}", text::count(spilled.written)).into()),
        });
    }
    let held = model.holding.held.len() as u64;
    let role = if held > 0 { Role::Held } else { Role::Dim };
    let said = !model.holding.breakpoints.is_empty() || model.holding.let_through > 0;
    if held > 0 || said {
        pieces.push((role, format!("   held {}", text::count(held)).into()));
    }
    if model.holding.let_through > 0 {
        let said = format!(" ({} let through)", text::count(model.holding.let_through));
        pieces.push((Role::Warning, said.into()));
    }
    if stats.dropped == 0 {
        pieces.push((Role::Dim, dropped.into()));
    }
    pieces.push((Role::Dim, format!("   in flight {}", text::count(pane.in_flight as u64)).into()));
    if pane.sampled_out > 0 {
        let text = format!("   sampled out {}", text::count(pane.sampled_out));
        pieces.push((Role::Dim, text.into()));
    }
    if let Some(session) = on.process.as_ref().and_then(|process| process.session.as_ref()) {
        pieces.push((Role::Dim, format!("   it records {session}").into()));
    }
    pen.line(first, pieces);
    if let Some(notice) = on.notices.first() {
        let line = Rect { y: inner.y + 1, height: 1, ..pad(inner) };
        pen.put(line.x, line.y, line.width, &format!("⚠ {notice}"), Role::Warning);
    }
    draw_rules(model, pen, rows);
    for (y, (role, remark)) in (rows.bottom()..inner.bottom()).zip(remarks(model)) {
        let line = pad(Rect { y, height: 1, ..inner });
        pen.put(line.x, line.y, line.width, &remark, role);
    }
}

/// What stands below the rules: what is wrong with their files, why the selected one last refused or failed, which APIs no
/// rule answers, and which breakpoints stop at less than they seem to.
fn remarks(model: &Model) -> Vec<(Role, String)> {
    let pane = &model.server;
    let unrecorded = pane.recorded.iter().filter_map(|recorded| {
        let why = recorded.spilled.borrow().stopped.clone()?;
        let said = format!("✗ {} ends here, the server goes on: {why}", recorded.name);
        Some((Role::Error, said))
    });
    let wrong = pane.wrong_rules.iter().map(|problem| {
        let help = problem.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
        (Role::Error, format!("✗ not in force: {}{help}", super::wrong_rules(problem)))
    });
    let selected = pane.rules.get(pane.cursor.at);
    let last = selected.and_then(|rule| Some((&rule.name, rule.last.as_ref()?)));
    let last = last.map(|(name, last)| (Role::Dim, format!("{name}, the last time: {last}")));
    let unanswered = pane.unanswered.iter().take(3).map(|api| {
        let warning = format!(
            "⚠ auth_check of api {api}: no rule answers it, so the Gateway refuses every caller (403)"
        );
        (Role::Warning, warning)
    });
    let faults = model.holding.faults.iter().take(3).map(|faulty| {
        let breakpoint = text::clean(&faulty.breakpoint);
        (Role::Warning, format!("⚠ break at {breakpoint}: {}", fails_on(faulty)))
    });
    unrecorded.chain(wrong).chain(last).chain(unanswered).chain(faults).collect()
}

fn draw_rules(model: &Model, pen: &mut Pen<'_>, rows: Rect) {
    let pane = &model.server;
    if rows.height == 0 {
        return;
    }
    let line = Rect { height: 1, ..pad(rows) };
    let columns = place(&COLUMNS, line.width);
    for placed in &columns {
        let heading = Rect { y: rows.y.saturating_sub(1), ..line };
        placed.heading(pen, heading, &COLUMNS[placed.index]);
    }
    let visible = pane.rules.iter().enumerate().skip(pane.cursor.top).take(rows.height.into());
    for (y, (at, rule)) in (rows.y..).zip(visible) {
        for placed in &columns {
            let (role, cell) = cell(rule, placed.index);
            let column = &COLUMNS[placed.index];
            placed.cell(pen, Rect { y, ..line }, column.align, &cell, role);
        }
        if at == pane.cursor.at {
            pen.select(Rect { y, height: 1, ..rows }, !pane.detail_focused);
        }
        if model.holding.marks_rule(&rule.name) {
            pen.put(rows.x + 1, y, 1, "◆", Role::Held);
        }
    }
}

fn cell(rule: &RuleStats, index: usize) -> (Role, Cow<'_, str>) {
    // What no rule handles, nothing of ours can refuse.
    let none = rule.name == "(none)";
    let counted = |count: u64, role: Role| match count {
        0 if none => (Role::Dim, "–".into()),
        0 => (Role::Dim, "0".into()),
        count => (role, text::count(count).into()),
    };
    match index {
        0 => (if none { Role::Dim } else { Role::Text }, (&*rule.name).into()),
        1 => (Role::Dim, (&*rule.when).into()),
        2 => (Role::Text, text::count(rule.hits).into()),
        3 => counted(rule.refused, Role::Refused),
        4 => counted(rule.failed, Role::Failed),
        _ if rule.hits == 0 => (Role::Dim, "–".into()),
        _ => (Role::Text, text::millis(rule.p99).into()),
    }
}

/// `● 127.0.0.1:50051 plaintext   since 16:25`, `● 127.0.0.1:50051 attached to pid 4711   since 16:25`.
fn running(on: &On, zone: &TimeZone) -> Vec<(Role, Cow<'static, str>)> {
    let since = on.since.to_zoned(zone.clone()).strftime("%H:%M").to_string();
    let how: Cow<'static, str> = match &on.process {
        Some(Process { pid, console: true, .. }) => {
            format!(" attached to the console of pid {pid}").into()
        }
        Some(process) => format!(" attached to pid {}", process.pid).into(),
        None => " plaintext".into(),
    };
    vec![
        (Role::Good, "● ".into()),
        (Role::Heading, on.address.clone().into()),
        (Role::Dim, how),
        (Role::Dim, format!("   since {since}").into()),
    ]
}

fn draw_host(model: &Model, pen: &mut Pen<'_>, area: Rect) {
    let Life::On(on) = &model.server.host else {
        draw_down(model, pen, area, &model.server.host, Action::ToggleHost, "bundle host");
        return;
    };
    let pane = &model.server;
    pen.line(Rect { height: area.height.min(1), ..area }, running(on, &model.zone));
    let folder = on.folder.as_deref().unwrap_or_default();
    let mut recent = pane.recent.iter().map(|download| recent(download, &model.zone));
    let mut lines = vec![
        (Role::Dim, format!("serves {folder}")),
        // Where there is little room, the last one is seen in any case.
        recent.next().unwrap_or((Role::Dim, "nothing downloaded yet".to_owned())),
        (Role::Text, "In tyk.conf:".to_owned()),
        (Role::String, "\"enable_bundle_downloader\": true,".to_owned()),
        (Role::String, format!("\"bundle_base_url\": \"http://{}/\"", on.address)),
    ];
    lines.extend(on.notices.iter().map(|notice| (Role::Warning, format!("⚠ {notice}"))));
    if let Some(shipped) = &model.ship.last {
        let line = format!("last published: {} ({})", shipped.name, text::bytes(shipped.bytes));
        lines.insert(1, (Role::Dim, line));
    }
    let before: Vec<_> = recent.collect();
    if !before.is_empty() {
        lines.push((Role::Text, String::new()));
        lines.push((Role::Dim, "before that".to_owned()));
        lines.extend(before);
    }
    // Wrapped, so that what is to be copied into tyk.conf is whole.
    let below = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    pen.paragraphs(below, lines.iter().map(|(role, line)| (*role, line.as_str())));
}

/// `18:38:16 200 GET /orders-9f31c2ab.zip 3.4 KiB to 127.0.0.1:40312`.
fn recent(download: &Download, zone: &TimeZone) -> (Role, String) {
    let Download { method, path, status, bytes, peer, complete, .. } = download;
    let at = jiff::Timestamp::try_from(download.at).unwrap_or_default();
    let at = at.to_zoned(zone.clone()).strftime("%H:%M:%S");
    let cut = if *complete { "" } else { ", cut off" };
    let role = match status {
        400.. => Role::Warning,
        _ if !complete => Role::Warning,
        _ => Role::Text,
    };
    let bytes = text::bytes(*bytes);
    (role, format!("{at} {status} {method} {path} {bytes} to {peer}{cut}"))
}

/// A server that does not run: why, and the key that changes it.
fn draw_down(
    model: &Model,
    pen: &mut Pen<'_>,
    area: Rect,
    life: &Life,
    toggle: Action,
    what: &str,
) {
    let key = |action| model.keymap.key(action).unwrap_or_default();
    let start = format!("{} starts it", key(toggle));
    let lines: Vec<(Role, String)> = match life {
        Life::Starting => vec![(Role::Dim, format!("◌ The {what} is starting."))],
        Life::Stopping => {
            vec![(Role::Dim, format!("◌ The {what} answers what is in flight, then ends."))]
        }
        Life::Failed(Problem { what: why, place, help, .. }) => {
            // Another port mends nothing but a port.
            let other = if why.contains(" port ") {
                format!(" · {} starts it on another port", key(Action::OtherPort))
            } else {
                String::new()
            };
            vec![
                (Role::Error, format!("✗ {}: {why}", place.as_deref().unwrap_or(what))),
                (Role::Dim, help.clone().unwrap_or_default()),
                (Role::Text, format!("{start} again{other}")),
            ]
        }
        Life::Attached(attached) => vec![
            (Role::Text, format!("● The session {}.", attached.name)),
            (
                Role::Dim,
                if attached.growing {
                    "Its server writes it: what comes is shown as it comes.".to_owned()
                } else {
                    "Its server has ended.".to_owned()
                },
            ),
        ],
        Life::Off | Life::On(_) => {
            vec![(Role::Dim, format!("○ The {what} is not running.")), (Role::Text, start)]
        }
    };
    let said = lines.iter().filter(|(_, line)| !line.is_empty());
    pen.paragraphs(area, said.map(|(role, line)| (*role, line.as_str())));
}

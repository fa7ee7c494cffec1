//! How the Stream pane looks.

use std::borrow::Cow;

use ratatui::layout::Rect;

use super::columns::Cell;
use super::{Pane, View, diff, held, outcome, requests, strip};
use crate::capture::{By, Kind, Member, Order, Row};
use crate::domain::object::Hook;
use crate::domain::task::size;
use crate::tui::holding::are_held;
use crate::tui::model::Model;
use crate::tui::pane::server::Life;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::{Column, Halves, Pen, Placed, Section, halves, inside};

/// A hook's name, in at most eight letters where the column has no room for all.
fn hook_word(hook: Hook, width: u16) -> &'static str {
    match hook {
        Hook::AuthCheck if width < 10 => "auth",
        Hook::PostKeyAuth if width < 13 => "post_key",
        hook => hook.word(),
    }
}

/// What of a request's URL tells it from others: a response hook's begins with the upstream's address.
fn path_of(url: &str) -> &str {
    let Some((scheme, rest)) = url.split_once("://") else { return url };
    let plain = scheme.bytes().all(|byte| byte.is_ascii_alphanumeric());
    match rest.find('/') {
        Some(at) if plain => &rest[at..],
        _ => url,
    }
}

/// Where the parts of the pane are.
pub(crate) struct Layout {
    strip: Rect,
    held: Rect,
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
    let held = Rect {
        y: area.y + strip.height,
        height: held::height(model, area.height).min(area.height - strip.height),
        ..area
    };
    let above = strip.height + held.height;
    let below = Rect { y: area.y + above, height: area.height - above, ..area };
    // Side by side, rows need more columns than JSON does; one above the other, as many lines.
    let share = match area.width {
        ..120 => 50,
        120..140 => 62,
        _ => 60,
    };
    let halves = halves(below, model.zoom, pane.detail_focused, share);
    let rows = halves.list.map(|list| {
        let inner = inside(list, halves.boxed);
        // Headings above.
        Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner }.intersection(inner)
    });
    let json = halves.detail.map(|detail| {
        let json = inside(detail, halves.boxed);
        // Its first line is the note.
        let noted = u16::from(pane.note().is_some() && json.height > 2);
        Rect { y: json.y + noted, height: json.height - noted, ..json }
    });
    Layout { strip, held, halves, rows, json }
}

/// Draws the pane.
pub(crate) fn draw(model: &Model, pen: &mut Pen<'_>, area: Rect) {
    let pane = &model.stream;
    let layout = layout(model, area);
    strip::draw(&pane.stats, pen, layout.strip);
    held::draw(model, pen, layout.held);
    if let (Some(list), Some(rows)) = (layout.halves.list, layout.rows) {
        let note = note(pane);
        let placed = placed(pane, rows);
        let title = title(pane, &placed);
        // The counts at the right end are worth more than a filter's end.
        let room = usize::from(list.width).saturating_sub(text::width(&note) + 11);
        let title = text::fit(&title, room);
        let section = Section {
            title: &title,
            note: &note,
            focused: !pane.detail_focused,
            boxed: layout.halves.boxed,
        };
        section.draw(pen, list);
        draw_list(model, pen, rows, &placed);
    }
    if let (Some(detail), Some(json)) = (layout.halves.detail, layout.json) {
        draw_detail(pane, pen, detail, json, layout.halves.boxed);
    }
}

/// What the list shows: `Dispatches by request, paused ❯ hook:pre`.
fn title(pane: &Pane, placed: &[(Cell, Column, Placed)]) -> String {
    let mut title = "Dispatches".to_owned();
    let is_too_old = |member: &Member| member.basis.is_none();
    if pane.window.members.iter().any(is_too_old) {
        title += ", too old to be put together by request";
    } else if pane.is_by_request() {
        title += " by request";
    }
    if let Some(Order { by: By::Column(by), descending }) = pane.order()
        && !placed.iter().any(|(cell, ..)| *cell == by)
    {
        // No heading has the sign of it.
        let sign = if descending { "↓" } else { "↑" };
        title = format!("{title}, sorted by {} {sign}", by.word());
    }
    if pane.paused.is_some() {
        title += ", paused";
    }
    if pane.is_filtered() {
        title = format!("{title} ❯ {}", pane.filter_text());
    }
    if let Some(fails) = pane.jq_fails() {
        title = format!("{title} · ⚠ {fails}");
    }
    title
}

/// What is at the right end of the list's title.
fn note(pane: &Pane) -> String {
    let window = &pane.window;
    let total = text::count(window.total as u64);
    let place = if pane.is_filtered() {
        format!("{total} of {}", text::count(window.of as u64))
    } else {
        total
    };
    if pane.is_searching() {
        return format!("{place} · searching");
    }
    match (pane.paused, pane.news()) {
        (Some(_), news) => format!("{place} · ⏸ {} new", text::count(news)),
        (None, 0) if pane.follows() => format!("{place} · following"),
        (None, 0) => format!("{place} · f follows"),
        (None, news) => format!("{place} · ▾ {} new", text::count(news)),
    }
}

/// The line of a row.
fn line_of(rows: Rect) -> Rect {
    Rect { x: rows.x + 2, width: rows.width.saturating_sub(3), height: 1, ..rows }
}

/// The columns that there is room for.
fn placed(pane: &Pane, rows: Rect) -> Vec<(Cell, Column, Placed)> {
    let signs = if pane.is_by_request() { requests::SIGNS } else { 0 };
    pane.columns.place(line_of(rows).width, signs)
}

fn draw_list(model: &Model, pen: &mut Pen<'_>, rows: Rect, columns: &[(Cell, Column, Placed)]) {
    let pane = &model.stream;
    if pane.window.rows.is_empty() {
        let area = Rect { x: rows.x + 2, width: rows.width.saturating_sub(4), ..rows };
        draw_empty(model, pen, area);
        return;
    }
    let line = line_of(rows);
    let heading = Rect { y: rows.y.saturating_sub(1), ..line };
    for (cell, column, placed) in columns {
        placed.heading(pen, heading, column);
        if let Some(order) = pane.order().filter(|order| order.by == By::Column(*cell)) {
            // In the gap in front, so that the heading stays whole.
            let sign = if order.descending { "▼" } else { "▲" };
            let x = (heading.x + placed.x).saturating_sub(1);
            pen.put(x, heading.y, 1, sign, Role::Focus);
        }
    }
    for (at, row) in pane.window.rows.iter().enumerate().take(rows.height.into()) {
        let y = rows.y + u16::try_from(at).unwrap_or(u16::MAX);
        // In a list that is about to be put together no row goes on with another yet.
        let member = pane.window.members.get(at).copied().unwrap_or_default();
        let above = at.checked_sub(1).and_then(|above| pane.window.rows.get(above));
        let above = above.filter(|_| !member.is_first);
        let member = pane.is_by_request().then_some(member);
        draw_row(model, row, (member, above), columns, pen, Rect { y, ..line });
        if pane.kin.has(row.seq) {
            pen.put(rows.x + 1, y, 1, "│", Role::Focus);
        }
        if let Some(note) = pane.marks.note(row.seq) {
            pen.put(rows.x + 1, y, 1, if note.is_empty() { "◆" } else { "◈" }, Role::Warning);
        }
        if Some(row.seq) == pane.selected {
            pen.select(Rect { y, height: 1, ..rows }, !pane.detail_focused);
        }
    }
}

fn draw_row(
    model: &Model,
    row: &Row,
    (member, above): (Option<Member>, Option<&Row>),
    columns: &[(Cell, Column, Placed)],
    pen: &mut Pen<'_>,
    line: Rect,
) {
    if let Kind::Dropped { count } = row.kind {
        let lost = format!(
            "✗ {} lost here: more came than could be kept in time (no answer waited)",
            text::count(count)
        );
        pen.put(line.x, line.y, line.width, &lost, Role::Error);
        return;
    }
    let outcome_role = outcome::role_of(row);
    // What a request's calls have in common is bright once.
    let again = |of: fn(&Row) -> &str| {
        let is_same = above.is_some_and(|above| of(above) == of(row));
        if is_same { Role::Dim } else { Role::Text }
    };
    for (at, (cell, column, placed)) in columns.iter().enumerate() {
        let mut placed = *placed;
        if let Some(member) = member.filter(|_| at == 0) {
            let absent = model.stream.missing.of.get(&member.request);
            requests::draw_signs(pen, line, placed, &member, absent);
            placed = requests::first_cell(placed, &member);
        }
        let (role, words): (Role, Cow<'_, str>) = match cell {
            Cell::Time => (Role::Dim, time(model, row).into()),
            Cell::Hook if row.kind == Kind::Event => (Role::Hint, "event".into()),
            Cell::Hook => (Role::Text, hook_word(row.hook, placed.width).into()),
            Cell::Name => (Role::Text, (&*row.name).into()),
            Cell::Api => (again(|row| &row.api), (&*row.api).into()),
            Cell::Method => (again(|row| &row.method), (&*row.method).into()),
            // What happened stands before where.
            Cell::Path if row.kind == Kind::Event => {
                (Role::Text, text::fit(&row.path, placed.width.into()))
            }
            Cell::Path => (again(|row| path_of(&row.path)), path_of(&row.path).into()),
            Cell::Outcome => (outcome_role, outcome::words(row, placed.width)),
            Cell::Status => {
                (outcome_role, row.status.map(|it| it.to_string()).unwrap_or_default().into())
            }
            Cell::Rule => (Role::Text, row.rule.as_deref().unwrap_or_default().into()),
            Cell::Took => (Role::Text, text::took(row.took).into()),
            Cell::Size => (Role::Dim, text::bytes(row.size as u64).into()),
        };
        placed.cell(pen, line, column.align, &words, role);
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
    if pane.is_searching() {
        lines.push((Role::Dim, "Looking, from the newest to the oldest.".into()));
    } else if pane.is_filtered() && pane.window.of > 0 {
        let back = key(crate::tui::action::Action::Close);
        let (filter, held) = (pane.filter_text(), model.holding.listed().count());
        if held == 0 {
            lines.push((Role::Text, format!("Nothing here is meant by {filter}")));
        } else {
            let (held, open) = (are_held(held), key(crate::tui::action::Action::OpenHeld));
            let said = format!("Only what is held is meant by {filter}: {held}, {open} opens.");
            lines.push((Role::Held, said));
        }
        if let Some(fails) = pane.jq_fails() {
            lines.push((Role::Warning, format!("⚠ {fails}")));
        }
        lines.push((Role::Dim, format!("{back} shows all {} again.", pane.window.of)));
    } else if let Life::Attached(_) = model.server.server {
        lines.push((Role::Dim, "The session has no Dispatch yet.".into()));
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
    let title = detail_title(pane, boxed);
    let room = match views_width(detail) {
        Some(views) => detail.width.saturating_sub(views + 6),
        None => detail.width.saturating_sub(8),
    };
    let title = text::fit(&title, room.into());
    let is_tree = !matches!(pane.view, View::Diff | View::Body);
    let open = pane.in_detail();
    let path = open.filter(|_| pane.detail_focused && is_tree);
    let path = path.map(|open| pane.prefixed(&open.tree.path())).unwrap_or_default();
    let section = Section { title: &title, note: "", focused: pane.detail_focused, boxed };
    section.draw(pen, detail);
    draw_views(pane, pen, detail);
    let mut room = detail.width.saturating_sub(8);
    if boxed && open.is_some_and(|open| open.shown) {
        let said = " secrets shown ";
        let wide = u16::try_from(said.len()).unwrap_or(0);
        pen.put(
            detail.right().saturating_sub(wide + 2),
            detail.bottom() - 1,
            wide,
            said,
            Role::Warning,
        );
        room = room.saturating_sub(wide);
    }
    if boxed && !path.is_empty() {
        let path = text::fit_middle(&path, room.into()).into_owned();
        pen.put(detail.x + 2, detail.bottom() - 1, room, &format!(" {path} "), Role::Dim);
    }
    if let Some(note) = pane.note() {
        let line = Rect { height: 1, ..inside(detail, boxed) };
        if line.y < json.y {
            pen.line(line, [(Role::Warning, " ◈ ".into()), (Role::Text, note.into())]);
        }
    }
    let Some(open) = open else {
        let area = Rect { x: json.x + 2, width: json.width.saturating_sub(4), ..json };
        if let Some(row) = pane.reading() {
            pen.wrap(area, &format!("reading {}…", size(row.size as u64)), Role::Dim);
        }
        if !pane.window.rows.is_empty() {
            return;
        }
        pen.wrap(area, "The selected Dispatch as JSON, request and reply.", Role::Dim);
        return;
    };
    if pane.view == View::Diff {
        let area = Rect { x: json.x + 1, width: json.width.saturating_sub(1), ..json };
        diff::draw(open, pane.diff_top, pen, area);
    } else if let Some(bodies) = &open.bodies {
        bodies.draw(pen, json, pane.detail_focused);
    } else {
        open.tree.draw(pen, json, pane.detail_focused);
    }
}

/// Which record is open: `1281 · auth_check · auth_ok_key · orders`.
///
/// That secrets are shown is said in the lower border where there is one: a narrow title has no room for it.
fn detail_title(pane: &Pane, boxed: bool) -> String {
    let open = pane.in_detail();
    let seq = open.map(|open| open.seq).or_else(|| pane.reading().map(|row| row.seq));
    let Some(seq) = seq else {
        return "JSON".into();
    };
    let mut title = seq.to_string();
    if open.is_some_and(|open| open.shown) && !boxed {
        title += " · secrets shown";
    }
    // The selected row may be another by now, whose JSON is on its way.
    if let Some(row) = pane.window.rows.iter().find(|row| row.seq == seq) {
        let hook = if row.kind == Kind::Event { "event" } else { row.hook.word() };
        for part in [hook, &*row.name, &*row.api] {
            if !part.is_empty() {
                title = format!("{title} · {}", text::clean(part));
            }
        }
    }
    title
}

/// The columns that the names of the views take, with room for a word of the title's own: their names apart, or only a line
/// between them; `None` where there is no room for them.
fn views_width(detail: Rect) -> Option<u16> {
    let names: usize = View::ALL.iter().map(|view| view.word().len()).sum();
    let wide = [names + 3 * View::ALL.len(), names + View::ALL.len() + 2];
    let mut wide = wide.into_iter().filter_map(|wide| u16::try_from(wide).ok());
    wide.find(|wide| detail.width >= wide + 10)
}

/// The names of the views, at the right end of the title.
fn draw_views(pane: &Pane, pen: &mut Pen<'_>, detail: Rect) {
    let Some(wide) = views_width(detail) else { return };
    let names: usize = View::ALL.iter().map(|view| view.word().len()).sum();
    let is_roomy = usize::from(wide) == names + 3 * View::ALL.len();
    let mut x = detail.right() - wide - 2;
    for (at, view) in View::ALL.into_iter().enumerate() {
        let open = view == pane.view;
        let word = match (open, is_roomy) {
            (true, _) => format!("▐{}▌", view.word()),
            (false, true) => format!(" {} ", view.word()),
            (false, false) => view.word().to_owned(),
        };
        x += pen.put(x, detail.y, wide, &word, if open { Role::TabOpen } else { Role::Tab });
        if is_roomy || at + 1 < View::ALL.len() {
            x += pen.put(x, detail.y, 1, "│", Role::Border);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::Decoded;
    use super::*;
    use crate::capture::{Exchange, Judge};
    use crate::domain::redact::Shown;

    #[test]
    fn a_large_record_has_its_own_title_before_it_is_read() {
        let judge = Judge { view: Arc::new(Shown), answer_limit: 4 << 20 };
        let row = |seq: u64, bytes: usize| {
            let object = [&[0x08, 1, 0x12, 3], b"fun".as_slice()].concat();
            let mut row = judge.record(seq, Exchange::answered(object.clone(), object)).row;
            row.size = bytes;
            row
        };
        let mut pane = Pane::new();
        pane.window.rows = vec![row(1, 100), row(2, 100), row(3, 63 << 20)];
        pane.selected = Some(1);
        assert_eq!(detail_title(&pane, false), "JSON");
        pane.decoded(1, false, Decoded::of(Arc::default(), None), 10);
        assert_eq!(detail_title(&pane, false), "1 · pre · fun");
        // What is there within a frame would only flicker.
        pane.selected = Some(2);
        assert_eq!(detail_title(&pane, false), "1 · pre · fun");
        pane.selected = Some(3);
        assert_eq!(detail_title(&pane, false), "3 · pre · fun");
        pane.decoded(3, false, Decoded::of(Arc::default(), None), 10);
        assert!(pane.reading().is_none());
    }

    #[test]
    fn a_response_shows_the_path_without_the_upstreams_address() {
        assert_eq!(path_of("http://127.0.0.1:9000/v1/me?a=1"), "/v1/me?a=1");
        assert_eq!(path_of("/go?to=http://elsewhere/x"), "/go?to=http://elsewhere/x");
        assert_eq!(path_of("http://bare"), "http://bare");
    }
}

//! How the Request pane looks.

use std::borrow::Cow;

use ratatui::layout::Rect;

use super::detail::Line;
use super::{Outcome, Pane, Slot};
use crate::flows::request::{Caused, Certainty};
use crate::tui::action::Action;
use crate::tui::model::Model;
use crate::tui::pane::stream::outcome;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::{Halves, Pen, Section, halves, inside, pad};

/// Columns of a row's name.
const LABEL: usize = 14;

/// Where the parts of the pane are.
pub(crate) struct Layout {
    halves: Halves,
    /// The rows of the form.
    pub(crate) rows: Option<Rect>,
    /// The lines of the answer.
    pub(crate) answer: Option<Rect>,
}

/// The layout in this area.
pub(crate) fn layout(model: &Model, area: Rect) -> Layout {
    let share = if area.width < 120 { 48 } else { 40 };
    let halves = halves(area, model.zoom, model.request.detail_focused, share);
    let inside = |half: Rect| inside(half, halves.boxed);
    Layout { rows: halves.list.map(inside), answer: halves.detail.map(inside), halves }
}

/// Draws the pane.
pub(crate) fn draw(model: &Model, pen: &mut Pen<'_>, area: Rect) {
    let pane = &model.request;
    let layout = layout(model, area);
    let boxed = layout.halves.boxed;
    if let (Some(half), Some(rows)) = (layout.halves.list, layout.rows) {
        let note = if pane.sending { "is being sent…" } else { "" };
        let section = Section { title: "Request", note, focused: !pane.detail_focused, boxed };
        section.draw(pen, half);
        draw_form(model, pen, rows);
    }
    if let (Some(half), Some(rows)) = (layout.halves.detail, layout.answer) {
        let note = if pane.shows_secrets { "secrets shown" } else { "" };
        let section = Section { title: "Answer", note, focused: pane.detail_focused, boxed };
        section.draw(pen, half);
        if pane.lines.is_empty() {
            draw_empty(model, pen, pad(rows));
        } else {
            draw_answer(pane, pen, rows);
        }
    }
}

fn draw_form(model: &Model, pen: &mut Pen<'_>, rows: Rect) {
    let pane = &model.request;
    let slots = pane.draft.slots();
    let visible = slots.iter().enumerate().skip(pane.cursor.top);
    for (y, (at, slot)) in (rows.y..rows.bottom()).zip(visible) {
        let row = Rect { y, height: 1, ..rows };
        let (role, said) = said(model, *slot);
        let label = text::left(slot.label(), LABEL);
        pen.line(pad(row), [(Role::Heading, label.into()), (role, said)]);
        if at == pane.cursor.at {
            pen.select(row, !pane.detail_focused);
        }
    }
}

/// What stands in a row, or what is missing there.
fn said(model: &Model, slot: Slot) -> (Role, Cow<'static, str>) {
    let pane = &model.request;
    let said = pane.said(slot);
    if !said.is_empty() {
        let warns = slot == Slot::Certificates && pane.draft.insecure;
        return (if warns { Role::Warning } else { Role::Text }, said.into());
    }
    match (slot, pane.gateway()) {
        (Slot::Url, Some(gateway)) => (Role::Dim, format!("a path of {gateway}, or a URL").into()),
        (Slot::Url, None) => (Role::Dim, "http://…".into()),
        (Slot::Key, _) => (Role::Warning, "⚠ which variable or file?".into()),
        (Slot::KeyId | Slot::User, _) => (Role::Warning, "⚠ which?".into()),
        _ => (Role::Dim, "—".into()),
    }
}

fn draw_empty(model: &Model, pen: &mut Pen<'_>, area: Rect) {
    let key = |action| model.keymap.key(action).unwrap_or_default();
    let first = format!(
        "{} on a row changes it, {} sends the request.",
        key(Action::Accept),
        key(Action::SendRequest)
    );
    let second = format!(
        "{} adds a header, {} brings back what was sent before, {} on a Dispatch in 6 Stream makes a request of it.",
        key(Action::AddHeader),
        key(Action::RequestHistory),
        key(Action::RequestOf)
    );
    let lines = [
        (
            Role::Text,
            "Send a request as curl would, with the key, signature or token that the hook under test wants; here come the answer, what took how long, and the Dispatches that it caused.",
        ),
        (Role::Dim, &*first),
        (Role::Dim, &*second),
    ];
    pen.paragraphs(area, lines);
}

fn draw_answer(pane: &Pane, pen: &mut Pen<'_>, rows: Rect) {
    let dimmed = pane.sending || matches!(pane.outcome, Outcome::None);
    let visible = pane.lines.iter().enumerate().skip(pane.detail.top);
    for (y, (at, line)) in (rows.y..rows.bottom()).zip(visible) {
        let row = Rect { y, height: 1, ..rows };
        match line {
            Line::Text(pieces) => {
                let role = |role| if dimmed { Role::Dim } else { role };
                let pieces = pieces.iter().map(|(it, text)| (role(*it), text.as_str().into()));
                pen.line(pad(row), pieces);
            }
            Line::Caused(at) => {
                if let Some(caused) = pane.caused.get(*at) {
                    draw_caused(caused, pen, pad(row));
                }
            }
        }
        if at == pane.detail.at && pane.detail_focused {
            pen.select(row, true);
        }
    }
}

fn draw_caused(caused: &Caused, pen: &mut Pen<'_>, line: Rect) {
    let row = &caused.row;
    let certain = match caused.certainty {
        Certainty::Seen => Role::Good,
        Certainty::Guess => Role::Hint,
    };
    let column = |text: &str, columns| {
        Cow::Owned(text::left(&text::fit(&text::clean(text), columns), columns + 1))
    };
    let pieces = [
        (certain, column(caused.certainty.word(), 5)),
        (Role::Text, column(row.hook.word(), 13)),
        (Role::Text, column(&row.name, 14)),
        (Role::Text, column(&row.api, 10)),
        (outcome::role_of(row), column(&outcome::words(row, 14), 14)),
        (Role::Dim, format!("{} ms", text::millis(row.took)).into()),
    ];
    pen.line(line, pieces);
}

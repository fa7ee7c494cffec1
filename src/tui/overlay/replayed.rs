//! What came of a replay: the same, or each place that differs.

use ratatui::layout::Rect;
use serde_json::Value;

use super::{centred, framed};
use crate::domain::effect::{Edited, Fate};
use crate::domain::replay::IGNORED;
use crate::flows::replay::{Differing, Total};
use crate::tui::action::Action;
use crate::tui::model::Model;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::{Cursor, Pen};

/// The widest it is.
const WIDEST: u16 = 120;
/// Characters of a value that are shown.
const LONGEST: usize = 400;

/// A call that was sent again.
#[derive(Debug)]
pub(crate) struct Call {
    /// Its record.
    pub(crate) seq: u64,
    /// Which it was, in a line.
    pub(crate) title: String,
    /// Why there was no answer.
    pub(crate) error: Option<String>,
    /// How it ended then and now.
    pub(crate) ended: Option<(String, String)>,
    /// Where the answers differ.
    pub(crate) differing: Vec<Differing>,
    /// Places that were left out of account.
    pub(crate) ignored: usize,
    /// Places that differ as the request does that was edited.
    pub(crate) as_edited: usize,
    /// What the answer of now changes in the request; of one call alone.
    pub(crate) edits: Vec<Edited>,
}

/// What came of all of them.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// Counted.
    pub(crate) total: Total,
    /// Who answered.
    pub(crate) against: String,
    /// The request was another one than was received.
    pub(crate) edited: bool,
    /// One call was meant.
    pub(crate) single: bool,
    /// Those that were answered otherwise, the first of them; of one call alone that one, however it was answered.
    pub(crate) calls: Vec<Call>,
}

/// It, and where one is in it.
pub(crate) struct Replayed {
    outcome: Outcome,
    /// Which call.
    cursor: Cursor,
    /// The first visible line of its differences.
    top: usize,
}

impl Outcome {
    /// Whether every answer is the recorded one, but for what was edited in its request.
    pub(crate) fn is_same(&self) -> bool {
        let but_for_the_edit =
            |call: &Call| call.error.is_none() && call.differing.is_empty() && call.as_edited > 0;
        self.total.same == self.total.replayed
            || self.single && self.edited && self.calls.iter().all(but_for_the_edit)
    }

    /// In a line.
    pub(crate) fn words(&self) -> String {
        let Total { replayed, same, ignored, left_out, .. } = self.total;
        if self.single && replayed == 1 {
            let edited = if self.edited { ", edited," } else { "" };
            let how = match (self.is_same(), same) {
                (true, 0) => "as it was recorded, but for the edit",
                (true, _) => "as it was recorded",
                (false, _) => "otherwise",
            };
            return format!("the call{edited} is answered by {} {how}", self.against);
        }
        let against = &self.against;
        let counted = |number, what: &str| match number {
            0 => String::new(),
            number => format!("; {} {what}", text::count(number)),
        };
        let [replayed, same, other] = [replayed, same, replayed - same].map(text::count);
        format!(
            "{replayed} replayed against {against}: {same} as recorded, {other} otherwise{}{}",
            counted(ignored, "differences left out of account"),
            counted(left_out, "could not be sent")
        )
    }
}

impl Replayed {
    /// At its first call.
    pub(crate) fn new(outcome: Outcome) -> Self {
        Self { outcome, cursor: Cursor::default(), top: 0 }
    }

    /// The record of the selected call.
    pub(crate) fn selected(&self) -> Option<u64> {
        self.outcome.calls.get(self.cursor.at).map(|call| call.seq)
    }

    fn lists(&self) -> bool {
        !self.outcome.single && !self.outcome.calls.is_empty()
    }

    /// Rows for the list of calls, and for what is said of one.
    fn parts(&self, area: Rect) -> (usize, usize) {
        let room = usize::from(area.height.saturating_sub(4));
        if !self.lists() {
            return (0, room);
        }
        let list = self.outcome.calls.len().min(room / 2).max(1);
        (list, room.saturating_sub(list + 1))
    }

    /// Moves in the list; where there is one call alone, in what is said of it.
    pub(crate) fn act(&mut self, action: Action, area: Rect) {
        let (list, page) = self.parts(area);
        let before = self.cursor.at;
        if self.lists() && !matches!(action, Action::Left | Action::Right) {
            self.cursor.act(action, self.outcome.calls.len(), list);
            if self.cursor.at != before {
                self.top = 0;
            }
            return;
        }
        let lines = self.lines(width(area)).len();
        self.top = match action {
            Action::Up => self.top.saturating_sub(1),
            Action::Down => self.top + 1,
            Action::PageUp | Action::Left => self.top.saturating_sub(page.max(1)),
            Action::PageDown | Action::Right => self.top + page.max(1),
            Action::Top => 0,
            Action::Bottom => lines,
            _ => self.top,
        };
        self.top = self.top.min(lines.saturating_sub(page));
    }

    /// What is said of the selected call.
    fn lines(&self, width: usize) -> Vec<(Role, String)> {
        let mut lines = Vec::new();
        let mut say = |role: Role, indent: usize, what: &str| {
            let room = width.saturating_sub(indent).max(8);
            for line in text::wrap(&text::clean(what), room) {
                lines.push((role, " ".repeat(indent) + &line));
            }
        };
        let Some(call) = self.outcome.calls.get(self.cursor.at) else { return lines };
        if let Some((then, now)) = &call.ended {
            if then == now {
                say(Role::Dim, 0, &format!("{now}, then and now"));
            } else {
                say(Role::Warning, 0, &format!("then {then}, now {now}"));
            }
        }
        if let Some(error) = &call.error {
            say(Role::Error, 0, &format!("✗ no answer: {error}"));
        }
        for Differing { path, old, new } in &call.differing {
            say(Role::Text, 0, &format!("~ {path}"));
            if let Some(old) = old {
                say(Role::Refused, 2, &format!("- {}", shown(old)));
            }
            if let Some(new) = new {
                say(Role::Changed, 2, &format!("+ {}", shown(new)));
            }
        }
        if call.as_edited > 0 {
            let places = if call.as_edited == 1 { "place differs" } else { "places differ" };
            say(Role::Dim, 0, &format!("{} {places} as the request was edited", call.as_edited));
        }
        if call.ignored > 0 {
            let names = IGNORED.join(", ");
            let said = format!("{} differences left out of account: {names}", call.ignored);
            say(Role::Dim, 0, &said);
        }
        if !call.edits.is_empty() {
            say(Role::Text, 0, "");
            say(Role::Heading, 0, "what this answer changes");
        }
        for edit in &call.edits {
            let (role, sign) = match edit.fate {
                Fate::Applied => (Role::Good, "✓"),
                Fate::Ignored => (Role::Warning, "⚠"),
                Fate::Breaks => (Role::Error, "✗"),
                Fate::Depends => (Role::Hint, "?"),
            };
            let path = edit.change.path.join(".");
            let value = edit.change.after.as_ref().map(shown).unwrap_or_default();
            say(role, 0, &format!("{sign} {path}  {value}"));
            say(Role::Dim, 2, &edit.why);
        }
        lines
    }

    pub(super) fn draw(&self, model: &Model, pen: &mut Pen<'_>, area: Rect) {
        let columns = width(area);
        let (list, page) = self.parts(area);
        let lines = self.lines(columns);
        let heads = text::wrap(&self.outcome.words(), columns);
        let said = lines.len().min(page);
        let rows = heads.len() + list + usize::from(list > 0) + said;
        let height = u16::try_from(rows).unwrap_or(area.height).saturating_add(2);
        let key = |action| model.keymap.key(action).unwrap_or_default();
        let mut keys = format!("{} back", key(Action::Close));
        if self.lists() {
            keys = format!("{} to the record   ↑↓ call   ←→ more   {keys}", key(Action::Accept));
        } else if lines.len() > page {
            let until = (self.top + page).min(lines.len());
            keys = format!("{keys}   ↑↓ {}–{until} of {}", self.top + 1, lines.len());
        }
        let inner = framed(pen, centred(area, WIDEST, height), "Replay", &keys);
        let mut y = inner.y;
        let (role, sign) =
            if self.outcome.is_same() { (Role::Good, "✓") } else { (Role::Warning, "⚠") };
        for (at, head) in heads.iter().enumerate() {
            let sign = if at == 0 { sign } else { " " };
            pen.put(inner.x, y, inner.width, &format!("{sign} {head}"), role);
            y += 1;
        }
        let visible = self.outcome.calls.iter().enumerate().skip(self.cursor.top).take(list);
        for (at, call) in visible {
            let row = Rect { x: inner.x, y, width: inner.width, height: 1 };
            let title = Rect { x: row.x + 2, width: row.width.saturating_sub(2), ..row };
            let count = match (&call.error, call.differing.len()) {
                (Some(_), _) => "no answer".to_owned(),
                (None, 1) => "1 place".to_owned(),
                (None, places) => format!("{places} places"),
            };
            let wide = u16::try_from(text::width(&count) + 2).unwrap_or(0);
            let room = title.width.saturating_sub(wide);
            pen.put(title.x, y, room, &text::clean(&call.title), Role::Text);
            pen.put(title.x + room, y, wide, &format!("  {count}"), Role::Dim);
            if at == self.cursor.at {
                pen.select(row, true);
            }
            y += 1;
        }
        y += u16::from(list > 0);
        for (role, line) in lines.iter().skip(self.top).take(page) {
            if y >= inner.bottom() {
                break;
            }
            pen.put(inner.x, y, inner.width, line, *role);
            y += 1;
        }
    }
}

fn width(area: Rect) -> usize {
    usize::from(area.width.min(WIDEST).saturating_sub(6))
}

fn shown(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

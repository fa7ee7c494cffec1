//! The calls of one HTTP request, from hook to hook, with those that did not come and why.

use std::borrow::Cow;

use ratatui::layout::Rect;

use super::{centred, framed};
use crate::capture::{Found, Row};
use crate::domain::trail::{Basis, Origin, Plan, Step, Why, steps};
use crate::tui::action::Action;
use crate::tui::pane::stream::outcome;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::{Align, Column, Cursor, Pen, place};

/// The widest it is.
const WIDEST: u16 = 120;

/// Under load each batch may have more of it; looking for it takes milliseconds.
const AGAIN: jiff::SignedDuration = jiff::SignedDuration::from_millis(300);

/// Columns of a hook; that of the rule grows.
const COLUMNS: [Column; 6] = [
    Column::new("HOOK", 13, 0, 0, Align::Left),
    Column::new("NAME", 18, 2, 0, Align::Left),
    Column::new("OUTCOME", 14, 0, 0, Align::Left),
    Column::new("TOOK", 6, 0, 0, Align::Right),
    Column::new("AFTER", 8, 0, 2, Align::Right),
    Column::new("RULE", 8, 3, 1, Align::Left),
];

/// The first column of what is said of a hook that did not come.
const OUTCOME: usize = 2;

/// What is known of the request.
enum State {
    /// It is being looked for.
    Looking,
    /// The record is gone, or is no call.
    Gone,
    /// Its calls.
    Found(Box<Found>),
}

/// The overlay.
pub(crate) struct Flow {
    /// The call that it was opened on.
    pub(crate) seq: u64,
    state: State,
    /// It is being looked for again.
    asked: bool,
    /// The number of the record that came next when it was looked for.
    looked_at: u64,
    /// When it was asked for last.
    asked_at: Option<jiff::Timestamp>,
    steps: Vec<Step>,
    expected: Option<Expected>,
    cursor: Cursor,
    /// The cursor is where the call is that it was opened on.
    placed: bool,
}

/// What its calls are compared with.
struct Expected {
    origin: Origin,
    /// The Gateway has the bundle that the definition names.
    is_current: bool,
}

/// A hook on the screen.
pub(crate) enum Selected {
    /// A call, by its record.
    Call(u64),
    /// Why one did not come.
    Missing(String),
}

impl Flow {
    /// Of this call, which is being looked for.
    pub(crate) fn of(seq: u64) -> Self {
        Self {
            seq,
            state: State::Looking,
            asked: true,
            looked_at: 0,
            asked_at: None,
            steps: Vec::new(),
            expected: None,
            cursor: Cursor::default(),
            placed: false,
        }
    }

    /// Whether it is to be looked for again: `next` is the number of the record that comes next. Asked once, it is
    /// on its way.
    pub(crate) fn wants(&mut self, next: u64, now: jiff::Timestamp) -> bool {
        let may_grow = match &self.state {
            State::Found(found) => found.may_grow(now),
            State::Looking | State::Gone => false,
        };
        let is_soon = self.asked_at.is_some_and(|at| now.duration_since(at) < AGAIN);
        let wants = may_grow && !self.asked && !is_soon && next != self.looked_at;
        if wants {
            (self.asked, self.asked_at) = (true, Some(now));
        }
        wants
    }

    /// What was found; `next` as it was when it was looked for.
    pub(crate) fn found(&mut self, found: Option<Box<Found>>, next: u64) {
        self.asked = false;
        self.looked_at = next;
        self.state = match (found, std::mem::replace(&mut self.state, State::Gone)) {
            // What was seen stays, if the ring has forgotten it.
            (Some(found), _) | (None, State::Found(found)) => State::Found(found),
            (None, _) => State::Gone,
        };
    }

    /// The API of the request, and the `bundle_hash` of its calls.
    pub(crate) fn api(&self) -> Option<(&str, &str)> {
        let State::Found(found) = &self.state else { return None };
        Some((&found.trail.records.first()?.row.api, &found.bundle_hash))
    }

    /// Lays the hooks out, by this plan where a definition is known.
    pub(crate) fn lay_out(&mut self, plan: Option<Plan>, now: jiff::Timestamp, page: usize) {
        let State::Found(found) = &self.state else { return };
        let plan = plan.unwrap_or_else(|| found.others.clone());
        let circumstances = found.circumstances(now);
        self.steps = steps(&found.trail.came(), Some(&plan), &circumstances);
        let is_current = plan.is_of(&found.bundle_hash);
        self.expected = Some(Expected { origin: plan.origin, is_current });
        if !self.placed {
            self.placed = true;
            let is_it = |step: &Step| match step {
                Step::Came { call, .. } => found.trail.records[*call].row.seq == self.seq,
                Step::Missing { .. } => false,
            };
            self.cursor.at = self.steps.iter().position(is_it).unwrap_or(0);
        }
        self.cursor.show(self.steps.len(), page);
    }

    /// Whether what is said of a hook that did not come hangs on the time that has passed.
    pub(crate) fn waits(&self) -> bool {
        let is_waiting = |step: &Step| matches!(step, Step::Missing { why: Why::NotYet, .. });
        self.steps.iter().any(is_waiting)
    }

    /// The selected hook.
    pub(crate) fn selected(&self) -> Option<Selected> {
        let State::Found(found) = &self.state else { return None };
        Some(match self.steps.get(self.cursor.at)? {
            Step::Came { call, .. } => Selected::Call(found.trail.records.get(*call)?.row.seq),
            Step::Missing { phase, why, .. } => {
                Selected::Missing(format!("{} did not come: {why}", phase.word()))
            }
        })
    }

    /// How many hooks are visible in this area.
    pub(crate) fn page(&self, area: Rect) -> usize {
        usize::from(area.height.saturating_sub(2)).saturating_sub(self.said().len() + 1).max(1)
    }

    /// Moves.
    pub(crate) fn act(&mut self, action: Action, area: Rect) {
        let page = self.page(area);
        self.cursor.act(action, self.steps.len(), page);
    }

    fn title(&self) -> String {
        let first = match &self.state {
            State::Found(found) => found.trail.records.first(),
            State::Looking | State::Gone => None,
        };
        let Some(first) = first else { return "Request flow".into() };
        let Row { api, method, path, .. } = &first.row;
        format!("Request flow · {api} · {method} {path}")
    }

    /// What stands above the hooks.
    fn said(&self) -> Vec<(Role, String)> {
        let State::Found(found) = &self.state else { return Vec::new() };
        let mut said = vec![basis(found)];
        let came = found.trail.records.len();
        let missing = self.steps.len() - came.min(self.steps.len());
        let hooks = if came == 1 { "1 hook came".to_owned() } else { format!("{came} hooks came") };
        let not = if missing > 0 { format!(", {missing} did not") } else { String::new() };
        let took = text::millis(found.took());
        let counts = format!("{hooks}{not} · {took} ms in plugins");
        said.push((Role::Text, counts));
        said.extend(self.expected.iter().map(Expected::said));
        if self.expected.as_ref().is_some_and(|expected| !expected.is_current) {
            let warning =
                "⚠ the Gateway made these calls with another bundle than the definition names";
            said.push((Role::Warning, warning.into()));
        }
        said
    }

    pub(super) fn draw(&self, pen: &mut Pen<'_>, area: Rect) {
        let width = area.width.min(WIDEST);
        let said = self.said();
        let hooks = self.steps.len().max(1);
        let height = u16::try_from(said.len() + hooks + 1).unwrap_or(area.height);
        let keys = "enter go to it   ↑↓ hook   esc back";
        let keys = if self.steps.is_empty() { "esc back" } else { keys };
        let title =
            text::fit_middle(&self.title(), usize::from(width.saturating_sub(6))).into_owned();
        let inner = framed(pen, centred(area, width, height.saturating_add(2)), &title, keys);
        let mut y = inner.y;
        match &self.state {
            State::Found(found) => {
                for (role, line) in said {
                    if y < inner.bottom() {
                        pen.put(inner.x, y, inner.width, &line, role);
                    }
                    y += 1;
                }
                let rest = Rect { y, height: inner.bottom().saturating_sub(y), ..inner };
                self.draw_steps(found, pen, rest);
            }
            State::Looking => {
                pen.put(inner.x, y, inner.width, "Looking for its calls…", Role::Dim);
            }
            State::Gone => {
                let said = "Nothing: only calls of hooks that are still captured are of a request.";
                pen.put(inner.x, y, inner.width, said, Role::Dim);
            }
        }
    }

    fn draw_steps(&self, found: &Found, pen: &mut Pen<'_>, area: Rect) {
        if area.height == 0 {
            return;
        }
        let line = Rect { x: area.x + 2, width: area.width.saturating_sub(2), height: 1, ..area };
        let placed = place(&COLUMNS, line.width);
        for column in &placed {
            column.heading(pen, line, &COLUMNS[column.index]);
        }
        let visible = self.steps.iter().enumerate().skip(self.cursor.top);
        for (y, (at, step)) in (area.y + 1..area.bottom()).zip(visible) {
            let line = Rect { y, ..line };
            match step {
                Step::Came { call, expected } => {
                    let row = &found.trail.records[*call].row;
                    let after = after(found, row);
                    for column in &placed {
                        let (role, what) = cell(column.index, row, &after, *expected, column.width);
                        column.cell(pen, line, COLUMNS[column.index].align, &what, role);
                    }
                }
                Step::Missing { phase, name, why } => {
                    let role = Role::Dim;
                    pen.put(area.x, y, 1, "○", role);
                    let whole = line.x + line.width;
                    for column in placed.iter().filter(|column| column.index <= OUTCOME) {
                        match column.index {
                            0 => column.cell(pen, line, Align::Left, phase.word(), role),
                            1 => column.cell(pen, line, Align::Left, name, role),
                            _ => {
                                let x = line.x + column.x;
                                pen.put(x, y, whole.saturating_sub(x), &why.to_string(), role);
                            }
                        }
                    }
                }
            }
            if at == self.cursor.at {
                pen.select(Rect { y, height: 1, ..area }, true);
            }
        }
    }
}

/// From the first call of the request to this one.
fn after(found: &Found, row: &Row) -> String {
    let first = found.trail.records.first().map_or(row.at, |first| first.row.at);
    let since = row.at.duration_since(first);
    let since = std::time::Duration::try_from(since).unwrap_or_default();
    format!("+{}", text::millis(since))
}

fn cell<'a>(
    index: usize,
    row: &'a Row,
    after: &'a str,
    expected: bool,
    width: u16,
) -> (Role, Cow<'a, str>) {
    match index {
        0 => (Role::Text, row.hook.word().into()),
        1 if !expected => (Role::Warning, format!("{} (not expected)", row.name).into()),
        1 => (Role::Text, (&*row.name).into()),
        OUTCOME => (outcome::role_of(row), outcome::words(row, width)),
        3 => (Role::Text, text::millis(row.took).into()),
        4 => (Role::Dim, after.into()),
        _ => (Role::Text, row.rule.as_deref().unwrap_or_default().into()),
    }
}

/// By what the calls were put together.
fn basis(found: &Found) -> (Role, String) {
    let trace = found.trail.records.first().and_then(|record| record.exchange.trace);
    match (found.trail.basis, trace) {
        (Basis::Trace, Some(trace)) => (Role::Good, format!("by traceparent: {trace}")),
        (Basis::Trace, None) => (Role::Good, "by traceparent".into()),
        (Basis::Mark, _) => (Role::Good, "by the mark of the request that was sent here".into()),
        (Basis::Guess { rivals: false }, _) if found.trail.records.len() == 1 => {
            (Role::Hint, "a guess: no other call looks like one of the same request".into())
        }
        (Basis::Guess { rivals: false }, _) => {
            (Role::Hint, "a guess: by time, method, URI and headers".into())
        }
        (Basis::Guess { rivals: true }, _) => (
            Role::Warning,
            "a guess, by time alone: another request looked the same just then".into(),
        ),
    }
}

impl Expected {
    fn said(&self) -> (Role, String) {
        let said = match &self.origin {
            Origin::Definition(name) => format!("expected by {name}"),
            Origin::Bundle { definition, bundle } => {
                format!("expected by {definition}, hooks by the manifest of {bundle}")
            }
            Origin::UnknownBundle { definition, bundle } => {
                let said =
                    format!("{definition} takes its hooks from {bundle}, which is not known here");
                return (Role::Hint, said);
            }
            Origin::Others => {
                let said =
                    "expected by other requests to this API: its definition is not open in pane 2";
                return (Role::Hint, said.into());
            }
        };
        (Role::Dim, said)
    }
}

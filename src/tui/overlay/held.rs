//! The Dispatches that are held: which, for how long yet, and what came and is proposed.

use std::collections::BTreeSet;
use std::sync::Arc;

use ratatui::layout::Rect;
use serde_json::Value;

use super::{centred, framed};
use crate::dispatch::Held;
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::holding::{Holding, Waiting};
use crate::tui::model::Model;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::tree::Tree;
use crate::tui::widget::{Cursor, Pen};

/// The list, and the selected one's JSON below it.
#[derive(Default)]
pub(crate) struct HeldList {
    /// The selected one; others come and go around it.
    pub(crate) selected: Option<u64>,
    cursor: Cursor,
    in_json: bool,
    /// Those whose secrets the user has asked for.
    shown: BTreeSet<u64>,
    asked: Option<(u64, bool)>,
    open: Option<(u64, bool, Tree)>,
}

/// Where its parts are.
struct Parts {
    frame: Rect,
    rows: Rect,
    json: Rect,
}

fn parts(holding: &Holding, area: Rect) -> Parts {
    let inner = Rect {
        x: area.x + 2,
        y: area.y + 1,
        width: area.width.saturating_sub(4),
        height: area.height.saturating_sub(2),
    };
    let wanted = u16::try_from(holding.held.len().max(1)).unwrap_or(u16::MAX);
    let list = wanted.min(inner.height / 3).max(1).min(inner.height);
    let rows = Rect { height: list, ..inner };
    let json =
        Rect { y: inner.y + list + 1, height: inner.height.saturating_sub(list + 1), ..inner };
    Parts { frame: area, rows, json }
}

/// Rows for the list, and for the JSON.
pub(crate) fn pages(holding: &Holding, area: Rect) -> (usize, usize) {
    let parts = parts(holding, area);
    (parts.rows.height.into(), parts.json.height.into())
}

impl HeldList {
    /// Whether the secrets of one are shown.
    pub(crate) fn is_shown(&self, id: u64) -> bool {
        self.shown.contains(&id)
    }

    /// Shows or hides the secrets of the selected one.
    pub(crate) fn toggle_secrets(&mut self) {
        if let Some(id) = self.selected
            && !self.shown.remove(&id)
        {
            self.shown.insert(id);
        }
    }

    /// Keeps the selection on one that is held, and visible.
    pub(crate) fn settle(&mut self, holding: &Holding, rows: usize) {
        let at = holding.held.iter().position(|waiting| Some(waiting.held.id) == self.selected);
        self.cursor.at = at.unwrap_or(self.cursor.at);
        self.cursor.show(holding.held.len(), rows);
        let selected = holding.held.get(self.cursor.at);
        self.selected = selected.map(|waiting| waiting.held.id);
        if self.selected.is_none() {
            self.in_json = false;
        }
    }

    /// Asks for the JSON of the selected one where it is not there yet.
    pub(crate) fn wanted(&mut self) -> Option<Effect> {
        let id = self.selected?;
        let wanted = (id, self.is_shown(id));
        let open = self.open.as_ref().map(|(id, shown, _)| (*id, *shown));
        if open == Some(wanted) || self.asked == Some(wanted) {
            return None;
        }
        self.asked = Some(wanted);
        Some(Effect::DecodeHeld { id, shown: wanted.1 })
    }

    /// The JSON of one.
    pub(crate) fn decoded(&mut self, id: u64, shown: bool, document: Arc<Value>, page: usize) {
        let tree = Tree::new(document);
        let tree = match &self.open {
            Some((_, _, open)) => tree.like(open, page),
            None => tree,
        };
        self.open = Some((id, shown, tree));
        self.asked = None;
    }

    /// Moves in the list, or in the JSON.
    pub(crate) fn act(&mut self, holding: &Holding, action: Action, (rows, page): (usize, usize)) {
        match (action, &mut self.open) {
            (Action::Focus | Action::FocusBack, _) => {
                self.in_json = !self.in_json && self.selected.is_some();
            }
            (Action::Accept | Action::Right, _) if !self.in_json => {
                self.in_json = self.selected.is_some();
            }
            (action, Some((_, _, tree))) if self.in_json => {
                tree.act(action, page);
            }
            (action, _) => {
                self.cursor.act(action, holding.held.len(), rows);
                let selected = holding.held.get(self.cursor.at);
                self.selected = selected.map(|waiting| waiting.held.id);
            }
        }
    }

    /// Back from the JSON; false where the focus is on the list.
    pub(crate) fn leave(&mut self) -> bool {
        std::mem::take(&mut self.in_json)
    }

    pub(super) fn draw(&self, model: &Model, pen: &mut Pen<'_>, area: Rect) {
        let holding = &model.holding;
        let parts = parts(holding, area);
        let key = |action| model.keymap.key(action).unwrap_or_default();
        let keys = [
            (Action::LetGo, "let go"),
            (Action::EditHeld, "edit"),
            (Action::OverrideHeld, "override"),
            (Action::HoldOn, "more time"),
            (Action::LetAllGo, "all"),
            (Action::HeldSecrets, "secrets"),
            (Action::Close, "back"),
        ];
        let keys = keys.map(|(action, word)| format!("{} {word}", key(action))).join("  ");
        let title = match holding.held.len() {
            0 => "Held".to_owned(),
            count => format!("Held: {count} of at most {}", holding.most),
        };
        if holding.held.is_empty() {
            let said = match holding.breakpoints.len() {
                0 => format!(
                    "Nothing is held. {} in 6 Stream sets a breakpoint.",
                    key(Action::Break)
                ),
                _ => "Nothing is held just now.".to_owned(),
            };
            let close = format!("{} back", key(Action::Close));
            let inner = framed(pen, centred(area, 64, 3), &title, &close);
            pen.put(inner.x, inner.y, inner.width, &said, Role::Dim);
            return;
        }
        framed(pen, parts.frame, &title, &keys);
        let visible = holding.held.iter().skip(self.cursor.top).take(parts.rows.height.into());
        for (y, waiting) in (parts.rows.y..).zip(visible) {
            let row = Rect { y, height: 1, ..parts.rows };
            let line = Rect { x: row.x + 2, width: row.width.saturating_sub(2), ..row };
            draw_waiting(pen, line, waiting);
            if Some(waiting.held.id) == self.selected {
                pen.select(row, !self.in_json);
            }
        }
        if parts.json.height == 0 {
            return;
        }
        let across = "─".repeat(parts.json.width.into());
        pen.put(parts.json.x, parts.json.y - 1, parts.json.width, &across, Role::Border);
        let Some((id, shown, tree)) = &self.open else { return };
        if Some(*id) != self.selected {
            return;
        }
        if *shown {
            pen.put(
                parts.json.x + 2,
                parts.json.y - 1,
                parts.json.width,
                " secrets shown ",
                Role::Warning,
            );
        }
        tree.draw(pen, parts.json, self.in_json);
    }
}

/// `held 27 s  auth_check orders GET /v1/orders  refused 401  by hook auth_check`.
pub(crate) fn draw_waiting(pen: &mut Pen<'_>, line: Rect, waiting: &Waiting) {
    let Held { record, by, .. } = &*waiting.held;
    let row = &record.row;
    let countdown = text::right(&waiting.countdown(), 6);
    let status = row.status.map(|status| format!("  → {status}")).unwrap_or_default();
    let by = format!("   {by}");
    let fixed = 4 + text::width(&countdown) + 2 + text::width(&status) + text::width(&by);
    let mut what = Vec::new();
    for part in [row.hook.word(), &*row.api, &*row.method] {
        if !part.is_empty() {
            what.push(text::clean(part).into_owned());
        }
    }
    let what = what.join(" ");
    let room = usize::from(line.width).saturating_sub(fixed + text::width(&what) + 1);
    let path = text::fit_url(&row.path, room.max(8)).into_owned();
    pen.line(
        line,
        [
            (Role::Held, "held".into()),
            (Role::Held, countdown.into()),
            (Role::Text, format!("  {what} ").into()),
            (Role::Text, path.into()),
            (Role::Refused, status.into()),
            (Role::Dim, by.into()),
        ],
    );
}

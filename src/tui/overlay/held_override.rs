//! The override that a held Dispatch is answered with.

use ratatui::layout::Rect;

use super::{centred, framed};
use crate::domain::object::Overrides;
use crate::tui::action::Action;
use crate::tui::model::Model;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::{Field, Pen};

/// Columns of the words in front of the fields.
const WORDS: usize = 9;

/// Most headers.
const HEADERS: usize = 8;

/// The form: status, error, body, headers. An empty header stands behind the last one.
#[derive(Clone)]
pub(crate) struct HeldOverride {
    /// Of which Dispatch.
    pub(crate) id: u64,
    /// Why what was typed is no override.
    pub(crate) wrong: Option<String>,
    is_response: bool,
    fields: Vec<Field>,
    at: usize,
}

impl HeldOverride {
    /// Of a Dispatch; a response hook's is written into the upstream's answer.
    pub(crate) fn new(id: u64, is_response: bool) -> Self {
        let fields = ["403", "", "", ""].map(Field::new).into();
        Self { id, wrong: None, is_response, fields, at: 0 }
    }

    /// The field that takes what is typed.
    pub(crate) fn field(&mut self) -> Option<&mut Field> {
        self.fields.get_mut(self.at)
    }

    /// Moves between fields.
    pub(crate) fn act(&mut self, action: Action) {
        let last = self.fields.len() - 1;
        if !self.fields[last].text().is_empty() && last < HEADERS + 2 {
            self.fields.push(Field::default());
        }
        let last = self.fields.len() - 1;
        self.at = match action {
            Action::Up | Action::FocusBack => self.at.checked_sub(1).unwrap_or(last),
            Action::Down | Action::Focus => (self.at + 1) % (last + 1),
            _ => self.at,
        };
    }

    /// What was typed; the error says what of it is none.
    pub(crate) fn overrides(&self) -> Result<Overrides, String> {
        let text = |at: usize| self.fields.get(at).map(Field::text).unwrap_or_default();
        let code = text(0).trim();
        let code = code.parse().map_err(|_| format!("`{code}` is no status: 200 to 599"))?;
        let mut headers = Vec::new();
        for at in 3..self.fields.len() {
            let line = text(at).trim();
            if line.is_empty() {
                continue;
            }
            let split = line.split_once(':').map(|(name, value)| (name.trim(), value.trim()));
            let split = split.filter(|(name, _)| {
                !name.is_empty() && http::HeaderName::from_bytes(name.as_bytes()).is_ok()
            });
            let (name, value) = split.ok_or_else(|| format!("`{line}` is no `Name: value`"))?;
            headers.push((name.to_owned(), value.to_owned()));
        }
        let (error, body) = (text(1).to_owned(), text(2).to_owned());
        Ok(Overrides { code, error, body, override_error: false, headers })
    }

    pub(super) fn draw(&self, model: &Model, pen: &mut Pen<'_>, area: Rect) {
        let height = u16::try_from(self.fields.len() + 4).unwrap_or(area.height);
        let left = match model.holding.get(self.id) {
            Some(waiting) => format!("held {}", waiting.countdown()),
            None => "held no more".to_owned(),
        };
        let title = format!("Answer with an override   {left}");
        let keys = "enter answer   ↑↓ tab field   esc back";
        let inner = framed(pen, centred(area, area.width.min(80), height), &title, keys);
        let mut y = inner.y;
        for (at, field) in self.fields.iter().enumerate() {
            let word = ["status", "error", "body", "headers"].get(at).copied().unwrap_or_default();
            let row = Rect { y, height: u16::from(y < inner.bottom()), ..inner };
            let used = pen.put(row.x, y, row.width, &text::left(word, WORDS), Role::Dim);
            let place = Rect { x: row.x + used, width: row.width.saturating_sub(used), ..row };
            let (role, shown) = match (at, field.text()) {
                (1, "") => (Role::Dim, "what the Gateway writes as {\"error\": …}"),
                (2, "") => (Role::Dim, "instead of an error: the whole body"),
                (3.., "") => (Role::Dim, "Name: value"),
                (_, shown) => (Role::Text, shown),
            };
            if at == self.at {
                field.draw(pen, place);
            } else {
                pen.put(place.x, y, place.width, shown, role);
            }
            y += 1;
        }
        let said = match (&self.wrong, self.is_response) {
            (Some(wrong), _) => (Role::Error, format!("✗ {wrong}")),
            (None, true) => {
                (Role::Dim, "A response hook: the upstream's answer is edited so.".to_owned())
            }
            (None, false) => {
                (Role::Dim, "The Gateway answers so; the upstream is not asked.".to_owned())
            }
        };
        if y + 1 < inner.bottom() {
            pen.put(inner.x, y + 1, inner.width, &said.1, said.0);
        }
    }
}

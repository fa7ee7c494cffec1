//! The request that an API is to be tried with.

use ratatui::layout::Rect;

use super::{centred, framed};
use crate::domain::task::Problem;
use crate::flows::trial;
use crate::services::gateway::Request;
use crate::tui::action::Action;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::{Field, Pen};

/// Columns of the words in front of the fields.
const WORDS: usize = 9;

/// The widest it is.
const WIDEST: u16 = 90;

/// Most headers.
const HEADERS: usize = 8;

/// The form: method, path, headers, body. An empty header stands behind the last one.
#[derive(Clone)]
pub(crate) struct Trial {
    /// What is tried, as it is shown.
    title: String,
    /// What it leaves on the Gateway.
    leaves: Vec<String>,
    fields: Vec<Field>,
    at: usize,
}

impl Trial {
    /// For a definition with this name, with what was typed before.
    pub(crate) fn new(name: &str, leaves: Vec<String>, before: Option<&Self>) -> Self {
        let first = || ["GET", "/", "", ""].map(Field::new).into();
        let fields = before.map_or_else(first, |before| before.fields.clone());
        let title = format!("Try {name} on the Gateway, undeployed");
        Self { title, leaves, fields, at: 1 }
    }

    /// The field that takes what is typed.
    pub(crate) fn field(&mut self) -> Option<&mut Field> {
        self.fields.get_mut(self.at)
    }

    /// Moves between fields.
    pub(crate) fn act(&mut self, action: Action) {
        self.renew();
        let last = self.fields.len() - 1;
        self.at = match action {
            Action::Up | Action::FocusBack => self.at.checked_sub(1).unwrap_or(last),
            Action::Down | Action::Focus => {
                if self.at < last {
                    self.at + 1
                } else {
                    0
                }
            }
            _ => self.at,
        };
    }

    /// One empty header is always there to be typed, while there is room.
    fn renew(&mut self) {
        let body = self.fields.len() - 1;
        let is_full = self.fields.get(body - 1).is_some_and(|header| !header.text().is_empty());
        if is_full && body < HEADERS + 2 {
            self.fields.insert(body, Field::default());
            if self.at == body {
                self.at += 1;
            }
        }
    }

    /// The request that was typed.
    pub(crate) fn request(&self) -> Result<Request, Problem> {
        let text = |at: usize| self.fields.get(at).map(Field::text).unwrap_or_default();
        let body = self.fields.len() - 1;
        let headers: Vec<_> =
            (2..body).map(text).map(str::trim).filter(|header| !header.is_empty()).collect();
        trial::request(text(0).trim(), text(1).trim(), &headers, text(body))
    }

    pub(super) fn draw(&self, pen: &mut Pen<'_>, area: Rect) {
        let width = area.width.min(WIDEST);
        let columns = usize::from(width.saturating_sub(4));
        let said = match self.leaves.as_slice() {
            [] => vec!["It leaves nothing on the Gateway.".to_owned()],
            leaves => leaves.iter().map(|left| format!("It leaves: {left}.")).collect(),
        };
        let said: Vec<String> = said.iter().flat_map(|it| text::wrap(it, columns)).collect();
        let height = u16::try_from(self.fields.len() + said.len() + 1).unwrap_or(area.height);
        let keys = "enter try   ↑↓ tab field   esc back";
        let inner = framed(pen, centred(area, width, height.saturating_add(2)), &self.title, keys);
        let body = self.fields.len() - 1;
        let mut y = inner.y;
        for (at, field) in self.fields.iter().enumerate() {
            let word = match at {
                0 => "method",
                1 => "path",
                2 => "headers",
                _ if at == body => "body",
                _ => "",
            };
            let row = Rect { y, height: u16::from(y < inner.bottom()), ..inner };
            let used = pen.put(row.x, y, row.width, &text::left(word, WORDS), Role::Dim);
            let place = Rect { x: row.x + used, width: row.width.saturating_sub(used), ..row };
            if at == self.at {
                field.draw(pen, place);
            } else {
                let (role, shown) = match (at, field.text()) {
                    (_, "") if at >= 2 && at < body => (Role::Dim, "Name: value"),
                    (_, shown) => (Role::Text, shown),
                };
                pen.put(place.x, y, place.width, shown, role);
            }
            y += 1;
        }
        y += 1;
        for line in said.iter().take(usize::from(inner.bottom().saturating_sub(y))) {
            pen.put(inner.x, y, inner.width, line, Role::Dim);
            y += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_grow_as_they_are_typed_and_the_request_has_them() {
        let mut form = Trial::new("orders", Vec::new(), None);
        form.act(Action::Down);
        form.field().unwrap().paste("X-A: 1");
        form.act(Action::Down);
        form.field().unwrap().paste("X-A: 2");
        // Past the empty third one, to the body.
        form.act(Action::Down);
        form.act(Action::Down);
        form.field().unwrap().paste("{}");
        let request = form.request().unwrap();
        assert_eq!((request.method.as_str(), request.path.as_str()), ("GET", "/"));
        assert_eq!(
            (&request.headers["X-A"], request.body.as_str()),
            (&vec!["1".to_owned(), "2".to_owned()], "{}")
        );
        // What was typed is there the next time.
        let mut again = Trial::new("orders", Vec::new(), Some(&form));
        assert_eq!(again.request(), Ok(request));
        again.field().unwrap().paste("x?a=b");
        assert!(again.request().unwrap_err().what.contains("query"));
    }
}

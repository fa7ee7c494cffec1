//! A form of a few lines: each a choice, or a text.

use ratatui::layout::Rect;

use super::{Field, Pen};
use crate::tui::action::Action;
use crate::tui::text;
use crate::tui::theme::Role;

/// Columns of the words in front.
const WORDS: usize = 10;

/// A line of the form.
pub(crate) struct Row {
    word: &'static str,
    value: Value,
    /// It is to be filled in.
    pub(crate) shown: bool,
}

enum Value {
    Choice { choices: Vec<(String, String)>, at: usize },
    Text(Field),
}

impl Row {
    /// One of these, each with what it means.
    pub(crate) fn choice(word: &'static str, choices: Vec<(String, String)>, at: usize) -> Self {
        let at = at.min(choices.len().saturating_sub(1));
        Self { word, value: Value::Choice { choices, at }, shown: true }
    }

    /// A text that is typed.
    pub(crate) fn text(word: &'static str, text: &str) -> Self {
        Self { word, value: Value::Text(Field::new(text)), shown: true }
    }

    /// Which of its choices is chosen.
    pub(crate) fn chosen(&self) -> usize {
        match &self.value {
            Value::Choice { at, .. } => *at,
            Value::Text(_) => 0,
        }
    }

    /// What was typed.
    pub(crate) fn typed(&self) -> &str {
        match &self.value {
            Value::Choice { .. } => "",
            Value::Text(field) => field.text().trim(),
        }
    }

    /// Puts another text there.
    pub(crate) fn set(&mut self, text: &str) {
        self.value = Value::Text(Field::new(text));
    }

    /// Chooses another.
    pub(crate) fn choose(&mut self, to: usize) {
        if let Value::Choice { choices, at } = &mut self.value {
            *at = to.min(choices.len().saturating_sub(1));
        }
    }
}

/// The form.
pub(crate) struct Options {
    /// Its lines.
    pub(crate) rows: Vec<Row>,
    at: usize,
}

impl Options {
    /// With these lines; the first is selected.
    pub(crate) fn new(rows: Vec<Row>) -> Self {
        Self { rows, at: 0 }
    }

    /// How many lines are shown.
    pub(crate) fn len(&self) -> usize {
        self.rows.iter().filter(|row| row.shown).count()
    }

    /// The text that takes what is typed, where one is selected.
    pub(crate) fn field(&mut self) -> Option<&mut Field> {
        match self.rows.get_mut(self.at).map(|row| &mut row.value) {
            Some(Value::Text(field)) => Some(field),
            _ => None,
        }
    }

    /// Selects a line.
    pub(crate) fn select(&mut self, at: usize) {
        self.at = at;
    }

    /// Moves between lines, and between the choices of one.
    pub(crate) fn act(&mut self, action: Action) {
        let step = match action {
            Action::Up | Action::FocusBack => -1,
            Action::Down | Action::Focus => 1,
            _ => 0,
        };
        if step != 0 {
            let mut at = self.at;
            for _ in 0..self.rows.len() {
                at = (at + self.rows.len()).saturating_add_signed(step) % self.rows.len();
                if self.rows[at].shown {
                    break;
                }
            }
            self.at = at;
        }
        if let Some(Value::Choice { choices, at }) =
            self.rows.get_mut(self.at).map(|row| &mut row.value)
        {
            let many = choices.len().max(1);
            *at = match action {
                Action::Left => (*at + many - 1) % many,
                Action::Right => (*at + 1) % many,
                _ => *at,
            };
        }
    }

    /// Draws its lines; returns the area below.
    pub(crate) fn draw(&self, pen: &mut Pen<'_>, area: Rect) -> Rect {
        let mut y = area.y;
        for (at, row) in self.rows.iter().enumerate().filter(|(_, row)| row.shown) {
            if y >= area.bottom() {
                break;
            }
            let line = Rect { y, height: 1, ..area };
            let word = format!("  {}", text::left(row.word, WORDS));
            let used = pen.put(line.x, y, line.width, &word, Role::Dim);
            let place = Rect { x: line.x + used, width: line.width.saturating_sub(used), ..line };
            let selected = at == self.at;
            match &row.value {
                Value::Text(field) if selected => field.draw(pen, place),
                Value::Text(field) => {
                    pen.put(place.x, y, place.width, field.text(), Role::Text);
                }
                Value::Choice { choices, at } => {
                    let (name, about) = choices.get(*at).cloned().unwrap_or_default();
                    let name = if choices.len() > 1 { format!("‹ {name} ›") } else { name };
                    let about = if about.is_empty() { about } else { format!("  {about}") };
                    pen.line(place, [(Role::Text, name.into()), (Role::Dim, about.into())]);
                }
            }
            if selected {
                if !matches!(row.value, Value::Text(_)) {
                    pen.tint(line, Role::Selected);
                }
                pen.put(line.x, y, 1, "▌", Role::Focus);
            }
            y += 1;
        }
        Rect { y, height: area.bottom().saturating_sub(y), ..area }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_shown_is_stepped_over_and_choices_go_round() {
        let choices = || ["a", "b", "c"].map(|name| (name.to_owned(), String::new())).into();
        let mut form = Options::new(vec![
            Row::choice("one", choices(), 0),
            Row::text("two", "x"),
            Row::choice("three", choices(), 9),
        ]);
        form.rows[1].shown = false;
        assert_eq!((form.len(), form.rows[2].chosen()), (2, 2));
        form.act(Action::Left);
        assert_eq!(form.rows[0].chosen(), 2);
        form.act(Action::Down);
        form.act(Action::Right);
        assert_eq!(form.rows[2].chosen(), 0);
        assert!(form.field().is_none());
        form.rows[1].shown = true;
        form.act(Action::Up);
        assert_eq!(form.field().unwrap().text(), "x");
        form.act(Action::Up);
        form.act(Action::Up);
        form.act(Action::Right);
        assert_eq!(form.rows[2].chosen(), 1);
    }
}

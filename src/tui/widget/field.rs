//! A field of one line that takes keys: search, names, paths; masked for a passphrase.

use crossterm::event::{Event, KeyEvent};
use ratatui::layout::{Position, Rect};
use secrecy::SecretString;
use secrecy::zeroize::Zeroize as _;
use tui_input::Input;
use tui_input::backend::crossterm::EventHandler as _;

use super::{Pen, Wants};
use crate::domain::task::Severity;
use crate::tui::text;
use crate::tui::theme::Role;

/// The text under way, and its cursor.
#[derive(Clone, Default)]
pub(crate) struct Field {
    input: Input,
    masked: bool,
    wants: Wants,
}

impl std::fmt::Debug for Field {
    /// Never the text of a masked one.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Field").field(&if self.masked { "…" } else { self.text() }).finish()
    }
}

impl Field {
    /// With this text to begin with.
    pub(crate) fn new(text: &str) -> Self {
        Self { input: Input::new(text.to_owned()), ..Self::default() }
    }

    /// Takes texts of this kind.
    pub(crate) fn wanting(self, wants: Wants) -> Self {
        Self { wants, ..self }
    }

    /// Whether what is typed is checked.
    pub(crate) fn is_checked(&self) -> bool {
        self.wants != Wants::Anything
    }

    /// What is wrong with the text as it stands; an error where it cannot be taken.
    pub(crate) fn mistake(&self) -> Option<(Severity, String)> {
        self.wants.check(self.text())
    }

    /// For a secret: shows a dot for each character.
    pub(crate) fn masked() -> Self {
        Self { masked: true, ..Self::default() }
    }

    /// Whether what is typed is a secret.
    pub(crate) fn is_masked(&self) -> bool {
        self.masked
    }

    /// The text as it stands.
    pub(crate) fn text(&self) -> &str {
        self.input.value()
    }

    /// Takes the secret out; what stood in the field is wiped.
    pub(crate) fn take_secret(&mut self) -> SecretString {
        let mut text = self.input.value_and_reset();
        let secret = SecretString::from(text.as_str());
        text.zeroize();
        secret
    }

    /// The cursor's place in the text, in bytes.
    pub(crate) fn cursor(&self) -> usize {
        let before = self.text().char_indices().nth(self.input.cursor());
        before.map_or(self.text().len(), |(at, _)| at)
    }

    /// Puts another text there, with the cursor at this byte.
    pub(crate) fn set(&mut self, text: &str, cursor: usize) {
        let cursor = text.get(..cursor).unwrap_or(text).chars().count();
        self.input = Input::new(text.to_owned()).with_cursor(cursor);
    }

    /// Edits by a key; false where the key edits nothing.
    pub(crate) fn key(&mut self, event: KeyEvent) -> bool {
        self.input.handle_event(&Event::Key(event)).is_some()
    }

    /// Inserts what was pasted; line breaks would not be seen in one line, and are spaces.
    pub(crate) fn paste(&mut self, text: &str) {
        // Several lines become one; the end of the last is no part of what was copied.
        let lines: Vec<&str> = text.lines().collect();
        for c in lines.join(" ").chars().filter(|c| !c.is_control()) {
            self.input.handle(tui_input::InputRequest::InsertChar(c));
        }
    }

    /// Draws it as [`Field::draw`] does, each character in the role that its place (in bytes) has; returns how many
    /// columns are scrolled out of sight.
    pub(crate) fn draw_painted(
        &self,
        pen: &mut Pen<'_>,
        area: Rect,
        role: impl Fn(usize) -> Role,
    ) -> usize {
        let cursor = self.input.visual_cursor();
        let room = usize::from(area.width).saturating_sub(1);
        let skip = cursor.saturating_sub(room);
        pen.tint(area, Role::Field);
        let mut column = 0;
        for (at, c) in self.text().char_indices() {
            let mut buffer = [0; 4];
            let shown = text::clean(c.encode_utf8(&mut buffer)).into_owned();
            let wide = text::width(&shown);
            if column >= skip && column + wide <= skip + room + 1 {
                let x = area.x + u16::try_from(column - skip).unwrap_or(0);
                pen.put(x, area.y, area.right().saturating_sub(x), &shown, role(at));
            }
            column += wide;
        }
        let x =
            area.x + u16::try_from(cursor - skip).unwrap_or(0).min(area.width.saturating_sub(1));
        pen.cursor = Some(Position { x, y: area.y });
        skip
    }

    /// Draws it into the first line of an area, scrolled so that the cursor is visible.
    pub(crate) fn draw(&self, pen: &mut Pen<'_>, area: Rect) {
        let area = Rect { height: area.height.min(1), ..area };
        if area.width < 2 || area.height == 0 {
            return;
        }
        pen.tint(area, Role::Field);
        let shown = if self.masked {
            "•".repeat(self.text().chars().count())
        } else {
            self.text().to_owned()
        };
        let cursor = if self.masked { self.input.cursor() } else { self.input.visual_cursor() };
        let room = usize::from(area.width) - 1;
        let skip = cursor.saturating_sub(room);
        let mut skipped = 0;
        let visible: String = text::clean(&shown)
            .chars()
            .skip_while(|c| {
                let before = skipped;
                skipped += text::width(c.encode_utf8(&mut [0; 4]));
                before < skip
            })
            .collect();
        pen.put(area.x, area.y, area.width, &visible, Role::Field);
        let x = area.x + u16::try_from(cursor - skip).unwrap_or(0).min(area.width - 1);
        pen.cursor = Some(Position { x, y: area.y });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_lines_that_are_pasted_are_one() {
        for (pasted, text) in [
            ("hook:pre\nstatus:403", "hook:pre status:403"),
            ("secret\r\n", "secret"),
            ("a\x1b\tb", "ab"),
        ] {
            let mut field = Field::default();
            field.paste(pasted);
            assert_eq!(field.text(), text);
        }
    }
}

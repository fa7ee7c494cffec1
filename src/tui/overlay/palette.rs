//! The palette: every action that can be had here, found by a few letters of its name.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use ratatui::layout::Rect;

use super::{centred, framed};
use crate::tui::action::{Action, Place, Spec, TABLE, why_not};
use crate::tui::model::Model;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::{Cursor, Field, Pen};

/// Rows shown at once.
const ROWS: u16 = 14;

/// What is typed, and what that finds.
pub(crate) struct Palette {
    /// The letters.
    pub(crate) field: Field,
    /// The places whose actions are offered.
    places: &'static [Place],
    /// What they find, best first.
    found: Vec<&'static Spec>,
    /// The selected one.
    cursor: Cursor,
}

impl Palette {
    /// All actions of these places.
    pub(crate) fn new(places: &'static [Place]) -> Self {
        let mut palette =
            Self { field: Field::default(), places, found: Vec::new(), cursor: Cursor::default() };
        palette.find();
        palette
    }

    /// Finds anew, once letters have changed.
    pub(crate) fn find(&mut self) {
        let pattern = Pattern::parse(self.field.text(), CaseMatching::Ignore, Normalization::Smart);
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut buffer = Vec::new();
        let mut found: Vec<(u32, &'static Spec)> = offered(self.places)
            .filter_map(|spec| {
                let name = name(spec);
                let haystack = Utf32Str::new(&name, &mut buffer);
                Some((pattern.score(haystack, &mut matcher)?, spec))
            })
            .collect();
        // Stable: equal ones stay in the table's order, the pane's own first.
        found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        self.found = found.into_iter().map(|(_, spec)| spec).collect();
        self.cursor = Cursor::default();
    }

    /// Moves; false where the action is no movement.
    pub(crate) fn act(&mut self, action: Action) -> bool {
        self.cursor.act(action, self.found.len(), ROWS.into())
    }

    /// The selected action.
    pub(crate) fn chosen(&self) -> Option<Action> {
        self.found.get(self.cursor.at).map(|spec| spec.action)
    }

    pub(super) fn draw(&self, model: &Model, pen: &mut Pen<'_>, area: Rect) {
        let area = centred(area, 84, ROWS + 4);
        let inner = framed(pen, area, "All actions", "enter run   esc back");
        let field =
            Rect { x: inner.x + 2, width: inner.width.saturating_sub(2), height: 1, ..inner };
        pen.put(inner.x, inner.y, 2, "❯", Role::Key);
        self.field.draw(pen, field);
        if self.found.is_empty() {
            pen.put(
                inner.x + 2,
                inner.y + 1,
                inner.width,
                "No action has these letters.",
                Role::Dim,
            );
        }
        let rows = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner };
        let visible = self.found.iter().enumerate().skip(self.cursor.top);
        for (y, (at, spec)) in (rows.y..rows.bottom()).zip(visible) {
            let row = Rect { y, height: 1, ..rows };
            let refused = why_not(model, spec.action);
            let role = if refused.is_some() { Role::Dim } else { Role::Text };
            let about = refused.as_deref().unwrap_or(spec.about);
            let key = model.keymap.key(spec.action).unwrap_or_default();
            let line = Rect { x: row.x + 2, width: row.width.saturating_sub(2), ..row };
            pen.line(
                line,
                [
                    (role, text::left(spec.label, 15).into()),
                    (Role::Key, text::left(&key, 10).into()),
                    (Role::Dim, about.into()),
                ],
            );
            if at == self.cursor.at {
                pen.select(row, true);
            }
        }
    }
}

/// What the palette offers: movements have no use in it.
fn offered(places: &'static [Place]) -> impl Iterator<Item = &'static Spec> {
    let of = |place: Place| TABLE.iter().filter(move |spec| spec.place == place);
    let useful = |spec: &&Spec| {
        spec.place != Place::Move && !matches!(spec.action, Action::Palette | Action::Close)
    };
    places.iter().flat_map(move |place| of(*place)).filter(useful)
}

/// What letters are looked for in.
fn name(spec: &Spec) -> String {
    format!("{} {} {}", spec.label, spec.about, spec.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STREAM: &[Place] = &[Place::Stream, Place::Move, Place::Everywhere];

    #[test]
    fn letters_find_and_order() {
        let mut palette = Palette::new(STREAM);
        assert_eq!(palette.chosen(), Some(Action::Pause));
        palette.field.paste("ship");
        palette.find();
        assert_eq!(palette.chosen(), Some(Action::Ship));
        palette.field.paste("zzz");
        palette.find();
        assert_eq!(palette.chosen(), None);
    }

    #[test]
    fn every_action_can_be_had_by_a_key_or_here() {
        let (keymap, _) = crate::tui::keymap::Keymap::load(None);
        for spec in TABLE {
            let places = Box::leak(Box::new([spec.place]));
            let here = offered(places).any(|offered| offered.action == spec.action);
            assert!(here || keymap.key(spec.action).is_some(), "{}", spec.id);
        }
    }
}

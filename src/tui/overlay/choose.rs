//! One of several: a driver, a property of a hook.

use ratatui::layout::Rect;

use super::{centred, framed};
use crate::dispatch::Breakpoint;
use crate::flows::keys::Limits;
use crate::flows::request::Entry;
use crate::tui::pane::apis::Wanted;
use crate::tui::pane::manifest::{Begin, Change, Target};
use crate::tui::pane::request::Slot;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::{Cursor, Pen};

/// The widest it is.
const WIDEST: u16 = 110;

/// One line to choose.
#[derive(Clone, Debug)]
pub(crate) struct Choice {
    /// Its name.
    pub(crate) name: String,
    /// What it means.
    pub(crate) about: String,
    /// What choosing it does.
    pub(crate) picked: Picked,
}

/// What a choice does.
#[derive(Clone, Debug)]
pub(crate) enum Picked {
    /// A change of the manifest.
    Manifest(Change),
    /// A manifest, where there is none.
    Begin(Begin),
    /// A value in an API definition.
    Api(Wanted),
    /// What stands in a row of the request.
    Request(Slot, String),
    /// A request that was sent before.
    Again(Box<Entry>),
    /// Limits of a key for the API with this id.
    Limits(String, Limits),
    /// This one of the keys that were listed.
    Key(usize),
    /// A breakpoint, set or taken away.
    Break(Breakpoint),
    /// One at a filter that is typed.
    BreakFilter,
    /// All of them, taken away.
    NoBreaks,
    /// Something about marked rows.
    Marks(Marking),
}

/// What is done with many marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Marking {
    /// Mark what the list shows.
    MarkListed,
    /// Unmark what the list shows.
    UnmarkListed,
    /// List what is marked.
    List,
    /// Take all away.
    Clear,
}

/// The list.
pub(crate) struct Choose {
    /// What is chosen.
    pub(crate) title: String,
    /// From what.
    pub(crate) choices: Vec<Choice>,
    /// The selected one.
    pub(crate) cursor: Cursor,
    /// Its choices are the functions of the code for this hook, which may change while it is open.
    pub(crate) hook: Option<Target>,
}

impl Choose {
    /// A list whose choices stay as they are.
    pub(crate) fn new(title: impl Into<String>, choices: Vec<Choice>) -> Self {
        Self { title: title.into(), choices, cursor: Cursor::default(), hook: None }
    }

    /// Takes other choices; the same name stays selected, but for one that nobody could choose otherwise.
    pub(crate) fn renew(&mut self, choices: Vec<Choice>, page: usize) {
        let chosen = self.choices.get(self.cursor.at).filter(|_| self.choices.len() > 1);
        let selected = chosen.map(|choice| &choice.name);
        let at = choices.iter().position(|choice| Some(&choice.name) == selected);
        self.choices = choices;
        self.cursor.at = at.unwrap_or(self.cursor.at);
        self.cursor.show(self.choices.len(), page);
    }

    pub(super) fn draw(&self, pen: &mut Pen<'_>, area: Rect) {
        let names = self.choices.iter().map(|choice| text::width(&choice.name)).max().unwrap_or(0);
        let height = u16::try_from(self.choices.len()).unwrap_or(area.height).saturating_add(2);
        let wide = |choice: &Choice| names + 8 + text::width(&choice.about);
        let width = self.choices.iter().map(wide).max().unwrap_or(0);
        let width = u16::try_from(width).unwrap_or(u16::MAX).clamp(64, WIDEST);
        let area = centred(area, width, height);
        let inner = framed(pen, area, &self.title, "enter choose   esc back");
        let visible = self.choices.iter().enumerate().skip(self.cursor.top);
        for (y, (at, choice)) in (inner.y..inner.bottom()).zip(visible) {
            let row = Rect { x: inner.x, y, width: inner.width, height: 1 };
            let line = Rect { x: row.x + 2, width: row.width.saturating_sub(2), ..row };
            let name = text::left(&text::clean(&choice.name), names + 2);
            pen.line(line, [(Role::Text, name.into()), (Role::Dim, choice.about.as_str().into())]);
            if at == self.cursor.at {
                pen.select(row, true);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choices(names: &[&str]) -> Vec<Choice> {
        let choice = |name: &&str| Choice {
            name: (*name).to_owned(),
            about: String::new(),
            picked: Picked::Manifest(Change::Remove(Target::Files)),
        };
        names.iter().map(choice).collect()
    }

    #[test]
    fn the_selected_name_stays_selected_but_for_the_only_one() {
        let mut choose = Choose::new("Which?", choices(&["type a name"]));
        choose.renew(choices(&["One", "Two", "type a name"]), 10);
        assert_eq!(choose.cursor.at, 0);
        choose.cursor.at = 1;
        choose.renew(choices(&["Three", "One", "Two", "type a name"]), 10);
        assert_eq!(choose.cursor.at, 2);
    }
}

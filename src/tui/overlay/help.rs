//! Help: all keys of the open pane, then those that count everywhere; made from the table of actions.

use ratatui::layout::Rect;

use super::{centred, framed};
use crate::tui::action::{Place, Spec, TABLE};
use crate::tui::editor::Editor;
use crate::tui::keymap::Keymap;
use crate::tui::model::Model;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::{Cursor, Pen};

/// The widest a line of help may be: it has to fit on 80 columns with its frame.
pub(crate) const WIDTH: u16 = 78;

/// The column of the sentences.
const KEYS: usize = 20;

enum Line {
    Heading(&'static str),
    Action(&'static Spec),
    Blank,
}

/// How many lines there are.
pub(crate) fn len(model: &Model) -> usize {
    lines(model).len()
}

/// How many are visible at once.
pub(crate) fn page(area: Rect) -> usize {
    usize::from(area.height.saturating_sub(2))
}

fn lines(model: &Model) -> Vec<Line> {
    let mut lines = Vec::new();
    for place in places(model) {
        let mut own = TABLE.iter().filter(|spec| spec.place == place).map(Line::Action).peekable();
        if own.peek().is_some() {
            lines.push(Line::Heading(place.word()));
            lines.extend(own);
            lines.push(Line::Blank);
        }
    }
    lines.pop();
    lines
}

/// The open pane's first.
fn places(model: &Model) -> Vec<Place> {
    let own = match model.tab {
        _ if model.editor().is_some_and(Editor::editing) => Place::Editor,
        crate::tui::pane::Tab::Manifest => Place::Manifest,
        crate::tui::pane::Tab::Apis => Place::Apis,
        crate::tui::pane::Tab::Bundle => Place::Bundle,
        crate::tui::pane::Tab::Publish => Place::Publish,
        crate::tui::pane::Tab::Server => Place::Server,
        crate::tui::pane::Tab::Stream => Place::Stream,
        crate::tui::pane::Tab::Request => Place::Request,
        crate::tui::pane::Tab::Problems => Place::Problems,
        crate::tui::pane::Tab::Doctor => Place::Doctor,
        crate::tui::pane::Tab::Log => Place::Log,
    };
    let mut places = vec![own];
    places.extend([Place::Everywhere, Place::Move]);
    places.extend(
        Place::ALL
            .into_iter()
            .filter(|place| ![own, Place::Everywhere, Place::Move, Place::Ask].contains(place)),
    );
    places
}

pub(super) fn draw(model: &Model, cursor: Cursor, pen: &mut Pen<'_>, area: Rect) {
    let lines = lines(model);
    let height = u16::try_from(lines.len()).unwrap_or(area.height).saturating_add(2);
    let inner = framed(pen, centred(area, WIDTH + 2, height), "Keys", "↑↓ scroll   esc back");
    for (y, line) in (inner.y..inner.bottom()).zip(lines.iter().skip(cursor.top)) {
        let row = Rect { y, height: 1, ..inner };
        match line {
            Line::Heading(word) => {
                pen.put(row.x, row.y, row.width, word, Role::Heading);
            }
            Line::Action(spec) => {
                let keys = text::left(&keys(&model.keymap, spec), KEYS);
                pen.line(row, [(Role::Key, keys.into()), (Role::Text, spec.about.into())]);
            }
            Line::Blank => {}
        }
    }
}

/// All keys of an action.
fn keys(keymap: &Keymap, spec: &Spec) -> String {
    let keys: Vec<_> = keymap.keys(spec.action).iter().map(ToString::to_string).collect();
    if keys.is_empty() { "(no key)".to_owned() } else { keys.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_fits_with_the_embedded_keys() {
        let (keymap, _) = Keymap::load(None);
        for spec in TABLE {
            let keys = keys(&keymap, spec);
            assert!(text::width(&keys) < KEYS, "{} has too many keys to show: {keys}", spec.id);
            let width = KEYS + text::width(spec.about);
            assert!(width <= usize::from(WIDTH) - 2, "{}: {width} columns", spec.id);
        }
    }
}

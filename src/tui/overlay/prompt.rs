//! A text is wanted: a search, a name, a path, a passphrase.

use std::path::PathBuf;

use ratatui::layout::Rect;

use super::{centred, framed};
use crate::tui::editor::sign;
use crate::tui::pane::apis::Wanted;
use crate::tui::pane::manifest::Target;
use crate::tui::pane::request::Slot;
use crate::tui::theme::Role;
use crate::tui::widget::{Field, Pen};

/// What the text is for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Purpose {
    /// Search in the JSON of the Stream pane, as it is typed.
    SearchStream,
    /// The filter of the Stream pane, as it is typed.
    Filter,
    /// Search in the log.
    SearchLog,
    /// The path of a request that proves a ship.
    Probe,
    /// The name of this profile, so that a ship may change what is in production.
    Production(String),
    /// The passphrase of the key, for the ship.
    ShipPassphrase,
    /// The passphrase of this key, for a build.
    BuildPassphrase(PathBuf),
    /// The key to sign with.
    Key,
    /// A bundle to look into.
    Bundle,
    /// The file that the bundle of this id is fetched into.
    Fetch(String),
    /// A value of an API definition.
    Api(Wanted),
    /// What stands in a row of the request.
    Request(Slot),
    /// The filter of a breakpoint.
    Break,
    /// What is noted on this row.
    Note(u64),
    /// A file that is to be listed, for the tree of files below.
    Listed,
    /// A value of the manifest.
    Manifest(Target),
}

/// The wish.
pub(crate) struct Prompt {
    /// What is wanted.
    pub(crate) title: String,
    /// What to know before typing.
    pub(crate) note: String,
    /// What for.
    pub(crate) purpose: Purpose,
    /// What is typed.
    pub(crate) field: Field,
}

impl Prompt {
    /// Whether it stays on the bottom line: a search leaves the list in sight, the word for a ship its plan.
    pub(crate) fn is_line(&self) -> bool {
        matches!(
            self.purpose,
            Purpose::SearchStream
                | Purpose::Filter
                | Purpose::Break
                | Purpose::SearchLog
                | Purpose::Production(_)
        )
    }

    /// Whether a filter is typed: of the list, or of a breakpoint.
    pub(crate) fn is_filter(&self) -> bool {
        matches!(self.purpose, Purpose::Filter | Purpose::Break)
    }

    pub(super) fn draw(&self, pen: &mut Pen<'_>, area: Rect) {
        if self.is_line() {
            return;
        }
        let noted = !self.note.is_empty();
        let checked = self.field.is_checked();
        let area = centred(area, 64, if noted { 5 } else { 3 } + u16::from(checked));
        let mut inner = framed(pen, area, &self.title, "enter done   esc back");
        if noted {
            let used =
                pen.wrap(Rect { height: inner.height.min(2), ..inner }, &self.note, Role::Dim);
            inner = Rect { y: inner.y + used, height: inner.height.saturating_sub(used), ..inner };
        }
        self.field.draw(pen, inner);
        if let Some((severity, what)) = self.field.mistake() {
            let (role, sign) = sign(severity);
            pen.put(inner.x, inner.y + 1, inner.width, &format!("{sign} {what}"), role);
        }
    }

    /// Draws it into the key line.
    pub(crate) fn draw_line(&self, pen: &mut Pen<'_>, line: Rect) {
        pen.clear(line, Role::Text);
        let is_word = matches!(self.purpose, Purpose::Production(_));
        let sign = if is_word { format!(" {} ❯ ", self.title) } else { " ❯ ".to_owned() };
        let used = pen.line(line, [(Role::Key, sign.into())]);
        let hint = if is_word { "enter go on   esc cancel " } else { "enter keep   esc forget " };
        let wide = u16::try_from(hint.len()).unwrap_or(0);
        let room = line.width.saturating_sub(used);
        let hinted = if room > wide + 20 { wide } else { 0 };
        self.field.draw(pen, Rect { x: line.x + used, width: room - hinted, ..line });
        if hinted > 0 {
            pen.put(line.right() - hinted, line.y, hinted, hint, Role::Dim);
        }
    }
}

//! A question, asked before anything is lost.

use ratatui::layout::Rect;

use super::{centred, framed};
use crate::flows::remote::Remote;
use crate::tui::action::Action;
use crate::tui::location::Location;
use crate::tui::model::Model;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::Pen;

/// What a yes brings about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Intent {
    /// End the console.
    Quit,
    /// Stop it, with its server.
    Suspend,
    /// Stop the server under traffic.
    StopServer,
    /// Write over what somebody else has written; or read it, and lose the changes.
    Overwrite(Location),
    /// Put an API of a server back, which changes what callers get.
    Replace(Remote),
    /// Read a document anew, and lose the changes.
    Reload(Location),
    /// Cancel the ship.
    CancelShip,
    /// Have the Gateway call the plugins once.
    Probe,
    /// Agree to what the project's file asks for.
    Trust,
    /// Bring edits back that were not saved when a console last ended.
    Recover,
}

/// The question.
#[derive(Clone, Debug)]
pub(crate) struct Ask {
    /// In a few words, with its question mark.
    pub(crate) title: String,
    /// Why it is asked.
    pub(crate) reasons: Vec<String>,
    /// Lines that are shown as they are: a diff.
    pub(crate) quoted: Vec<String>,
    /// What a yes does.
    pub(crate) intent: Intent,
}

impl Ask {
    pub(super) fn draw(&self, model: &Model, pen: &mut Pen<'_>, area: Rect) {
        let width = area.width.min(68);
        let columns = usize::from(width) - 4;
        let mut lines: Vec<String> =
            self.reasons.iter().flat_map(|it| text::wrap(&text::clean(it), columns)).collect();
        let quoted = self.quoted.iter().map(|it| text::fit(&text::clean(it), columns).into_owned());
        lines.extend(quoted);
        let room = usize::from(area.height.saturating_sub(2)).max(1);
        if lines.len() > room {
            let more = lines.len() - room + 1;
            lines.truncate(room - 1);
            lines.push(format!("⋯ {more} more lines"));
        }
        let height = u16::try_from(lines.len()).unwrap_or(area.height).saturating_add(2);
        let key = |action| model.keymap.key(action).unwrap_or_default();
        let mut keys = format!("{} yes   {} no", key(Action::Yes), key(Action::No));
        if let Intent::Overwrite(_) = self.intent {
            keys = format!("{keys}   {} read it instead", key(Action::TakeTheirs));
        }
        let inner = framed(pen, centred(area, width, height), &self.title, &keys);
        for (y, line) in (inner.y..inner.bottom()).zip(&lines) {
            pen.put(inner.x, y, inner.width, line, Role::Text);
        }
    }
}

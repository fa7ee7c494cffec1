//! A question, asked before anything is lost.

use ratatui::layout::Rect;

use super::{Quoted, centred, framed};
use crate::flows::remote::Remote;
use crate::tui::action::{Action, why_not};
use crate::tui::location::Location;
use crate::tui::model::Model;
use crate::tui::pane::publish::Wish;
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
    /// Write the open definition as JSON into a file beside it.
    Convert,
    /// Let the ship that asks go on.
    GoOn,
    /// Cancel the ship.
    CancelShip,
    /// Write over a file, delete bundles, push where it is production.
    Publish(Wish),
    /// Have the Gateway call the plugins once.
    Probe,
    /// Have the Gateway do something.
    Gateway(OnYes),
    /// Export over a file that is there.
    ReplaceExport,
    /// Take the mark of this row away, and its note.
    Unmark(u64),
    /// Take the marks of what the list shows away.
    UnmarkListed,
    /// Take all marks away.
    ClearMarks,
    /// Edit a request again that is none.
    EditRequest,
    /// Agree to what the project's file asks for.
    Trust,
    /// Bring edits back that were not saved when a console last ended.
    Recover,
}

/// What the Gateway does at a yes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum OnYes {
    /// Load its APIs anew.
    Reload {
        /// With all of its group.
        group: bool,
    },
    /// Take the definition that was compared.
    Put,
    /// Delete this one of the keys that were listed.
    Delete(usize),
    /// Delete the keys that were found.
    Revoke,
}

/// The question.
#[derive(Clone, Debug)]
pub(crate) struct Ask {
    /// In a few words, with its question mark.
    pub(crate) title: String,
    /// Why it is asked.
    pub(crate) reasons: Vec<String>,
    /// A diff, where there is one.
    pub(crate) quoted: Quoted,
    /// What a yes does.
    pub(crate) intent: Intent,
}

/// How its parts share its box.
struct Parts {
    frame: Rect,
    /// The reasons, wrapped.
    lines: Vec<String>,
    /// Rows for the diff.
    page: usize,
}

impl Ask {
    fn parts(&self, area: Rect) -> Parts {
        let width = area.width.min(if self.quoted.is_empty() { 68 } else { 100 });
        let columns = usize::from(width.saturating_sub(4));
        let mut lines: Vec<String> =
            self.reasons.iter().flat_map(|it| text::wrap(&text::clean(it), columns)).collect();
        let room = usize::from(area.height.saturating_sub(2)).max(1);
        if lines.len() > room {
            let more = lines.len() - room + 1;
            lines.truncate(room - 1);
            lines.push(format!("⋯ {more} more lines"));
        }
        let page = self.quoted.len().min(room - lines.len());
        let height = u16::try_from(lines.len() + page).unwrap_or(area.height).saturating_add(2);
        Parts { frame: centred(area, width, height), lines, page }
    }

    /// How many lines of the diff are visible in this area.
    pub(crate) fn page(&self, area: Rect) -> usize {
        self.parts(area).page
    }

    pub(super) fn draw(&self, model: &Model, pen: &mut Pen<'_>, area: Rect) {
        let Parts { frame, lines, page } = self.parts(area);
        let key = |action| model.keymap.key(action).unwrap_or_default();
        let mut keys = format!("{} yes   {} no", key(Action::Yes), key(Action::No));
        if let Intent::Overwrite(_) = self.intent {
            keys = format!("{keys}   {} read it instead", key(Action::TakeTheirs));
        }
        if self.intent == Intent::Quit && why_not(model, Action::Leave).is_none() {
            keys = format!("{keys}   {} leave the server running", key(Action::Leave));
        }
        let position = self.quoted.position(page);
        if !self.quoted.is_empty() && !position.is_empty() {
            keys = format!("{keys}   {position}");
        }
        let inner = framed(pen, frame, &self.title, &keys);
        let mut y = inner.y;
        for line in lines.iter().take(inner.height.into()) {
            pen.put(inner.x, y, inner.width, line, Role::Text);
            y += 1;
        }
        self.quoted.draw(pen, Rect { y, height: inner.bottom().saturating_sub(y), ..inner });
    }
}

//! A question, asked before anything is lost.

use std::path::PathBuf;

use ratatui::layout::Rect;

use super::{centred, framed};
use crate::tui::action::Action;
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
    Overwrite(PathBuf),
    /// Read a file anew, and lose the changes.
    Reload(PathBuf),
    /// Cancel the ship.
    CancelShip,
    /// Have the Gateway call the plugins once.
    Probe,
    /// Agree to what the project's file asks for.
    Trust,
}

/// The question.
#[derive(Clone, Debug)]
pub(crate) struct Ask {
    /// In a few words, with its question mark.
    pub(crate) title: String,
    /// Why it is asked.
    pub(crate) reasons: Vec<String>,
    /// What a yes does.
    pub(crate) intent: Intent,
}

impl Ask {
    pub(super) fn draw(&self, model: &Model, pen: &mut Pen<'_>, area: Rect) {
        let width = area.width.min(68);
        let lines: Vec<_> = self
            .reasons
            .iter()
            .flat_map(|reason| text::wrap(&text::clean(reason), usize::from(width) - 4))
            .collect();
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

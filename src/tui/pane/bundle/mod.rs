//! Bundle: build, sign, verify; what is in the last one.

mod draw;

use std::path::PathBuf;

pub(crate) use draw::{draw, layout};

use crate::domain::task::Problem;
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::model::Effects;
use crate::tui::widget::Cursor;

/// What is in a bundle, and what a Gateway would do with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Look {
    /// Its size.
    pub(crate) bytes: u64,
    /// Its entries in their order.
    pub(crate) entries: Vec<Entry>,
    /// Its hooks: hook and name, in the order of a request.
    pub(crate) hooks: Vec<(String, String)>,
    /// Its driver.
    pub(crate) driver: String,
    /// The checksum that the manifest states.
    pub(crate) stated: Option<String>,
    /// The checksum of the files.
    pub(crate) computed: Option<String>,
    /// `valid`, `invalid`, `absent`, `unchecked`.
    pub(crate) signature: &'static str,
    /// The newest Gateway would load it.
    pub(crate) ok: bool,
    /// Checksum and, where a key is set, signature hold.
    pub(crate) sound: bool,
    /// Why it would not load: what the Gateway says, and what to do.
    pub(crate) problems: Vec<(String, String)>,
}

/// An entry of the zip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Its name.
    pub(crate) name: String,
    /// Bytes when unpacked.
    pub(crate) bytes: u64,
    /// Bytes in the zip.
    pub(crate) packed: u64,
    /// Checksum and signature cover it; `None` for folders and the manifest, which they never cover.
    pub(crate) covered: Option<bool>,
}

/// The state of the pane.
#[derive(Default)]
pub(crate) struct Pane {
    /// The bundle that is looked into.
    pub(crate) path: Option<PathBuf>,
    /// What is in it; `Err`: it cannot be read.
    pub(crate) look: Option<Result<Look, Problem>>,
    /// What is being done with it.
    pub(crate) busy: Option<&'static str>,
    /// The key that the configuration names.
    pub(crate) key: Option<PathBuf>,
    /// The public key that the configuration names.
    pub(crate) public_key: Option<PathBuf>,
    /// The selected entry.
    pub(crate) cursor: Cursor,
    /// The focus is on the verdict.
    pub(crate) detail_focused: bool,
    /// How far the verdict is scrolled.
    pub(crate) scrolled: usize,
}

impl Pane {
    /// What is in the bundle, where it could be read.
    pub(crate) fn look(&self) -> Option<&Look> {
        self.look.as_ref()?.as_ref().ok()
    }

    /// Looks into another bundle.
    pub(crate) fn open(&mut self, path: PathBuf) -> Effects {
        if self.path.as_ref() != Some(&path) {
            self.look = None;
            self.cursor = Cursor::default();
            self.scrolled = 0;
        }
        self.path = Some(path.clone());
        vec![Effect::Look(path)]
    }

    /// Does an action; `None` where it is none of this pane's.
    pub(crate) fn act(&mut self, action: Action, rows: usize) -> Option<Effects> {
        match action {
            Action::Verify => {
                let path = self.path.clone()?;
                self.busy = Some("verifying");
                Some(vec![Effect::Look(path)])
            }
            Action::Copy => Some(self.copy().into_iter().collect()),
            _ if self.detail_focused => {
                match action {
                    Action::Up => self.scrolled = self.scrolled.saturating_sub(1),
                    Action::Down => self.scrolled += 1,
                    Action::Top => self.scrolled = 0,
                    _ => return None,
                }
                Some(Vec::new())
            }
            _ => {
                let len = self.look().map_or(0, |look| look.entries.len());
                self.cursor.act(action, len, rows).then(Vec::new)
            }
        }
    }

    fn copy(&self) -> Option<Effect> {
        let look = self.look()?;
        if self.detail_focused {
            return Some(Effect::Copy("checksum", look.computed.clone()?));
        }
        let entry = look.entries.get(self.cursor.at)?;
        Some(Effect::Copy("name", entry.name.clone()))
    }
}

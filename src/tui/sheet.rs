//! A document of the user's that is open: its text, what is known of where it is kept, and what saving it means. The
//! panes of the manifest and of API definitions are both made of sheets.

use std::path::{Path, PathBuf};

use ratatui::layout::{Position, Rect};

use super::editor::Editor;
use super::effect::Effect;
use super::location::Location;
use crate::domain::task::Problem;
use crate::flows::edit::Base;

/// What is known of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum File {
    /// Not read yet.
    Unread,
    /// There is none.
    Missing,
    /// It cannot be read.
    Unreadable(Problem),
    /// Read; the buffer knows what it held.
    Read,
}

/// What a reading of the file came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// What stands here already.
    Same,
    /// Another text, which stands here now.
    New,
    /// Another one than the changes that are not saved began from: they still stand here.
    Differs,
}

/// The open document.
pub(crate) struct Sheet {
    /// Where it is kept.
    location: Location,
    /// What it is, in messages: `the manifest`.
    what: &'static str,
    /// What is known of it.
    pub(crate) file: File,
    /// The text as it stands, with changes that are not saved.
    pub(crate) editor: Editor,
    /// The next reading is taken, whatever stands here.
    pub(crate) force_read: bool,
    /// The version of the text that is kept among the unsaved edits.
    kept: Option<u64>,
}

impl Sheet {
    /// Of a file that is not read yet.
    pub(crate) fn new(location: Location, what: &'static str, editor: Editor) -> Self {
        Self { location, what, file: File::Unread, editor, force_read: false, kept: None }
    }

    /// Where it is kept.
    pub(crate) fn location(&self) -> &Location {
        &self.location
    }

    /// Its path, where it is a file.
    pub(crate) fn file_path(&self) -> Option<&Path> {
        self.location.file()
    }

    /// What the file is, in messages.
    pub(crate) fn what(&self) -> &'static str {
        self.what
    }

    /// Whether there are changes that are not saved.
    pub(crate) fn dirty(&self) -> bool {
        self.editor.buffer().dirty()
    }

    /// Whether there is a text to show.
    pub(crate) fn is_there(&self) -> bool {
        self.file == File::Read || self.dirty()
    }

    /// The version of the text: it grows with each change of it.
    pub(crate) fn version(&self) -> u64 {
        self.editor.buffer().version()
    }

    /// What has to be done for its unsaved edits to be kept under this name, or to be forgotten once there are none any
    /// more.
    pub(crate) fn keep(&mut self, path: PathBuf) -> Option<Effect> {
        if !self.dirty() {
            self.kept.take()?;
            return Some(Effect::Forget(path));
        }
        if self.kept == Some(self.version()) {
            return None;
        }
        self.kept = Some(self.version());
        let base = self.editor.buffer().saved().map(<[u8]>::to_vec);
        Some(Effect::Keep { path, base, text: self.bytes().to_vec() })
    }

    /// Takes a text in that was typed before, as a change that is not saved; false where there is no file to change.
    pub(crate) fn take_back(&mut self, text: &[u8]) -> bool {
        let is_known = matches!(self.file, File::Read | File::Missing);
        if is_known {
            self.editor.set_text(text);
            // It is kept already: what was kept of it is to go where this is undone at once.
            self.kept = Some(0);
        }
        is_known
    }

    /// The text.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.editor.buffer().bytes()
    }

    /// Whether there is a change to take back.
    pub(crate) fn can_undo(&self) -> bool {
        self.editor.buffer().can_undo()
    }

    /// Whether a change was taken back.
    pub(crate) fn can_redo(&self) -> bool {
        self.editor.buffer().can_redo()
    }

    /// The file was read.
    pub(crate) fn read(&mut self, read: Result<Option<Vec<u8>>, Problem>) -> Reading {
        let force = std::mem::take(&mut self.force_read);
        let kept = self.dirty() && !force;
        match read {
            Ok(Some(bytes)) => {
                if self.file == File::Read && self.editor.buffer().saved() == Some(&bytes) && !force
                {
                    return Reading::Same;
                }
                if kept {
                    return Reading::Differs;
                }
                self.file = File::Read;
                self.editor.open(Some(bytes));
            }
            Ok(None) if kept && self.file == File::Read => return Reading::Differs,
            Ok(None) if kept => return Reading::Same,
            Ok(None) => {
                self.file = File::Missing;
                self.editor.open(None);
            }
            Err(_) if self.dirty() => return Reading::Same,
            Err(problem) => {
                self.file = File::Unreadable(problem);
                self.editor.open(None);
            }
        }
        Reading::New
    }

    /// Keeps the cursor of the text visible in these rows.
    pub(crate) fn show(&mut self, rows: Rect) {
        let text = self.editor.text_area(rows);
        self.editor.show(text.height.into(), text.width.into());
    }

    /// A click or the wheel over the text, whose rows are there.
    pub(crate) fn mouse(&mut self, wheel: isize, at: Position, rows: Rect) {
        if wheel != 0 {
            self.editor.scroll(wheel);
            return;
        }
        let text = self.editor.text_area(rows);
        if at.y < text.bottom() {
            self.editor.click((at.y - text.y).into(), at.x.saturating_sub(text.x).into());
        }
    }

    /// The text was written: what is on disk is what stood here then.
    pub(crate) fn saved(&mut self, bytes: Vec<u8>) {
        self.file = File::Read;
        self.editor.set_saved(Some(bytes));
    }

    /// What was saved takes the place of what stands here, as one step that can be taken back.
    pub(crate) fn become_saved(&mut self) {
        let saved = self.editor.buffer().saved().unwrap_or_default().to_vec();
        self.editor.set_text(&saved);
    }

    /// What saving has to write, and over what; `force`: over whatever is there.
    pub(crate) fn save(&self, force: bool) -> Effect {
        let base = match self.editor.buffer().saved() {
            _ if force => Base::Any,
            Some(bytes) => Base::Read(bytes.to_vec()),
            None => Base::Missing,
        };
        let (location, bytes) = (self.location.clone(), self.bytes().to_vec());
        Effect::Save { location, what: self.what, bytes, base }
    }
}

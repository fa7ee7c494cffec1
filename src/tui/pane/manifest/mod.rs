//! Manifest: as a form, as text, with what is wrong in it.

mod change;
mod draw;
mod edit;
mod form;
mod vocabulary;

use std::collections::HashMap;
use std::path::PathBuf;

use ratatui::layout::{Position, Rect};

pub(crate) use change::{Change, Target};
pub(crate) use draw::{draw, layout};
pub(crate) use edit::Edit;
pub(crate) use form::Row;

use crate::domain::json::{self, Document, Trailing};
use crate::domain::lint::{self, Finding};
use crate::domain::manifest::{DRIVERS, Driver, Manifest};
use crate::domain::task::{Problem, Severity};
use crate::flows::edit::Base;
use crate::tui::action::Action;
use crate::tui::editor::{Editor, Mark};
use crate::tui::effect::Effect;
use crate::tui::model::Effects;
use crate::tui::widget::Cursor;

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

/// The state of the pane.
pub(crate) struct Pane {
    /// Where the manifest is.
    pub(crate) path: PathBuf,
    /// What is known of it.
    pub(crate) file: File,
    /// The text as it stands, with changes that are not saved.
    pub(crate) editor: Editor,
    /// The version of the text that the fields below are about.
    understood: u64,
    document: Option<Document>,
    /// As a Gateway would understand it.
    pub(crate) manifest: Option<Manifest>,
    /// What is wrong with it, by place.
    pub(crate) findings: Vec<Finding>,
    /// The rows of the form.
    pub(crate) rows: Vec<Row>,
    /// How large the listed files are.
    pub(crate) sizes: HashMap<String, Option<u64>>,
    /// The text is shown, not the form.
    pub(crate) raw: bool,
    /// The selected row of the form.
    pub(crate) cursor: Cursor,
    /// The selected finding.
    pub(crate) finding: Cursor,
    /// The focus is on the findings.
    pub(crate) detail_focused: bool,
    /// The next reading is taken, whatever stands here.
    pub(crate) force_read: bool,
    /// The member of a definition that is being typed.
    pub(crate) member: Option<&'static str>,
}

impl Pane {
    /// Of a manifest that is not read yet.
    pub(crate) fn new(path: PathBuf) -> Self {
        Self {
            path,
            file: File::Unread,
            editor: Editor::knowing(vocabulary::MANIFEST),
            understood: 0,
            document: None,
            manifest: None,
            findings: Vec::new(),
            rows: Vec::new(),
            sizes: HashMap::new(),
            raw: false,
            cursor: Cursor::default(),
            finding: Cursor::default(),
            detail_focused: false,
            force_read: false,
            member: None,
        }
    }

    /// With the keys of vim in its text.
    pub(crate) fn with_vim(mut self, vim: bool) -> Self {
        self.editor.set_vim(vim);
        self
    }

    /// Whether there are changes that are not saved.
    pub(crate) fn dirty(&self) -> bool {
        self.editor.buffer().dirty()
    }

    /// Whether there is a text to show.
    pub(crate) fn is_there(&self) -> bool {
        self.file == File::Read || self.dirty()
    }

    /// Whether there is a change to take back.
    pub(crate) fn can_undo(&self) -> bool {
        self.editor.buffer().can_undo()
    }

    /// Whether a change was taken back.
    pub(crate) fn can_redo(&self) -> bool {
        self.editor.buffer().can_redo()
    }

    /// Whether the text is shown, with the focus on it.
    pub(crate) fn shown_text(&self) -> bool {
        self.raw && !self.detail_focused && self.is_there()
    }

    /// The text may be another one: what depends on it is made anew, of a large text when its author pauses.
    pub(crate) fn text_changed(&mut self) -> Effects {
        let version = self.editor.buffer().version();
        if version == self.understood {
            return Vec::new();
        }
        if self.editor.is_large() {
            return vec![Effect::Pause(version)];
        }
        self.understand();
        vec![self.measure()]
    }

    /// A version of a large text has stood for a moment.
    pub(crate) fn paused(&mut self, version: u64) -> Effects {
        if version != self.editor.buffer().version() || version == self.understood {
            return Vec::new();
        }
        self.editor.look();
        self.understand();
        vec![self.measure()]
    }

    /// The driver, where its hooks run inside the Gateway.
    pub(crate) fn inner_driver(&self) -> Option<&'static Driver> {
        let name = &self.manifest.as_ref()?.custom_middleware.driver;
        DRIVERS.iter().find(|driver| driver.name == name && !driver.dispatches)
    }

    /// How many findings of each gravity: errors, warnings.
    pub(crate) fn counts(&self) -> (usize, usize) {
        let of = |severity| self.findings.iter().filter(|found| found.severity == severity).count();
        (of(Severity::Error), of(Severity::Warning))
    }

    /// The file was read. True where changes that are not saved stand against another content on disk.
    pub(crate) fn read(&mut self, read: Result<Option<Vec<u8>>, Problem>, force: bool) -> bool {
        match read {
            Ok(Some(bytes)) => {
                if self.file == File::Read && self.editor.buffer().saved() == Some(&bytes) && !force
                {
                    return false;
                }
                if self.dirty() && !force {
                    return true;
                }
                self.file = File::Read;
                self.editor.open(Some(bytes));
            }
            Ok(None) => {
                if self.dirty() && !force {
                    return self.file == File::Read;
                }
                self.file = File::Missing;
                self.editor.open(None);
            }
            Err(problem) => {
                if self.dirty() {
                    return false;
                }
                self.file = File::Unreadable(problem);
                self.editor.open(None);
            }
        }
        self.understand();
        false
    }

    /// The text was written: what is on disk is what stood here then.
    pub(crate) fn saved(&mut self, bytes: Vec<u8>) {
        self.file = File::Read;
        self.editor.set_saved(Some(bytes));
    }

    /// What saving has to write, and over what.
    pub(crate) fn save(&self, force: bool) -> Effect {
        let base = match self.editor.buffer().saved() {
            _ if force => Base::Any,
            Some(bytes) => Base::Read(bytes.to_vec()),
            None => Base::Missing,
        };
        Effect::SaveManifest { bytes: self.editor.buffer().bytes().to_vec(), base }
    }

    /// The files whose sizes are to be found out.
    pub(crate) fn measure(&self) -> Effect {
        let files = self.manifest.as_ref().map(|manifest| manifest.files().to_vec());
        Effect::Measure(files.unwrap_or_default())
    }

    /// Changes the text; what it was can be had back.
    fn apply(&mut self, edit: json::Edit) {
        if self.editor.apply(&[edit]) {
            self.understand();
        }
    }

    /// Reads the text anew: manifest, findings, rows.
    fn understand(&mut self) {
        self.understood = self.editor.buffer().version();
        self.findings =
            if self.is_there() { lint::manifest(self.editor.buffer().bytes()) } else { Vec::new() };
        self.document = Document::parse(self.editor.buffer().bytes(), Trailing::Ignored).ok();
        self.manifest = self
            .document
            .as_ref()
            .and_then(|document| Manifest::from_document(document, Trailing::Ignored).ok());
        self.rows = match (&self.document, &self.manifest) {
            (Some(document), Some(manifest)) => form::rows(document, manifest, &self.findings),
            _ => Vec::new(),
        };
        let mark =
            |found: &Finding| Some(Mark::new(found.severity, found.place?, found.message.clone()));
        self.editor.set_marks(self.findings.iter().filter_map(mark).collect());
        // A text that is no manifest can only be shown as it is.
        self.raw |= self.is_there() && self.rows.is_empty();
    }

    /// Keeps the cursors inside and visible.
    pub(crate) fn show(&mut self, rows: Option<Rect>, findings: usize) {
        if let Some(rows) = rows {
            let text = self.editor.text_area(rows);
            self.editor.show(text.height.into(), text.width.into());
            self.cursor.show(self.rows.len(), rows.height.into());
        }
        self.finding.show(self.findings.len(), findings);
    }

    /// The target of the selected row.
    pub(crate) fn target(&self) -> Option<&Target> {
        if self.raw || self.detail_focused {
            return None;
        }
        self.rows.get(self.cursor.at).map(|row| &row.target)
    }

    /// Does an action; `None` where it is none of this pane's.
    pub(crate) fn act(&mut self, action: Action, rows: usize) -> Option<Effects> {
        match action {
            Action::ViewNext | Action::ViewPrevious => {
                self.raw = !self.raw || self.rows.is_empty();
                return Some(Vec::new());
            }
            Action::Undo => {
                self.editor.undo();
                self.understand();
            }
            Action::Redo => {
                self.editor.redo();
                self.understand();
            }
            Action::Finding => {
                let next = if self.findings.is_empty() {
                    0
                } else {
                    (self.finding.at + 1) % self.findings.len()
                };
                let first = !self.on_finding();
                self.finding.at = if first { self.finding.at } else { next };
                self.go_to_finding();
                return Some(Vec::new());
            }
            Action::Accept if self.detail_focused => {
                self.go_to_finding();
                self.detail_focused = false;
                return Some(Vec::new());
            }
            Action::Delete => {
                let target = self.target()?.clone();
                self.change(&Change::Remove(target));
            }
            Action::Copy => return Some(self.copy()),
            _ => {
                let moved = if self.detail_focused {
                    self.finding.act(action, self.findings.len(), rows)
                } else if self.raw {
                    self.editor.look_around(action)
                } else {
                    self.cursor.act(action, self.rows.len(), rows)
                };
                return moved.then(Vec::new);
            }
        }
        Some(vec![self.measure()])
    }

    /// Changes the text so; what else is in it stays as it is.
    pub(crate) fn change(&mut self, change: &Change) -> bool {
        let Some(document) = &self.document else { return false };
        match change.edit(document) {
            Ok(edit) => {
                self.apply(edit);
                true
            }
            Err(_) => false,
        }
    }

    /// A click or the wheel over the list, whose rows are there.
    pub(crate) fn mouse(&mut self, wheel: isize, at: Position, rows: Rect) {
        if !self.raw {
            let row = usize::from(at.y - rows.y);
            self.cursor.mouse(wheel, row, self.rows.len(), rows.height.into());
        } else if wheel != 0 {
            self.editor.scroll(wheel);
        } else {
            let text = self.editor.text_area(rows);
            if at.y < text.bottom() {
                self.editor.click((at.y - text.y).into(), at.x.saturating_sub(text.x).into());
            }
        }
    }

    fn copy(&mut self) -> Effects {
        if self.raw {
            let text = String::from_utf8_lossy(self.editor.buffer().bytes()).into_owned();
            return vec![Effect::Copy("manifest", text)];
        }
        let row = self.rows.get(self.cursor.at);
        row.map(|row| Effect::Copy("value", row.value.clone())).into_iter().collect()
    }

    /// Whether the selection is where the selected finding is.
    fn on_finding(&self) -> bool {
        let Some(finding) = self.findings.get(self.finding.at) else { return false };
        if self.raw {
            return finding.place.is_some_and(|place| place.line == self.editor.line());
        }
        self.rows.get(self.cursor.at).is_some_and(|row| row.has(finding))
    }

    fn go_to_finding(&mut self) {
        let Some(finding) = self.findings.get(self.finding.at) else { return };
        if let Some(place) = finding.place {
            self.editor.go_to(place);
        }
        if let Some(at) = self.rows.iter().rposition(|row| row.has(finding)) {
            self.cursor.at = at;
        }
    }
}

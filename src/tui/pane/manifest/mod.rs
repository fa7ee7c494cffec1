//! Manifest: as a form, as text, with what is wrong in it.

mod begin;
mod change;
mod code;
mod draw;
mod edit;
mod form;
#[cfg(test)]
mod tests;
mod vocabulary;

use std::collections::HashMap;
use std::path::PathBuf;

use ratatui::layout::{Position, Rect};

pub(crate) use begin::{Begin, ways, with_pip};
pub(crate) use change::{Change, Target};
use code::Code;
pub(crate) use draw::{draw, layout};
pub(crate) use edit::Edit;
pub(crate) use form::{Row, needed};
pub(crate) use vocabulary::{EXTRACT_FROM, EXTRACT_WITH, MIDDLEWARE};

use crate::domain::json::{self, Document, Trailing};
use crate::domain::lint::{self, Finding, Fix};
use crate::domain::manifest::{DRIVERS, Driver, Manifest, choose_files};
use crate::domain::task::{Problem, Severity};
use crate::tui::action::Action;
use crate::tui::editor::{Editor, Mark};
use crate::tui::effect::Effect;
use crate::tui::location::Location;
use crate::tui::model::Effects;
use crate::tui::overlay::files::Chosen;
use crate::tui::sheet::{Reading, Sheet};
use crate::tui::widget::Cursor;
use crate::tui::wrong::{Wrong, same};

/// The state of the pane.
pub(crate) struct Pane {
    /// The manifest's file and text.
    pub(crate) sheet: Sheet,
    /// The version of the text that the fields below are about.
    understood: u64,
    document: Option<Document>,
    /// As a Gateway would understand it.
    pub(crate) manifest: Option<Manifest>,
    /// What is wrong with it, by place.
    pub(crate) findings: Wrong,
    /// The rows of the form.
    pub(crate) rows: Vec<Row>,
    /// How large the listed files are.
    pub(crate) sizes: HashMap<String, Option<u64>>,
    /// The functions that the code has.
    pub(crate) code: Code,
    /// A project is being made, by this command.
    pub(crate) making: Option<&'static str>,
    /// The text is shown, not the form.
    pub(crate) raw: bool,
    /// The selected row of the form.
    pub(crate) cursor: Cursor,
    /// The selected finding.
    pub(crate) finding: Cursor,
    /// The focus is on the findings.
    pub(crate) detail_focused: bool,
    /// The member of a definition that is being typed.
    pub(crate) member: Option<&'static str>,
}

impl Pane {
    /// Of a manifest that is not read yet.
    pub(crate) fn new(path: PathBuf) -> Self {
        Self {
            sheet: Sheet::new(
                Location::File(path),
                "the manifest",
                Editor::knowing(vocabulary::MANIFEST),
            ),
            understood: 0,
            document: None,
            manifest: None,
            findings: Wrong::default(),
            rows: Vec::new(),
            sizes: HashMap::new(),
            code: Code::default(),
            making: None,
            raw: false,
            cursor: Cursor::default(),
            finding: Cursor::default(),
            detail_focused: false,
            member: None,
        }
    }

    /// With the keys of vim in its text.
    pub(crate) fn with_vim(mut self, vim: bool) -> Self {
        self.sheet.editor.set_vim(vim);
        self
    }

    /// Whether the text is shown, with the focus on it.
    pub(crate) fn shown_text(&self) -> bool {
        self.raw && !self.detail_focused && self.sheet.is_there()
    }

    /// The text may be another one: what depends on it is made anew, of a large text when its author pauses.
    pub(crate) fn text_changed(&mut self) -> Effects {
        let version = self.sheet.editor.buffer().version();
        if version == self.understood {
            return Vec::new();
        }
        if self.sheet.editor.is_large() {
            return vec![Effect::Pause(version)];
        }
        self.understand();
        vec![self.measure()]
    }

    /// A version of a large text has stood for a moment.
    pub(crate) fn paused(&mut self, version: u64) -> Effects {
        if version != self.sheet.editor.buffer().version() || version == self.understood {
            return Vec::new();
        }
        self.sheet.editor.look();
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

    /// The file was read.
    pub(crate) fn read(&mut self, read: Result<Option<Vec<u8>>, Problem>) -> Reading {
        let reading = self.sheet.read(read);
        if reading == Reading::New {
            self.understand();
        }
        reading
    }

    /// The files whose sizes are to be found out.
    pub(crate) fn measure(&self) -> Effect {
        let files = self.manifest.as_ref().map(|manifest| manifest.files().to_vec());
        Effect::Measure(files.unwrap_or_default())
    }

    /// Changes the text; what it was can be had back.
    fn apply(&mut self, edit: json::Edit) {
        if self.sheet.editor.apply(&[edit]) {
            self.understand();
        }
    }

    /// Reads the text anew: manifest, findings, rows.
    fn understand(&mut self) {
        self.understood = self.sheet.editor.buffer().version();
        let there = self.sheet.is_there();
        let found = if there { lint::manifest(self.sheet.bytes()) } else { Vec::new() };
        self.document = Document::parse(self.sheet.bytes(), Trailing::Ignored).ok();
        let document = self.document.as_ref();
        self.findings.of_text(found, |path| document.and_then(|it| Some(it.at(path)?.place())));
        self.manifest = self
            .document
            .as_ref()
            .and_then(|document| Manifest::from_document(document, Trailing::Refused).ok());
        self.mark();
        // A text that is no manifest can only be shown as it is.
        self.raw |= self.sheet.is_there() && self.rows.is_empty();
    }

    /// The project was looked at as a whole, with the text as it stands.
    pub(crate) fn surveyed(&mut self, found: Vec<Finding>) {
        self.findings.of_project(found);
        self.mark();
    }

    /// Puts what is wrong at its place, in the form and in the text.
    fn mark(&mut self) {
        self.rows = match (&self.document, &self.manifest) {
            (Some(document), Some(manifest)) => form::rows(document, manifest, &self.findings),
            _ => Vec::new(),
        };
        let mark =
            |found: &Finding| Some(Mark::new(found.severity, found.place?, found.message.clone()));
        self.sheet.editor.set_marks(self.findings.iter().filter_map(mark).collect());
    }

    /// Keeps the cursors inside and visible.
    pub(crate) fn show(&mut self, rows: Option<Rect>, findings: usize) {
        if let Some(rows) = rows {
            self.sheet.show(rows);
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

    /// Whether the text has a value for this row.
    pub(crate) fn is_set(&self, target: &Target) -> bool {
        self.document.as_ref().is_some_and(|it| it.at(&it.locate(target.words())).is_some())
    }

    /// What the key of the selected row means.
    pub(super) fn about(&self) -> &'static str {
        self.rows.get(self.cursor.at).map_or("", |row| vocabulary::about(&row.target.words()))
    }

    /// Does an action; `None` where it is none of this pane's.
    pub(crate) fn act(&mut self, action: Action, rows: usize) -> Option<Effects> {
        match action {
            Action::ViewNext | Action::ViewPrevious => {
                self.raw = !self.raw || self.rows.is_empty();
                return Some(Vec::new());
            }
            Action::Undo => self.undo(),
            Action::Redo => {
                self.sheet.editor.redo();
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
            Action::Fix => {
                // Edits are of the text that was looked at; one that is being typed is looked at when its author pauses.
                let current = self.understood == self.sheet.editor.buffer().version();
                let fix = self.fix().filter(|_| current);
                let edits = fix.map(|fix| fix.edits.clone()).unwrap_or_default();
                if self.sheet.editor.apply(&edits) {
                    self.understand();
                }
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
                    self.sheet.editor.look_around(action)
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

    /// Makes `file_list` what was chosen: one change, which leaves what stays as it is written.
    pub(crate) fn list(&mut self, chosen: &Chosen) -> bool {
        let Some(document) = &self.document else { return false };
        let edits = choose_files(document, |entry| chosen.keeps(entry), &chosen.added);
        let Ok(edits) = edits else { return false };
        if self.sheet.editor.apply(&edits) {
            self.understand();
        }
        true
    }

    /// A click or the wheel over the list, whose rows are there.
    pub(crate) fn mouse(&mut self, wheel: isize, at: Position, rows: Rect) {
        if self.raw {
            self.sheet.mouse(wheel, at, rows);
        } else {
            let row = usize::from(at.y - rows.y);
            self.cursor.mouse(wheel, row, self.rows.len(), rows.height.into());
        }
    }

    fn copy(&mut self) -> Effects {
        if self.raw {
            let text = String::from_utf8_lossy(self.sheet.editor.buffer().bytes()).into_owned();
            return vec![Effect::Copy("manifest", text)];
        }
        let row = self.rows.get(self.cursor.at);
        row.map(|row| Effect::Copy("value", row.value.clone())).into_iter().collect()
    }

    /// The fix of the selected finding; in the form and the text, of the one where the selection is.
    pub(crate) fn fix(&self) -> Option<&Fix> {
        let selected = || self.findings.get(self.finding.at);
        let finding = if self.detail_focused {
            selected()
        } else if self.raw {
            let line = self.sheet.editor.line();
            self.findings.iter().find(|found| found.place.is_some_and(|at| at.line == line))
        } else {
            let row = self.rows.get(self.cursor.at)?;
            selected()
                .filter(|found| row.has(found))
                .or_else(|| self.findings.iter().find(|found| row.has(found)))
        };
        finding?.fix.as_ref()
    }

    /// Goes where a finding is; to the text where the form has no row for it.
    pub(crate) fn go_to(&mut self, finding: &Finding) {
        self.detail_focused = false;
        let Some(at) = self.findings.iter().position(|found| same(found, finding)) else { return };
        self.finding.at = at;
        self.raw |= !self.rows.iter().any(|row| row.has(&self.findings[at]));
        self.go_to_finding();
    }

    /// Makes a finding's fix; the version of the text that came of it, `None` where the finding is of another text.
    pub(crate) fn mend(&mut self, finding: &Finding) -> Option<u64> {
        let current = self.understood == self.sheet.version();
        let found = self.findings.iter().find(|found| same(found, finding) && current)?;
        let edits = found.fix.as_ref()?.edits.clone();
        self.sheet.editor.apply(&edits).then(|| self.understand())?;
        Some(self.sheet.version())
    }

    /// Takes the last change back.
    pub(crate) fn undo(&mut self) {
        self.sheet.editor.undo();
        self.understand();
    }

    /// Whether the selection is where the selected finding is.
    fn on_finding(&self) -> bool {
        let Some(finding) = self.findings.get(self.finding.at) else { return false };
        if self.raw {
            return finding.place.is_some_and(|place| place.line == self.sheet.editor.line());
        }
        self.rows.get(self.cursor.at).is_some_and(|row| row.has(finding))
    }

    fn go_to_finding(&mut self) {
        let Some(finding) = self.findings.get(self.finding.at) else { return };
        if let Some(place) = finding.place {
            self.sheet.editor.go_to(place);
        }
        if let Some(at) = self.rows.iter().rposition(|row| row.has(finding)) {
            self.cursor.at = at;
        }
    }
}

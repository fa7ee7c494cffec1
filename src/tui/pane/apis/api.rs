//! One definition that is open: its text, what a Gateway reads in it, what is wrong with it.

use super::form::{self, Row, Way};
use super::remote::Entry;
use super::vocabulary;
use crate::domain::api::Definition;
use crate::domain::json::Edit;
use crate::domain::lint::{self, ApiFile, Facts, Finding, Fix, Unread};
use crate::domain::schema::Schemas;
use crate::domain::task::{Problem, Severity};
use crate::tui::editor::{Editor, Mark};
use crate::tui::effect::Effect;
use crate::tui::location::Location;
use crate::tui::sheet::{Reading, Sheet};
use crate::tui::widget::Cursor;
use crate::tui::wrong::{Wrong, same};

/// A definition: a file of the project, or an API of a server.
pub(crate) struct Api {
    /// Its file, as it is shown.
    pub(crate) name: String,
    /// The file and its text.
    pub(crate) sheet: Sheet,
    /// The version of the text that the fields below are about.
    understood: u64,
    opened: Result<ApiFile, Unread>,
    /// What is wrong with it, by place.
    pub(crate) findings: Wrong,
    /// The rows of the form.
    pub(crate) rows: Vec<Row>,
    /// The selected row.
    pub(crate) cursor: Cursor,
    /// What a server's list says of it; `None` for a file.
    pub(crate) entry: Option<Entry>,
    /// Its file may not be written.
    pub(crate) locked: bool,
    /// Its file is no more.
    pub(crate) gone: bool,
    /// The schemas of the connected Gateway.
    pub(super) schemas: Schemas,
}

impl Api {
    /// Of a file that is not read yet.
    pub(super) fn new(location: Location, name: String, vim: bool) -> Self {
        let mut editor = Editor::default();
        editor.set_vim(vim);
        let unread = Unread { file: name.clone(), place: None, message: String::new() };
        Self {
            name,
            sheet: Sheet::new(location, "the API definition", editor),
            understood: 0,
            opened: Err(unread),
            findings: Wrong::default(),
            rows: Vec::new(),
            cursor: Cursor::default(),
            entry: None,
            locked: false,
            gone: false,
            schemas: Schemas::default(),
        }
    }

    /// The definition, where the text is one.
    pub(crate) fn definition(&self) -> Option<&Definition> {
        self.opened.as_ref().ok().map(|api| &api.definition)
    }

    /// How many errors there are in it.
    pub(super) fn errors(&self) -> usize {
        self.findings.iter().filter(|found| found.severity == Severity::Error).count()
    }

    /// Whether what is known is of the text as it stands.
    pub(super) fn is_current(&self) -> bool {
        self.understood == self.sheet.editor.buffer().version()
    }

    pub(super) fn read(&mut self, text: Result<Option<Vec<u8>>, Problem>) -> Reading {
        let reading = self.sheet.read(text);
        if reading == Reading::New {
            self.understand();
        }
        reading
    }

    /// Reads the text anew: definition, findings, rows.
    pub(super) fn understand(&mut self) {
        self.understood = self.sheet.editor.buffer().version();
        self.opened = ApiFile::open(self.name.clone(), self.sheet.bytes());
        let mut facts = Facts { schemas: self.schemas.clone(), ..Facts::default() };
        match &self.opened {
            Ok(api) => facts.apis.push(api.clone()),
            Err(unread) => facts.unread.push(unread.clone()),
        }
        let found = if self.sheet.is_there() { lint::run(&facts) } else { Vec::new() };
        let definition = self.opened.as_ref().ok().map(|api| &api.definition);
        self.findings.of_text(found, |path| {
            definition.and_then(|it| Some(it.place(it.document().at(path)?)))
        });
        self.mark();
    }

    /// The project was looked at as a whole, with the text as it stands.
    pub(crate) fn surveyed(&mut self, found: Vec<Finding>) {
        self.findings.of_project(found);
        self.mark();
    }

    /// Puts what is wrong at its place, in the form and in the text.
    fn mark(&mut self) {
        self.rows = self
            .definition()
            .map(|definition| form::rows(definition, &self.findings))
            .unwrap_or_default();
        if let Some(keys) = self.definition().map(vocabulary::of) {
            self.sheet.editor.set_vocabulary(keys);
        }
        let mark =
            |found: &Finding| Some(Mark::new(found.severity, found.place?, found.message.clone()));
        self.sheet.editor.set_marks(self.findings.iter().filter_map(mark).collect());
    }

    /// Goes where a finding is; whether that is a row of the form.
    pub(super) fn show_finding(&mut self, finding: &Finding) -> bool {
        let Some(at) = self.findings.iter().position(|found| same(found, finding)) else {
            return false;
        };
        if let Some(place) = self.findings[at].place {
            self.sheet.editor.go_to(place);
        }
        let marked = |row: &Row| row.way == Way::Finding(at) || row.findings.contains(&at);
        let row = self.rows.iter().position(marked);
        self.cursor.at = row.unwrap_or(self.cursor.at);
        row.is_some()
    }

    /// Makes a finding's fix; the version of the text that came of it, `None` where the finding is of another text.
    pub(super) fn mend_finding(&mut self, finding: &Finding) -> Option<u64> {
        let found = self.findings.iter().find(|found| same(found, finding))?;
        let edits = found.fix.as_ref().filter(|_| self.is_current())?.edits.clone();
        let before = self.sheet.version();
        self.apply(&edits);
        Some(self.sheet.version()).filter(|version| *version != before)
    }

    /// Takes the last change back.
    pub(super) fn undo(&mut self) {
        self.sheet.editor.undo();
        self.understand();
    }

    /// Changes the text by edits of it as it stands, as one step.
    pub(super) fn apply(&mut self, edits: &[Edit]) {
        if self.sheet.editor.apply(edits) {
            self.understand();
        }
    }

    /// The selected row of the form.
    pub(super) fn row(&self) -> Option<&Row> {
        self.rows.get(self.cursor.at)
    }

    /// Whether something is wrong that has no place in the text, such as that it is no definition.
    pub(super) fn is_wrong_as_a_whole(&self) -> bool {
        self.findings.iter().any(|found| found.place.is_none())
    }

    /// What is wrong where the selection is: in the selected row, or on the cursor's line of the text, with what is wrong
    /// with the whole of it.
    pub(super) fn findings_here(&self, text: bool) -> impl Iterator<Item = &Finding> {
        let line = self.sheet.editor.line();
        let row = self.row();
        self.findings.iter().enumerate().filter_map(move |(at, found)| {
            let here = if text {
                found.place.is_none_or(|place| place.line == line)
            } else {
                row.is_some_and(|row| row.way == Way::Finding(at) || row.findings.contains(&at))
            };
            here.then_some(found)
        })
    }

    /// The fix of what is wrong where the selection is, or why there is none.
    pub(super) fn fix_here(&self, text: bool) -> Result<&Fix, &'static str> {
        if self.findings_here(text).next().is_none() {
            return Err("nothing is wrong where the selection is");
        }
        // Edits are of the text that was looked at; a large one that is being typed is looked at when its author pauses.
        let fix = self.findings_here(text).find_map(|found| found.fix.as_ref());
        fix.filter(|_| self.is_current())
            .ok_or("no fix is known for this: its message says what to write")
    }

    /// Makes the fix of what is wrong where the selection is.
    pub(super) fn mend(&mut self, text: bool) -> Result<(), String> {
        let edits = self.fix_here(text)?.edits.clone();
        self.apply(&edits);
        Ok(())
    }

    /// Goes to the next thing that is wrong; false where nothing is.
    pub(super) fn next_finding(&mut self, text: bool) -> bool {
        if text {
            let line = self.sheet.editor.line();
            let places = || self.findings.iter().filter_map(|found| found.place);
            let next = places().find(|place| place.line > line).or_else(|| places().next());
            if let Some(place) = next {
                self.sheet.editor.go_to(place);
            }
            return next.is_some() || self.is_wrong_as_a_whole();
        }
        let wrong = |row: &Row| row.mark.is_some() && !matches!(row.way, Way::Finding(_));
        let is_apart = |row: &Row| matches!(row.way, Way::Finding(at) if !self.has_row(at));
        let stops: Vec<_> = (0..self.rows.len())
            .filter(|at| wrong(&self.rows[*at]) || is_apart(&self.rows[*at]))
            .collect();
        let next = stops.iter().find(|at| **at > self.cursor.at).or(stops.first()).copied();
        self.cursor.at = next.unwrap_or(self.cursor.at);
        next.is_some()
    }

    /// Whether a row above the list of findings is marked by this one.
    fn has_row(&self, finding: usize) -> bool {
        self.rows.iter().any(|row| row.findings.contains(&finding))
    }

    /// What copying takes: the whole text, or the selected row's value.
    pub(super) fn copy(&self, whole: bool) -> Effect {
        match self.row().filter(|_| !whole) {
            Some(row) => Effect::Copy("value", row.value.clone()),
            None => {
                Effect::Copy("definition", String::from_utf8_lossy(self.sheet.bytes()).into_owned())
            }
        }
    }
}

//! Problems: what lint finds in manifest, API definitions, code, settings, keys and bundle of the project.

mod draw;

use std::path::PathBuf;

use ratatui::layout::{Position, Rect};

pub(crate) use draw::{draw, layout, line_count};

use crate::domain::lint::Finding;
use crate::domain::task::{Problem, Severity};
use crate::flows::survey::Found;
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::message::Mended;
use crate::tui::model::Effects;
use crate::tui::widget::Browse;
use crate::tui::wrong::same;

/// A fix that was made here, to be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fixed {
    /// In an open text: its file, and the version that came of it.
    Text(PathBuf, u64),
    /// In a file that is not open.
    File(Mended),
}

/// The state of the pane.
#[derive(Debug)]
pub(crate) struct Pane {
    /// What was found, the gravest first; `Err`: the project cannot be looked at.
    pub(crate) found: Option<Result<Vec<Found>, Problem>>,
    /// The project is being looked at.
    running: bool,
    /// Something has changed since that began.
    again: bool,
    /// The open texts that the look under way is of, and their versions.
    asked: Vec<(PathBuf, u64)>,
    /// What is less grave is not shown.
    pub(crate) least: Severity,
    /// Where one is in what is shown, and in the detail.
    pub(crate) browse: Browse,
    /// Fixes that were made here, the last one last.
    pub(crate) fixed: Vec<Fixed>,
}

impl Default for Pane {
    fn default() -> Self {
        Self {
            found: None,
            running: false,
            again: false,
            asked: Vec::new(),
            least: Severity::Hint,
            browse: Browse::default(),
            fixed: Vec::new(),
        }
    }
}

impl Pane {
    /// All that was found.
    pub(crate) fn all(&self) -> &[Found] {
        self.found.as_ref().and_then(|found| found.as_ref().ok()).map_or(&[], Vec::as_slice)
    }

    /// What is shown: of the gravity that the user wants to see.
    pub(crate) fn shown(&self) -> impl Iterator<Item = &Found> {
        self.all().iter().filter(|found| found.finding.severity >= self.least)
    }

    /// The selected finding.
    pub(crate) fn selected(&self) -> Option<&Found> {
        self.shown().nth(self.browse.cursor.at)
    }

    /// How many are of this gravity.
    pub(crate) fn count(&self, severity: Severity) -> usize {
        self.all().iter().filter(|found| found.finding.severity == severity).count()
    }

    /// Whether the project is being looked at.
    pub(crate) fn is_looking(&self) -> bool {
        self.running
    }

    /// The project is to be looked at now, with these open texts; false where that has to wait for a look under way.
    pub(crate) fn begin(&mut self, asked: Vec<(PathBuf, u64)>) -> bool {
        if self.running {
            self.again = true;
            return false;
        }
        self.running = true;
        self.asked = asked;
        true
    }

    /// Takes what was found: the open texts that it is of, and whether another look is due.
    pub(crate) fn arrived(
        &mut self,
        found: Result<Vec<Found>, Problem>,
    ) -> (Vec<(PathBuf, u64)>, bool) {
        let selected = self.selected().map(|found| found.finding.clone());
        self.found = Some(found);
        self.running = false;
        if let Some(selected) = selected {
            self.select(&selected);
        }
        (std::mem::take(&mut self.asked), std::mem::take(&mut self.again))
    }

    /// Selects this finding where it is still there; else what has taken its place.
    fn select(&mut self, finding: &Finding) {
        let is_it = |it: &Found| it.finding.file == finding.file && same(&it.finding, finding);
        let at = self.shown().position(is_it);
        match at {
            Some(at) => self.browse.cursor.at = at,
            None => self.browse.top = 0,
        }
        self.browse.cursor.at = self.browse.cursor.at.min(self.shown().count().saturating_sub(1));
    }

    /// Keeps cursors inside and visible; the detail has so many lines.
    pub(crate) fn show(&mut self, rows: usize, detail: usize, lines: usize) {
        let len = self.shown().count();
        self.browse.show(len, rows, detail, lines);
    }

    /// A click or the wheel; in the list where its rows are there, else in the detail.
    pub(crate) fn mouse(&mut self, wheel: isize, at: Position, rows: Option<Rect>) {
        let len = self.shown().count();
        self.browse.mouse(wheel, at, rows, len);
    }

    /// Does an action; `None` where it is none of this pane's own.
    pub(crate) fn act(&mut self, action: Action, rows: usize) -> Option<Effects> {
        match action {
            Action::Gravity => {
                let selected = self.selected().map(|found| found.finding.clone());
                self.least = match self.least {
                    Severity::Hint => Severity::Warning,
                    Severity::Warning => Severity::Error,
                    Severity::Error => Severity::Hint,
                };
                if let Some(selected) = selected {
                    self.select(&selected);
                }
                Some(Vec::new())
            }
            Action::Copy => {
                let finding = &self.selected()?.finding;
                let text = format!("{}: {} [{}]", place(finding), finding.message, finding.rule);
                Some(vec![Effect::Copy("problem", text)])
            }
            _ => {
                let len = self.shown().count();
                self.browse.act(action, len, rows).then(Vec::new)
            }
        }
    }
}

/// Where a finding is: `apis/orders.json:12:5`.
pub(crate) fn place(finding: &Finding) -> String {
    match finding.place {
        Some(place) => format!("{}:{place}", finding.file),
        None => finding.file.clone(),
    }
}

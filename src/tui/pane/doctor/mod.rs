//! Doctor: whether the Gateway is set up so that plugins work.

mod draw;

pub(crate) use draw::{draw, layout};

use crate::domain::task::Problem;
use crate::flows::doctor::{Check, State};
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::model::Effects;
use crate::tui::widget::Cursor;

/// The state of the pane.
#[derive(Debug, Default)]
pub(crate) struct Pane {
    /// What was looked at; `Err`: there is nothing to look at, or it cannot be read.
    pub(crate) examined: Option<Result<Vec<Check>, Problem>>,
    /// It is being looked at.
    pub(crate) busy: bool,
    /// The selected check.
    pub(crate) cursor: Cursor,
    /// The focus is on the detail.
    pub(crate) detail_focused: bool,
}

impl Pane {
    /// What was looked at, where something was.
    pub(crate) fn checks(&self) -> &[Check] {
        self.examined
            .as_ref()
            .and_then(|examined| examined.as_ref().ok())
            .map_or(&[], Vec::as_slice)
    }

    /// The selected check.
    pub(crate) fn selected(&self) -> Option<&Check> {
        self.checks().get(self.cursor.at)
    }

    /// How many checks say that plugins do not work.
    pub(crate) fn wrong(&self) -> usize {
        self.checks().iter().filter(|check| check.state == State::Fail).count()
    }

    /// Looks at everything anew; what was found before stays to be read until then.
    pub(crate) fn examine(&mut self, probe: bool) -> Effects {
        self.busy = true;
        vec![Effect::Examine { probe }]
    }

    /// Takes what was found.
    pub(crate) fn arrived(&mut self, examined: Result<Vec<Check>, Problem>) {
        self.busy = false;
        self.examined = Some(examined);
        self.cursor.at = self.cursor.at.min(self.checks().len().saturating_sub(1));
    }

    /// Does an action; `None` where it is none of this pane's.
    pub(crate) fn act(&mut self, action: Action, rows: usize) -> Option<Effects> {
        match action {
            Action::Examine => Some(self.examine(false)),
            Action::Accept => {
                self.detail_focused = true;
                Some(Vec::new())
            }
            Action::Copy => {
                let check = self.selected()?;
                let text = check.change.as_ref().unwrap_or(&check.found).clone();
                Some(vec![Effect::Copy("line", text)])
            }
            _ => self.cursor.act(action, self.checks().len(), rows).then(Vec::new),
        }
    }
}

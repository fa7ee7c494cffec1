//! Request: a request with the authentication of the hook under test, its answer, and the Dispatches that it caused.

mod detail;
mod draw;
mod form;
mod record;

pub(crate) use draw::{draw, layout};
pub(crate) use form::{Draft, Slot, Wish};

use ratatui::layout::{Position, Rect};

use crate::capture::{Capture, SharedView};
use crate::config::Settings;
use crate::domain::request::Shown;
use crate::domain::task::{Kind, Problem};
use crate::flows::request::{Caused, Exchange, Trace, caused, forbidden};
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::model::Effects;
use crate::tui::widget::Cursor;

use detail::Line;

/// Dispatches may still be on their way into the capture when the answer is there already.
const SETTLED: jiff::SignedDuration = jiff::SignedDuration::from_secs(2);

/// A request that was answered.
pub(crate) struct Answered {
    /// What was sent, and what came back.
    pub(crate) exchange: Exchange,
    /// Why the answer broke off, if it did.
    pub(crate) broken: Option<Problem>,
    /// What is shown of it: without secrets, and with them.
    pub(crate) shown: [Shown; 2],
    /// By what the Dispatches are found that it caused.
    pub(crate) trace: Trace,
}

/// What came of the last request.
#[derive(Default)]
pub(crate) enum Outcome {
    /// None was sent.
    #[default]
    None,
    /// It could not be sent, or there was no answer.
    Failed(Problem),
    /// An answer.
    Answered(Box<Answered>),
}

/// The state of the pane.
#[derive(Default)]
pub(crate) struct Pane {
    /// What is to be sent.
    pub(crate) draft: Draft,
    /// The selected row of the form.
    pub(crate) cursor: Cursor,
    /// The focus is on the answer.
    pub(crate) detail_focused: bool,
    /// A request is under way.
    pub(crate) sending: bool,
    /// What came of the last one.
    pub(crate) outcome: Outcome,
    /// The Dispatches that it caused.
    pub(crate) caused: Vec<Caused>,
    /// The selected line of the answer.
    pub(crate) detail: Cursor,
    /// Its secrets are shown.
    pub(crate) shows_secrets: bool,
    /// Those in force: they say which Gateway paths belong to, and what may be sent.
    settings: Settings,
    /// How what is typed is shown.
    view: Option<SharedView>,
    /// The answer as lines.
    lines: Vec<Line>,
}

impl Pane {
    /// With the Gateway of these settings.
    pub(crate) fn connected(mut self, settings: &Settings, view: SharedView) -> Self {
        self.view = Some(view);
        self.connect(settings);
        self
    }

    /// Another configuration is in force.
    pub(crate) fn connect(&mut self, settings: &Settings) {
        self.settings.clone_from(settings);
    }

    /// The Gateway that paths belong to.
    pub(super) fn gateway(&self) -> Option<&str> {
        self.settings.gateway.url.as_deref()
    }

    /// Why the draft may not be sent.
    pub(crate) fn forbidden(&self) -> Option<Problem> {
        forbidden(&self.draft.request, &self.settings)
    }

    /// The selected slot of the form.
    pub(crate) fn slot(&self) -> Option<Slot> {
        self.draft.slots().get(self.cursor.at).copied()
    }

    /// Sends the draft.
    pub(crate) fn send(&mut self) -> Effects {
        self.sending = true;
        vec![Effect::Send(Box::new(self.draft.clone()))]
    }

    /// Takes what came of it.
    pub(crate) fn arrived(&mut self, outcome: Result<Box<Answered>, Problem>) {
        self.sending = false;
        // Whoever cancelled wants to see what there was before.
        if !matches!(&outcome, Err(problem) if problem.kind == Kind::Interrupted) {
            self.outcome = match outcome {
                Ok(answered) => Outcome::Answered(answered),
                Err(problem) => Outcome::Failed(problem),
            };
            self.caused.clear();
            self.detail = Cursor::default();
            self.shows_secrets = false;
        }
        self.lay_out();
    }

    /// Looks for the Dispatches that the last request caused, as long as some may come.
    pub(crate) fn refresh(&mut self, capture: &Capture, now: jiff::Timestamp) {
        let Outcome::Answered(answered) = &self.outcome else { return };
        if now.duration_since(answered.trace.to) > SETTLED && !self.lines.is_empty() {
            return;
        }
        let caused = caused(capture, &answered.trace);
        let seqs = |caused: &[Caused]| caused.iter().map(|it| it.row.seq).collect::<Vec<_>>();
        if seqs(&caused) != seqs(&self.caused) {
            self.caused = caused;
            self.lay_out();
        }
    }

    /// Keeps selections inside what there is.
    pub(crate) fn show(&mut self, form: usize, answer: usize) {
        self.cursor.show(self.draft.slots().len(), form);
        self.detail.show(self.lines.len(), answer);
    }

    /// Shows or hides the secrets of the answer.
    fn toggle_secrets(&mut self) {
        self.shows_secrets = !self.shows_secrets;
        self.lay_out();
    }

    fn lay_out(&mut self) {
        self.lines = detail::lines(self);
    }

    /// What is shown of the answer as it stands.
    pub(crate) fn shown(&self) -> Option<&Shown> {
        match &self.outcome {
            Outcome::Answered(answered) => Some(&answered.shown[usize::from(self.shows_secrets)]),
            _ => None,
        }
    }

    /// The Dispatch on the selected line of the answer.
    pub(crate) fn dispatch(&self) -> Option<&Caused> {
        match self.lines.get(self.detail.at)? {
            Line::Caused(at) => self.caused.get(*at),
            Line::Text(..) => None,
        }
    }

    /// Does an action that needs nothing but this pane; `None` where it is none of its.
    pub(crate) fn act(&mut self, action: Action, rows: usize) -> Option<Effects> {
        match action {
            Action::SendRequest => return Some(self.send()),
            Action::RequestSecrets => self.toggle_secrets(),
            Action::NewRequest => {
                self.draft = Draft::default();
                self.cursor = Cursor::default();
            }
            Action::DropHeader => {
                if let Some(Slot::Header(at)) = self.slot() {
                    self.draft.request.headers.remove(at);
                }
            }
            Action::CopyCurl => {
                let shown = self.shows_secrets;
                return Some(vec![Effect::CopyCurl(Box::new(self.draft.clone()), shown)]);
            }
            Action::RequestHistory => return Some(vec![Effect::ReadRequests]),
            Action::Copy => return Some(self.copy().into_iter().collect()),
            Action::Right if !self.detail_focused => self.detail_focused = true,
            Action::Left => self.detail_focused = false,
            _ if self.detail_focused => {
                return self.detail.act(action, self.lines.len(), rows).then(Vec::new);
            }
            _ => {
                let slots = self.draft.slots().len();
                return self.cursor.act(action, slots, rows).then(Vec::new);
            }
        }
        Some(Vec::new())
    }

    /// A click, or the wheel.
    pub(crate) fn mouse(
        &mut self,
        wheel: isize,
        at: Position,
        form: Option<Rect>,
        answer: Option<Rect>,
    ) {
        let slots = self.draft.slots().len();
        let lines = self.lines.len();
        if let Some(area) = form.filter(|area| area.contains(at)) {
            self.detail_focused = false;
            self.cursor.mouse(wheel, usize::from(at.y - area.y), slots, area.height.into());
        } else if let Some(area) = answer.filter(|area| area.contains(at)) {
            self.detail_focused = true;
            self.detail.mouse(wheel, usize::from(at.y - area.y), lines, area.height.into());
        }
    }

    fn copy(&self) -> Option<Effect> {
        if self.detail_focused {
            let body = String::from_utf8_lossy(&self.shown()?.answer_body).into_owned();
            return Some(Effect::Copy("body of the answer", body));
        }
        Some(Effect::Copy("line", self.said(self.slot()?)))
    }
}

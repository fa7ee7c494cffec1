//! Where each step stands, for whoever looks on.

use std::time::{Duration, Instant};

use tokio::sync::watch;

use super::Failure;
use crate::domain::task::{Progress, State, Step};

/// The steps as they are shown.
#[derive(Clone)]
pub(super) struct Board(watch::Sender<Vec<Step>>);

impl Board {
    /// All steps waiting.
    pub(super) fn new(steps: watch::Sender<Vec<Step>>, names: &[&'static str]) -> Self {
        steps.send_replace(names.iter().map(|name| Step::waiting(name)).collect());
        Self(steps)
    }

    /// A step begins; one that not every ship has comes after the others.
    pub(super) fn begin(&self, name: &'static str) -> Begun<'_> {
        self.set(name, State::Running(Progress::default()), None);
        Begun { board: self, name, at: Instant::now() }
    }

    /// A step that comes before all others begins.
    pub(super) fn begin_first(&self, name: &'static str) -> Begun<'_> {
        self.0.send_modify(|steps| steps.insert(0, Step::waiting(name)));
        self.begin(name)
    }

    /// How far a step is.
    pub(super) fn progress(&self, name: &'static str, progress: Progress) {
        self.set(name, State::Running(progress), None);
    }

    /// A step that was left out, and why.
    pub(super) fn skipped(&self, name: &'static str, why: impl Into<String>) {
        self.set(name, State::Skipped(why.into()), None);
    }

    /// A step that was done within another one, and how long it took.
    pub(super) fn done_in(&self, name: &'static str, took: Duration, what: impl Into<String>) {
        self.set(name, State::Done(what.into()), Some(took));
    }

    fn set(&self, name: &'static str, state: State, took: Option<Duration>) {
        self.0.send_modify(|steps| match steps.iter_mut().find(|step| step.name == name) {
            Some(step) => {
                step.state = state;
                step.took = took;
            }
            None => steps.push(Step { name, state, took }),
        });
    }
}

/// A step under way.
pub(super) struct Begun<'a> {
    board: &'a Board,
    name: &'static str,
    at: Instant,
}

impl Begun<'_> {
    /// It is done: what it did, in a few words.
    pub(super) fn done(self, what: impl Into<String>) {
        self.ended(State::Done(what.into()));
    }

    /// Something of it is done, the rest comes later.
    pub(super) fn waits(self) {
        self.board.set(self.name, State::Waiting, None);
    }

    /// It failed, and the whole ends.
    pub(super) fn failed(self, failure: impl Into<Failure>) -> Failure {
        let failure = failure.into();
        self.ended(match &failure {
            Failure::Problem(problem) => State::Failed(problem.clone()),
            Failure::Cancelled => State::Skipped("cancelled".into()),
            Failure::PassphraseNeeded { .. } => State::Waiting,
        });
        failure
    }

    fn ended(&self, state: State) {
        self.board.set(self.name, state, Some(self.at.elapsed()));
    }
}

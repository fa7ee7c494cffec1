//! Breakpoints, and whom they hold, as the console knows them.

use std::sync::Arc;
use std::time::Duration;

use super::overlay::HeldText;
use super::text;
use crate::dispatch::{Breakpoint, Held, Holds};

/// What is drawn of it, and what keys are about.
#[derive(Default)]
pub(crate) struct Holding {
    /// In force, or to be, once a server runs.
    pub(crate) breakpoints: Vec<Breakpoint>,
    /// Those that are held, the first that came first.
    pub(crate) held: Vec<Waiting>,
    /// How many were let through, as no more are held.
    pub(crate) let_through: u64,
    /// How many are held at once, at most.
    pub(crate) most: usize,
    /// For how long.
    pub(crate) seconds: usize,
    /// Answers that were edited and not sent.
    pub(crate) drafts: Vec<HeldText>,
    /// The editor has vim's keys.
    pub(crate) vim: bool,
}

/// One that is held.
#[derive(Clone)]
pub(crate) struct Waiting {
    /// Who.
    pub(crate) held: Arc<Held>,
    /// For how long yet.
    pub(crate) left: Duration,
}

impl Waiting {
    /// The countdown: whole seconds, the one under way among them.
    pub(crate) fn countdown(&self) -> String {
        let seconds = self.left.as_secs() + u64::from(self.left.subsec_nanos() > 0);
        format!("{seconds} s")
    }
}

impl Holding {
    /// Takes in how it stands.
    pub(crate) fn refresh(&mut self, holds: &Holds) {
        let waiting = |held: Arc<Held>| Waiting { left: held.left(), held };
        self.held = holds.held().into_iter().map(waiting).collect();
        self.let_through = holds.let_through();
    }

    /// One that is still held.
    pub(crate) fn get(&self, id: u64) -> Option<&Waiting> {
        self.held.iter().find(|waiting| waiting.held.id == id)
    }

    /// How many are held for breakpoints of this console.
    pub(crate) fn held_for_us(&self) -> usize {
        let ours: Vec<String> = self.breakpoints.iter().map(Breakpoint::to_string).collect();
        self.held.iter().filter(|waiting| ours.contains(&waiting.held.by)).count()
    }

    /// Whether a rule is marked.
    pub(crate) fn marks_rule(&self, name: &str) -> bool {
        let is_it =
            |breakpoint: &Breakpoint| matches!(breakpoint, Breakpoint::Rule(rule) if rule == name);
        self.breakpoints.iter().any(is_it)
    }
}

/// `3 Dispatches are held`.
pub(crate) fn are_held(count: usize) -> String {
    match count {
        1 => "1 Dispatch is held".to_owned(),
        count => format!("{} Dispatches are held", text::count(count as u64)),
    }
}

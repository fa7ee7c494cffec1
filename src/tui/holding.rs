//! Breakpoints, and whom they hold, as the console knows them.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use super::effect::Effect;
use super::overlay::HeldText;
use super::text;
use crate::dispatch::{Breakpoint, Faulty, Held, Holds};
use crate::domain::filter::Filter;

/// What is drawn of it, and what keys are about.
#[derive(Default)]
pub(crate) struct Holding {
    /// In force, or to be, once a server runs.
    pub(crate) breakpoints: Vec<Breakpoint>,
    /// How often a server of another process was asked to hold for them.
    pub(super) asked: u64,
    /// How often it has said that those are in force.
    pub(super) in_force: u64,
    /// Those that are held, the first that came first.
    pub(crate) held: Vec<Waiting>,
    /// How many were let through, as no more are held.
    pub(crate) let_through: u64,
    /// Which breakpoints have a filter whose jq fails.
    pub(crate) faults: Vec<Faulty>,
    /// How many are held at once, at most.
    pub(crate) most: usize,
    /// For how long.
    pub(crate) seconds: usize,
    /// Answers that were edited and not sent.
    pub(crate) drafts: Vec<HeldText>,
    /// The editor has vim's keys.
    pub(crate) vim: bool,
    /// The list's filter, where one is in force.
    pub(super) filter: Option<Filter>,
    /// Which of them it means; `None` while that is being found out.
    pub(super) meant: BTreeMap<u64, Option<bool>>,
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
        self.faults = holds.faults();
    }

    /// Whether a server of another process has yet to say that it holds for them.
    pub(crate) fn are_asked_for(&self) -> bool {
        self.in_force < self.asked
    }

    /// Has them put in force, by a server of another process or here.
    pub(crate) fn put_in_force(&mut self, elsewhere: bool) -> Effect {
        self.asked += u64::from(elsewhere);
        Effect::Breakpoints(self.breakpoints.clone())
    }

    /// Those that were asked for are of no account any more: it is another server.
    pub(crate) fn ask_anew(&mut self) {
        (self.asked, self.in_force) = (0, 0);
    }

    /// Takes in the filter in force; asks which of those that are held it means, each once.
    pub(crate) fn filtered_by(&mut self, filter: Option<&Filter>) -> Option<Effect> {
        if self.filter.as_ref() != filter {
            self.filter = filter.cloned();
            self.meant.clear();
        }
        let filter = self.filter.as_ref()?;
        let held = |id: &u64| self.held.iter().any(|waiting| waiting.held.id == *id);
        self.meant.retain(|id, _| held(id));
        let ids = self.held.iter().map(|waiting| waiting.held.id);
        let new: Vec<u64> = ids.filter(|id| !self.meant.contains_key(id)).collect();
        self.meant.extend(new.iter().map(|id| (*id, None)));
        (!new.is_empty()).then(|| Effect::FilterHeld(Box::new(filter.clone()), new))
    }

    /// Which of them a filter means is known.
    pub(crate) fn are_meant(&mut self, filter: &Filter, means: Vec<(u64, bool)>) {
        if self.filter.as_ref() == Some(filter) {
            self.meant.extend(means.into_iter().map(|(id, is)| (id, Some(is))));
        }
    }

    /// Those that the list's filter means; all, where there is none.
    pub(crate) fn listed(&self) -> impl Iterator<Item = &Waiting> {
        let is_meant = |id: u64| self.meant.get(&id).copied().flatten() == Some(true);
        let all = self.filter.is_none();
        self.held.iter().filter(move |waiting| all || is_meant(waiting.held.id))
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

    /// What jq of the filter of a breakpoint that is so written fails on.
    pub(crate) fn fault_of(&self, written: &str) -> Option<String> {
        self.faults.iter().find(|faulty| faulty.breakpoint == written).map(fails_on)
    }

    /// Whether a rule is marked.
    pub(crate) fn marks_rule(&self, name: &str) -> bool {
        let is_it =
            |breakpoint: &Breakpoint| matches!(breakpoint, Breakpoint::Rule(rule) if rule == name);
        self.breakpoints.iter().any(is_it)
    }
}

/// `jq: 3 calls: cannot calculate "pre" + 1`, as the list says it of its filter.
pub(crate) fn fails_on(Faulty { count, first, .. }: &Faulty) -> String {
    let calls = if *count == 1 { "call" } else { "calls" };
    format!("jq: {} {calls}: {}", text::count(*count), text::clean(first))
}

/// `3 Dispatches are held`.
pub(crate) fn are_held(count: usize) -> String {
    match count {
        1 => "1 Dispatch is held".to_owned(),
        count => format!("{} Dispatches are held", text::count(count as u64)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breakpoints_at_another_process_are_asked_for_until_it_has_them_all() {
        let mut holding = Holding::default();
        holding.put_in_force(false);
        assert!(!holding.are_asked_for(), "our own server has them at once");
        holding.put_in_force(true);
        holding.put_in_force(true);
        holding.in_force = 1;
        assert!(holding.are_asked_for(), "it has the first of two");
        holding.in_force = 2;
        assert!(!holding.are_asked_for());
        holding.put_in_force(true);
        holding.ask_anew();
        assert!(!holding.are_asked_for());
    }
}

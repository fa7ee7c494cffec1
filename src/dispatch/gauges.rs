//! What a server shows of itself to those who do not own it.

use std::sync::{Arc, Weak};

use tokio::sync::watch;

use super::RuleStats;
use super::reload::Reloaded;
use super::rules::Rules;
use super::wire::Shared;
use crate::domain::task::Problem;

/// What a server shows of itself. Nothing of the server lives on for it: once that has ended, there is nothing to show.
#[derive(Clone, Debug)]
pub struct Gauges {
    pub(super) shared: Weak<Shared>,
    pub(super) exposed: Option<String>,
    pub(super) news: Option<watch::Receiver<Reloaded>>,
}

impl Gauges {
    /// Each rule in order, then `(none)`.
    pub fn rules(&self) -> Vec<RuleStats> {
        self.of_rules(Rules::stats)
    }

    /// APIs whose `auth_check` hook came and no rule answered.
    pub fn unanswered(&self) -> Vec<String> {
        self.of_rules(Rules::unanswered)
    }

    /// Calls under way.
    pub fn in_flight(&self) -> usize {
        self.shared.upgrade().map_or(0, |shared| shared.in_flight())
    }

    /// Of them, those that are held at a breakpoint.
    pub fn held(&self) -> usize {
        self.shared.upgrade().map_or(0, |shared| shared.holds().count())
    }

    /// What its user should know of it and of the rules in force: one line each.
    pub fn notices(&self) -> Vec<String> {
        self.exposed.iter().cloned().chain(self.of_rules(Rules::notices)).collect()
    }

    /// Why the rules' files, as they are now, are not in force.
    pub fn wrong_rules(&self) -> Option<Problem> {
        match &*self.news.as_ref()?.borrow() {
            Reloaded::Wrong(problem) => Some(problem.clone()),
            Reloaded::Never | Reloaded::Now(..) => None,
        }
    }

    /// What comes of changes of the rules' files.
    pub fn reloaded(&self) -> Option<watch::Receiver<Reloaded>> {
        self.news.clone()
    }

    fn of_rules<T>(&self, what: impl Fn(&Rules) -> Vec<T>) -> Vec<T> {
        let rules = self.shared.upgrade().map(|shared| shared.rules());
        rules.map_or_else(Vec::new, |rules: Arc<Rules>| what(&rules))
    }
}

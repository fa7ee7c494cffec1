//! What each rule has done so far.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::capture::Latency;

/// What a rule has done so far, for the Server pane.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct RuleStats {
    /// The rule's name; `(none)` for what no rule handled.
    pub name: String,
    /// Its `when` in words: `hook auth_check, api orders`; `everything else` for `(none)`.
    pub when: String,
    /// Calls that it handled.
    pub hits: u64,
    /// Of them, refused by it.
    pub refused: u64,
    /// Of them, those that got no answer.
    pub failed: u64,
    /// Why it last refused a caller or failed.
    pub last: Option<String>,
    /// 99th percentile of the time that it took of its own, over the last half minute or so; of `(none)`, of the time to the
    /// answer.
    pub p99: Duration,
}

/// The counters of one rule.
#[derive(Debug, Default)]
pub(super) struct Tally(Mutex<Counters>);

#[derive(Debug)]
struct Counters {
    hits: u64,
    refused: u64,
    failed: u64,
    last: Option<String>,
    latency: Latency,
}

impl Default for Counters {
    fn default() -> Self {
        Self { hits: 0, refused: 0, failed: 0, last: None, latency: Latency::new() }
    }
}

impl Tally {
    pub(super) fn stats(&self, name: &str, when: String) -> RuleStats {
        let counters = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let [p99] = counters.latency.quantiles([0.99]);
        RuleStats {
            name: name.to_owned(),
            when,
            hits: counters.hits,
            refused: counters.refused,
            failed: counters.failed,
            last: counters.last.clone(),
            p99,
        }
    }
}

impl Tally {
    /// Counts something that went wrong, though the call goes on.
    pub(super) fn failed(&self, note: Option<&str>) {
        let mut counters = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counters.failed += 1;
        counters.last = note.map(str::to_owned).or(counters.last.take());
    }
}

/// Which rules handled a call: counted once it is over.
#[derive(Debug)]
pub(in crate::dispatch) struct Mark {
    rule: Option<Arc<str>>,
    tallies: Vec<Counted>,
    refused: bool,
    note: Option<String>,
    ended_by: Option<Arc<str>>,
}

/// For whom a call counts, and how long it took of its own; `None` for all of the time to the answer.
pub(super) type Counted = (Arc<Tally>, Option<Duration>);

impl Mark {
    /// `rule` is the first that matched; where it was refused or ended without an answer, the last of `tallies` did it.
    pub(super) fn new(
        rule: Option<Arc<str>>,
        tallies: Vec<Counted>,
        refused: bool,
        note: Option<String>,
    ) -> Self {
        Self { rule, tallies, refused, note, ended_by: None }
    }

    /// The same where the call was ended by this rule: it is told where the record bears the name of an earlier one, which let
    /// it go on.
    pub(super) fn ended_by(mut self, rule: Option<Arc<str>>) -> Self {
        self.ended_by = rule.filter(|rule| self.rule.as_ref() != Some(rule));
        self
    }

    pub(super) fn tallies(&self) -> impl Iterator<Item = &Arc<Tally>> {
        self.tallies.iter().map(|(tally, _)| tally)
    }

    pub(super) fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    /// The same for the record, which outlives the server: without what stands in quotes, which the caller may have written.
    pub(in crate::dispatch) fn told(&self) -> Option<Arc<str>> {
        let Some(note) = self.note.as_deref() else {
            return Some(format!("by the rule {}", self.ended_by.as_ref()?).into());
        };
        let told = match (note.find('"'), note.rfind('"')) {
            (Some(first), Some(last)) if first < last => {
                format!("{}…{}", &note[..first], &note[last + 1..])
            }
            (Some(first), _) => format!("{}…", &note[..first]),
            (None, _) => note.to_owned(),
        };
        Some(self.signed(&told).into())
    }

    /// Why there was no answer, for the record.
    pub(in crate::dispatch) fn signed(&self, why: &str) -> String {
        match &self.ended_by {
            Some(rule) => format!("{why} (rule {rule})"),
            None => why.to_owned(),
        }
    }

    /// The name that the record bears.
    pub(in crate::dispatch) fn rule(&self) -> Option<Arc<str>> {
        self.rule.clone()
    }

    /// Counts the call, which took so long in all, and may have failed after it was decided.
    pub(in crate::dispatch) fn count(&self, failed: bool, took: Duration) {
        let now = Instant::now();
        for (index, (tally, own)) in self.tallies.iter().enumerate() {
            let mut counters = tally.0.lock().unwrap_or_else(PoisonError::into_inner);
            counters.hits += 1;
            // Those before the last only let it go on.
            if index + 1 == self.tallies.len() {
                counters.failed += u64::from(failed);
                counters.refused += u64::from(self.refused);
                if self.note.is_some() {
                    counters.last.clone_from(&self.note);
                }
            }
            counters.latency.add(own.unwrap_or(took), now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_told_nothing_that_a_caller_wrote() {
        let told = |note: &str| {
            Mark::new(None, Vec::new(), true, Some(note.to_owned())).told().unwrap().to_string()
        };
        assert_eq!(told("the key is not known"), "the key is not known");
        assert_eq!(told("no such user: \"hunter2\""), "no such user: …");
        assert_eq!(told("the key \"a\" is not known"), "the key … is not known");
        assert_eq!(told("no such user: \"hunter2\\\"x\""), "no such user: …");
        assert_eq!(told("not closed: \"abc"), "not closed: …");
        assert!(Mark::new(None, Vec::new(), true, None).told().is_none());
    }

    #[test]
    fn a_record_is_told_which_rule_ended_it_where_it_is_not_the_one_that_it_bears() {
        let marked = |note: Option<&str>, rule: &str| {
            Mark::new(Some("first".into()), Vec::new(), true, note.map(str::to_owned))
                .ended_by(Some(rule.into()))
        };
        assert_eq!(marked(None, "first").told(), None);
        assert_eq!(marked(None, "later").told().as_deref(), Some("by the rule later"));
        let why = marked(Some("no such user: \"x\""), "later").told();
        assert_eq!(why.as_deref(), Some("no such user: … (rule later)"));
        assert_eq!(marked(None, "first").signed("on purpose"), "on purpose");
        assert_eq!(marked(None, "later").signed("on purpose"), "on purpose (rule later)");
    }
}

//! The rules, one a file, grouped by what they look at. A rule's id is its file's name with dashes.

mod keyless_auth;
#[cfg(test)]
mod try_on;

use super::{Facts, Report};
use crate::domain::task::Severity;

/// A rule.
pub struct Rule {
    /// Its name, for `--format json` and for people: `keyless-auth`.
    pub id: &'static str,
    /// How grave its findings are, where a finding does not say otherwise.
    pub severity: Severity,
    /// What goes wrong, and why: a sentence or two.
    pub about: &'static str,
    /// Where the fact is from.
    pub source: &'static str,
    /// Looks at the facts.
    pub check: fn(&Facts, &mut Report<'_>),
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rule").field("id", &self.id).finish_non_exhaustive()
    }
}

/// All rules.
pub const RULES: &[&Rule] = &[&keyless_auth::RULE];

/// The rule of this id.
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}

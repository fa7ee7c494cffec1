//! The rules, one a file, grouped by what they look at. A rule's id is its file's name with dashes, in some groups with
//! the group's name before it.

mod across;
mod api;
mod bundle;
mod code;
mod conf;
mod hooks;
mod key;
mod manifest;
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

const GROUPS: [&[&Rule]; 8] = [
    hooks::RULES,
    manifest::RULES,
    api::RULES,
    across::RULES,
    code::RULES,
    bundle::RULES,
    key::RULES,
    conf::RULES,
];

/// All rules.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    GROUPS.into_iter().flatten().copied()
}

/// The rule of this id.
pub fn find(id: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_its_own_id_and_explains_itself() {
        let mut seen = std::collections::HashSet::new();
        for rule in all() {
            assert!(seen.insert(rule.id), "{} is there twice", rule.id);
            assert!(
                rule.id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'),
                "{}",
                rule.id
            );
            assert!(rule.about.ends_with('.'), "{}: about is a sentence", rule.id);
            assert!(!rule.source.is_empty(), "{}", rule.id);
        }
    }
}

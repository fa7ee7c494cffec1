//! Where a rule puts what it finds.

use super::{Finding, Fix, Rule};
use crate::domain::json::{Path, Place};
use crate::domain::task::Severity;

/// Collects what one rule finds.
pub struct Report<'a> {
    rule: &'static Rule,
    found: &'a mut Vec<Finding>,
}

impl<'a> Report<'a> {
    pub(super) fn of(rule: &'static Rule, found: &'a mut Vec<Finding>) -> Self {
        Self { rule, found }
    }

    /// Says that something was found in a file, as grave as the rule is; the returned finding takes more.
    pub fn say(&mut self, file: &str, message: impl Into<String>) -> &mut Finding {
        self.found.push(Finding {
            rule: self.rule.id,
            severity: self.rule.severity,
            file: file.to_owned(),
            place: None,
            path: None,
            message: message.into(),
            fix: None,
        });
        // It was pushed just now.
        let last = self.found.len() - 1;
        &mut self.found[last]
    }
}

impl Finding {
    /// The same, at this place.
    pub fn at(&mut self, place: Place) -> &mut Self {
        self.place = Some(place);
        self
    }

    /// The same, on this value.
    pub fn on(&mut self, path: Path) -> &mut Self {
        self.path = Some(path);
        self
    }

    /// The same, as grave as this.
    pub fn as_grave_as(&mut self, severity: Severity) -> &mut Self {
        self.severity = severity;
        self
    }

    /// The same, with a fix where there is one.
    pub fn fixed_by(&mut self, fix: impl Into<Option<Fix>>) -> &mut Self {
        self.fix = fix.into();
        self
    }
}

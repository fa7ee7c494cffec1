//! Facts for the rules' tests.

use crate::domain::lint::{ApiFile, Facts, Finding, Report, find};

/// Facts of one API definition, `api.json`.
pub(super) fn api(text: &str) -> Facts {
    Facts { apis: vec![ApiFile::open("api.json", text).unwrap()], ..Facts::default() }
}

/// What one rule finds.
pub(super) fn found(rule: &str, facts: &Facts) -> Vec<Finding> {
    let rule = find(rule).unwrap();
    let mut found = Vec::new();
    (rule.check)(facts, &mut Report::of(rule, &mut found));
    found
}

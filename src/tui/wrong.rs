//! What is wrong with an open text: what the text alone tells, at once, and what the whole project tells, a moment later.

use std::ops::Deref;

use crate::domain::json::{Path, Place};
use crate::domain::lint::Finding;

/// Findings about one text, by place.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wrong {
    all: Vec<Finding>,
    /// What the text alone told.
    alone: Vec<Finding>,
    /// What only the whole project told: it stays until the project was looked at again.
    beyond: Vec<Finding>,
}

impl Deref for Wrong {
    type Target = [Finding];

    fn deref(&self) -> &[Finding] {
        &self.all
    }
}

impl Wrong {
    /// The text is another one, and tells this by itself. `place` is where a path leads in it.
    pub(crate) fn of_text(&mut self, found: Vec<Finding>, place: impl Fn(&Path) -> Option<Place>) {
        for finding in &mut self.beyond {
            // Its edits were of the text before.
            finding.fix = None;
            finding.place = finding.path.as_ref().and_then(&place).or(finding.place);
        }
        self.all = found.iter().chain(&self.beyond).cloned().collect();
        self.all.sort_by(Finding::by_place);
        self.alone = found;
    }

    /// The project was looked at with this text in it, and tells this.
    pub(crate) fn of_project(&mut self, found: Vec<Finding>) {
        let is_alone = |it: &&Finding| self.alone.iter().any(|other| same(it, other));
        self.beyond = found.iter().filter(|it| !is_alone(it)).cloned().collect();
        self.all = found;
        self.all.sort_by(Finding::by_place);
    }
}

/// Whether two findings are one, in texts of which one is the other's next version.
pub(crate) fn same(one: &Finding, other: &Finding) -> bool {
    (one.rule, &one.path, &one.message) == (other.rule, &other.path, &other.message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::json::Edit;
    use crate::domain::lint::Fix;
    use crate::domain::task::Severity;

    fn finding(rule: &'static str, line: usize) -> Finding {
        Finding {
            rule,
            severity: Severity::Warning,
            file: "f".into(),
            place: Some(Place { line, column: 1 }),
            path: Some(Path::default()),
            message: rule.into(),
            fix: Some(Fix::one("t", "f", Edit { span: 0..0, text: "x".into() })),
        }
    }

    fn rules(wrong: &Wrong) -> Vec<(&str, usize, bool)> {
        let row = |it: &Finding| it.place.map_or(0, |place| place.line);
        wrong.iter().map(|it| (it.rule, row(it), it.fix.is_some())).collect()
    }

    #[test]
    fn what_the_project_told_stays_while_one_types_and_goes_with_its_next_look() {
        let mut wrong = Wrong::default();
        wrong.of_text(vec![finding("a", 2)], |_| None);
        wrong.of_project(vec![finding("b", 1), finding("a", 2)]);
        assert_eq!(rules(&wrong), [("b", 1, true), ("a", 2, true)]);
        // A line was put above; the fix of the other was for the text before.
        wrong.of_text(vec![finding("a", 3)], |_| Some(Place { line: 2, column: 1 }));
        assert_eq!(rules(&wrong), [("b", 2, false), ("a", 3, true)]);
        wrong.of_text(Vec::new(), |_| None);
        assert_eq!(rules(&wrong), [("b", 2, false)]);
        wrong.of_project(Vec::new());
        assert!(wrong.is_empty());
    }
}

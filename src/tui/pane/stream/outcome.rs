//! What came of a call: its colour and its words, wherever a call is a row.

use std::borrow::Cow;

use crate::capture::Row;
use crate::domain::effect::Outcome;
use crate::tui::text;
use crate::tui::theme::Role;

/// The colour of an outcome.
pub(crate) fn role(outcome: Outcome) -> Role {
    match outcome {
        Outcome::Passed => Role::Passed,
        Outcome::Changed => Role::Changed,
        Outcome::Refused => Role::Refused,
        Outcome::Overridden => Role::Overridden,
        Outcome::Failed => Role::Failed,
        Outcome::Held => Role::Held,
    }
}

/// The colour of what came of a call.
pub(crate) fn role_of(row: &Row) -> Role {
    match row.outcome {
        _ if row.let_go => Role::Warning,
        outcome => outcome.map_or(Role::Dim, role),
    }
}

/// What came of it, and the status that the caller sees: `refused 401`. The status is the last to be cut. A call that was let
/// go looks like a healthy one otherwise: `⚠ passed`.
pub(crate) fn words(row: &Row, width: u16) -> Cow<'static, str> {
    let words = plain_words(row, width);
    if !row.let_go {
        return words;
    }
    let gap = if text::width(&words) + 2 > width.into() { "" } else { " " };
    format!("⚠{gap}{words}").into()
}

fn plain_words(row: &Row, width: u16) -> Cow<'static, str> {
    let Some(outcome) = row.outcome else { return "".into() };
    let Some(status) = row.status else { return outcome.word().into() };
    let words = format!("{} {status}", outcome.word());
    match outcome {
        Outcome::Overridden if words.len() > width.into() => format!("override {status}").into(),
        _ => words.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::Kind;
    use crate::domain::object::Hook;

    #[test]
    fn a_call_that_was_let_go_is_told_from_one_that_passed() {
        let row = |outcome, status, let_go| Row {
            seq: 1,
            kind: Kind::Dispatch,
            at: jiff::Timestamp::UNIX_EPOCH,
            took: std::time::Duration::ZERO,
            hook: Hook::Pre,
            name: "".into(),
            api: "".into(),
            method: "".into(),
            path: "".into(),
            outcome: Some(outcome),
            let_go,
            status,
            rule: None,
            size: 0,
        };
        assert_eq!(role_of(&row(Outcome::Passed, None, false)), Role::Passed);
        let passed = row(Outcome::Passed, None, true);
        assert_eq!(role_of(&passed), Role::Warning);
        assert_eq!(words(&passed, 12), "⚠ passed");
        let changed = row(Outcome::Changed, Some(200), true);
        assert_eq!(words(&changed, 14), "⚠ changed 200");
        assert_eq!(words(&changed, 12), "⚠changed 200");
    }
}

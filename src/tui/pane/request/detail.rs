//! The answer as lines: status and timing, the Dispatches, headers, body.

use std::borrow::Cow;
use std::time::Duration;

use super::{Answered, Outcome, Pane};
use crate::domain::request::Shown;
use crate::domain::task::size;
use crate::flows::request::Certainty;
use crate::tui::text;
use crate::tui::theme::Role;

/// Lines of a body that are laid out at most.
const MOST: usize = 5_000;

/// One line.
pub(super) enum Line {
    /// Pieces of text.
    Text(Vec<(Role, String)>),
    /// The Dispatch with this number among those that were caused.
    Caused(usize),
}

fn line(role: Role, text: impl Into<String>) -> Line {
    Line::Text(vec![(role, text.into())])
}

/// All lines.
pub(super) fn lines(pane: &Pane) -> Vec<Line> {
    match (&pane.outcome, pane.shown()) {
        (Outcome::Answered(answered), Some(shown)) => answered_lines(pane, answered, shown),
        (Outcome::Failed(problem), _) => {
            let mut lines = vec![line(Role::Error, format!("✗ {}", problem.what))];
            lines.extend(problem.place.iter().map(|place| line(Role::Dim, place)));
            lines.extend(problem.help.iter().map(|help| line(Role::Text, help)));
            lines
        }
        _ => Vec::new(),
    }
}

fn answered_lines(pane: &Pane, answered: &Answered, shown: &Shown) -> Vec<Line> {
    let answer = &answered.exchange.answer;
    let role = match answer.status {
        ..300 => Role::Good,
        300..400 => Role::Hint,
        400..500 => Role::Refused,
        _ => Role::Failed,
    };
    let millis = |time: Option<Duration>| time.map_or_else(|| "–".to_owned(), text::millis);
    let timing = &answer.timing;
    let mut lines = vec![
        Line::Text(vec![
            (role, answer.status_line()),
            (Role::Text, format!("  {}  ", size(answer.bytes))),
            (Role::Text, format!("{} ms", text::millis(timing.total))),
        ]),
        line(
            Role::Dim,
            format!(
                "resolve {}  connect {}  head after {}  all {} ms",
                millis(timing.resolve),
                millis(timing.connect),
                text::millis(timing.head),
                text::millis(timing.total)
            ),
        ),
        line(Role::Dim, format!("{} {}", answered.exchange.sent.method, shown.url)),
    ];
    if answered.exchange.sent.insecure {
        lines.push(line(Role::Warning, "⚠ the server's certificate was not checked"));
    }
    if let Some(broken) = &answered.broken {
        lines.push(line(Role::Error, format!("✗ {}", broken.what)));
        lines.extend(broken.help.iter().map(|help| line(Role::Text, help)));
    }
    if (300..400).contains(&answer.status) {
        lines.push(line(Role::Hint, "A redirect is not followed: secrets would go there too."));
    }
    if let Some(output) = &answered.exchange.output {
        lines.push(line(Role::Good, format!("the whole body is in {}", output.display())));
    }
    lines.extend(caused_lines(pane));
    lines.push(line(Role::Text, ""));
    lines.push(line(Role::Heading, "HEADERS"));
    lines.extend(shown.answer_headers.iter().map(|(name, value)| {
        Line::Text(vec![(Role::Heading, format!("{name}: ")), (Role::Text, value.clone())])
    }));
    lines.push(line(Role::Text, ""));
    lines.push(line(Role::Heading, "BODY"));
    lines.extend(body_lines(answered, shown));
    lines
}

fn caused_lines(pane: &Pane) -> Vec<Line> {
    let caused = &pane.caused;
    let seen = caused.iter().filter(|it| it.certainty == Certainty::Seen).count();
    let mut lines = vec![line(Role::Text, "")];
    let heading = match (seen, caused.len()) {
        (_, 0) => "DISPATCHES  none seen".to_owned(),
        (seen, all) if seen == all => format!("DISPATCHES  {all}, by the mark in them"),
        (0, all) => format!("DISPATCHES  {all}, a guess: by time, method and path"),
        (seen, all) => format!("DISPATCHES  {seen} by the mark in them, {} a guess", all - seen),
    };
    lines.push(line(Role::Heading, heading));
    lines.extend((0..caused.len()).map(Line::Caused));
    lines
}

fn body_lines(answered: &Answered, shown: &Shown) -> Vec<Line> {
    let answer = &answered.exchange.answer;
    let Ok(body) = std::str::from_utf8(&shown.answer_body) else {
        // Of text that is cut, the last character may be half there.
        let what = format!("{}, no text: `body to` writes it into a file", size(answer.bytes));
        return vec![line(Role::Dim, what)];
    };
    if body.is_empty() {
        return vec![line(Role::Dim, "none")];
    }
    // JSON in one line would be cut at its first words.
    let laid_out = match serde_json::from_str::<serde_json::Value>(body) {
        Ok(value) if value.is_object() || value.is_array() => Cow::Owned(format!("{value:#}")),
        _ => Cow::Borrowed(body),
    };
    let mut lines: Vec<Line> = laid_out.lines().take(MOST).map(|it| line(Role::Text, it)).collect();
    if laid_out.lines().nth(MOST).is_some() || answer.bytes > answer.body.len() as u64 {
        let what = format!("⋯ {} in all: `body to` writes them into a file", size(answer.bytes));
        lines.push(line(Role::Warning, what));
    }
    lines
}

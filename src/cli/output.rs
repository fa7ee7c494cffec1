//! What commands print: problems on stderr (and as one JSON object on stdout with `--json`), lines that survive a
//! reader that goes away.

use std::io::Write as _;

use crate::domain::task::Problem;

/// Prints a problem: one readable line on stderr, what to do on the next; with `json` also one object on stdout.
pub(super) fn problem(problem: &Problem, json: bool) {
    let mut stderr = std::io::stderr().lock();
    let place = problem.place.as_deref().map(|place| format!("{place}: ")).unwrap_or_default();
    let _ = writeln!(stderr, "tyk-tui: error: {place}{}", problem.what);
    if let Some(help) = &problem.help {
        let _ = writeln!(stderr, "  help: {help}");
    }
    if json {
        let _ = writeln!(std::io::stdout().lock(), "{}", problem.to_json());
    }
}

/// Prints a line on stdout; a reader that went away is no error of ours, and ends the program quietly.
pub(super) fn line(text: impl std::fmt::Display) -> Result<(), Problem> {
    let mut stdout = std::io::stdout().lock();
    writeln!(stdout, "{text}")
        .and_then(|()| stdout.flush())
        .map_err(|error| Problem::failed(format!("cannot write to standard output: {error}")))
}

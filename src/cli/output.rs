//! What commands print: problems and warnings on stderr (a problem also as one JSON object on stdout with `--json`),
//! lines on stdout.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::{self, Write as _};

use tracing::Level;

use crate::domain::filter::Filter;
use crate::domain::task::Problem;
use crate::log::Ring;
use crate::tui::text::is_harmful;

/// Prints a problem: one readable line on stderr, what to do on the next; with `json` also one object on stdout.
pub(super) fn problem(problem: &Problem, json: bool) {
    say("error", problem);
    if json {
        // Its text is on stderr too, so a reader that went away loses nothing here.
        let _ = line(problem.to_json());
    }
}

/// Prints what the user should know and the command goes on without.
pub(super) fn warning(problem: &Problem) {
    say("warning", problem);
}

/// Has it said once where a filter's jq fails on a record: such a record is left out, and nothing else tells of it.
pub(super) fn telling(filter: Filter) -> Filter {
    filter.telling(|said| {
        let what = "the filter's jq fails on a record, which is left out, and so is any other: ";
        warning(&Problem::failed(format!("{what}{said}")));
    })
}

/// Prints the log's warnings and errors on stderr as they come, for a command that runs on: on a thread that ends with
/// the process.
pub(super) fn warnings_of(ring: Ring) {
    let mut changes = ring.changes();
    let print = move || {
        let Ok(runtime) = tokio::runtime::Builder::new_current_thread().build() else { return };
        let mut next = 0;
        loop {
            for line in ring.since(next) {
                next = line.number + 1;
                if line.level <= Level::WARN {
                    notice(format_args!("{}: {}", line.target, line.message));
                }
            }
            if runtime.block_on(changes.changed()).is_err() {
                return;
            }
        }
    };
    // Without the thread the log file still has them.
    let _ = std::thread::Builder::new().name("warnings".into()).spawn(print);
}

/// Prints a word about what is going on, on stderr.
pub(super) fn notice(text: impl Display) {
    remark(format_args!("tyk-tui: {text}"));
}

/// Prints a line on stderr as it is. Where stderr is gone or full there is nobody left to tell.
pub(super) fn remark(text: impl Display) {
    let _ = writeln!(io::stderr().lock(), "{}", printable(&text.to_string()));
}

fn say(how: &str, problem: &Problem) {
    let mut stderr = io::stderr().lock();
    let place = problem.place.as_deref().map(|place| format!("{place}: ")).unwrap_or_default();
    let text = format!("{place}{}", problem.what);
    // Where stderr is gone too there is nobody left to tell.
    let _ = writeln!(stderr, "tyk-tui: {how}: {}", printable(&text));
    if let Some(help) = &problem.help {
        let _ = writeln!(stderr, "  help: {}", printable(help));
    }
}

/// Prints a line on stdout and flushes it. A reader that went away is no error of ours: the rest is for nobody. A full
/// disk is one.
pub(super) fn line(text: impl Display) -> Result<(), Problem> {
    written(writeln!(io::stdout().lock(), "{text}").and_then(|()| io::stdout().lock().flush()))
}

/// Prints bytes on stdout as they are, as [`line()`] does.
pub(super) fn bytes(bytes: &[u8]) -> Result<(), Problem> {
    written(io::stdout().lock().write_all(bytes).and_then(|()| io::stdout().lock().flush()))
}

/// Standard output as a stream, as [`line()`] writes: a reader that went away is no error.
pub(super) struct Out;

impl io::Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match io::stdout().lock().write_all(bytes) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
            _ => Ok(bytes.len()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match io::stdout().lock().flush() {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
            _ => Ok(()),
        }
    }
}

/// Why standard output could not be written.
pub(super) fn cannot_write(error: &io::Error) -> Problem {
    Problem::failed(format!("cannot write to standard output: {error}"))
}

fn written(result: io::Result<()>) -> Result<(), Problem> {
    match result {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(cannot_write(&error)),
        _ => Ok(()),
    }
}

/// Text that may quote a file or a peer, without the characters that would steer a terminal or turn the direction of text.
pub(super) fn printable(text: &str) -> Cow<'_, str> {
    let steers = |c: char| is_harmful(c) && c != '\n' && c != '\t';
    if !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if steers(c) { safe.extend(c.escape_default()) } else { safe.push(c) }
    }
    Cow::Owned(safe)
}

/// The same on one line, for a column or an entry of its own.
pub(super) fn cell(text: &str) -> String {
    printable(text).replace(['\n', '\t'], " ")
}

/// A value in a line for people: of one that fills screens the beginning, and how long it is. With `--json` it is whole.
pub(super) fn brief(value: &str) -> Cow<'_, str> {
    /// Characters.
    const MOST: usize = 2_000;
    match value.char_indices().nth(MOST) {
        Some((end, _)) => Cow::Owned(format!("{}… ({} bytes)", &value[..end], value.len())),
        None => Cow::Borrowed(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_text_does_not_steer_the_terminal() {
        assert_eq!(printable("a\u{1b}]0;x\u{7}\u{9b}2J\tb\n"), "a\\u{1b}]0;x\\u{7}\\u{9b}2J\tb\n");
        assert_eq!(printable("/a\u{202e}gpj.exe"), "/a\\u{202e}gpj.exe");
        assert!(matches!(printable("plain ä\n"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_value_that_fills_screens_is_cut() {
        assert_eq!(brief("short"), "short");
        let long = "ü".repeat(3_000);
        assert_eq!(brief(&long), format!("{}… (6000 bytes)", "ü".repeat(2_000)));
    }

    #[test]
    fn a_reader_that_went_away_is_no_error_and_a_full_disk_is() {
        assert!(written(Err(io::ErrorKind::BrokenPipe.into())).is_ok());
        assert!(written(Err(io::ErrorKind::StorageFull.into())).is_err());
    }
}

//! A question before something is lost.

use std::io::{BufRead as _, IsTerminal as _, Write as _};

use super::output;
use crate::domain::task::{Kind, Problem};

/// Asks on the terminal, and goes on at `y` alone; where nobody can be asked it takes `--yes`.
pub(super) fn confirm(question: &str, yes: bool) -> Result<(), Problem> {
    if yes {
        return Ok(());
    }
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return Err(Problem::usage(format!("this asks first: {question}"))
            .help("give --yes where nobody can be asked"));
    }
    let mut stderr = std::io::stderr().lock();
    let _ = write!(stderr, "{} [y/N] ", output::printable(question));
    let _ = stderr.flush();
    let mut answer = String::new();
    let read = std::io::stdin().lock().read_line(&mut answer);
    if read.is_ok() && matches!(answer.trim(), "y" | "Y" | "yes") {
        return Ok(());
    }
    Err(Problem { kind: Kind::No, ..Problem::failed("nothing was done") })
}

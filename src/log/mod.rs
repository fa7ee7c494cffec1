//! The log: to a file in the state directory, and to a ring that the Log pane shows.
//!
//! Whoever logs uses `tracing`'s macros and never passes a secret; crates of others are heard from `warn` on only,
//! because their finer lines quote headers.

mod file;
mod peers;
mod ring;

use std::path::Path;

use tracing::Level;
use tracing_appender::non_blocking::{NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;

use crate::domain::task::Problem;
pub use ring::{Line, Ring};

/// Lines that wait for the disk at most; more are dropped rather than waited for.
const BUFFERED_LINES: usize = 8_192;

/// The log of this process, as long as it is held: dropping it writes what is still waiting to the file.
#[must_use = "the log file gets its last lines when this is dropped"]
#[derive(Debug)]
pub struct Log {
    /// What the Log pane shows.
    pub ring: Ring,
    _writer: Option<WorkerGuard>,
}

/// Starts the log of this process: everything goes to the ring, and to `file` where one is given.
///
/// A file that cannot be written is a problem to be shown, not a reason to stop: it comes back beside the log, which
/// then has the ring alone. A process has one log; where one is already running (tests), this one stays empty.
pub fn start(file: Option<&Path>) -> (Log, Option<Problem>) {
    let ring = Ring::default();
    let (file, problem) = match file.map(file::Rolled::open).transpose() {
        Ok(file) => (file, None),
        Err(problem) => (None, Some(problem)),
    };
    let (writer, guard) = match file {
        Some(file) => {
            let (writer, guard) =
                NonBlockingBuilder::default().buffered_lines_limit(BUFFERED_LINES).finish(file);
            (Some(writer), Some(guard))
        }
        None => (None, None),
    };
    let lines = writer.map(|writer| {
        tracing_subscriber::fmt::layer().with_ansi(false).with_writer(writer).with_filter(heard())
    });
    let subscriber = tracing_subscriber::registry()
        .with(lines)
        .with(ring::Listener(ring.clone()).with_filter(heard()))
        .with(peers::Refusals::new(ring.clone()).with_filter(peers::Refusals::heard()));
    // Refused only where a log runs already, which the docstring tells.
    let _ = tracing::subscriber::set_global_default(subscriber);
    (Log { ring, _writer: guard }, problem)
}

/// Whose lines are kept, from which level on.
fn heard() -> Targets {
    Targets::new().with_default(Level::WARN).with_target("tyk_tui", Level::DEBUG)
}

//! Limits on the size of files.

use tokio::signal::unix::{SignalKind, signal};

/// Makes a limit on file size (`ulimit -f`) an error of the write that meets it. Unheeded, the system ends the process
/// (SIGXFSZ), and a temporary file stays behind. Needs a runtime; it holds for the rest of the process's life.
pub fn heed_limits() {
    // SIGXFSZ has this number on Linux and macOS.
    const FILE_SIZE: i32 = 25;
    // Where it cannot be heeded nothing else is lost.
    drop(signal(SignalKind::from_raw(FILE_SIZE)));
}

//! Work that takes its time: its progress is a line on the terminal, and a signal cancels it.

use std::io::{IsTerminal as _, Write as _};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;

use super::runtime;
use crate::domain::task::{Problem, Progress, size};

/// Is told of what is going on (`uploading`), piece by piece.
pub(super) type Tell = Arc<dyn Fn(&'static str, Progress) + Send + Sync>;

/// Runs it to its end.
pub(super) fn work<T>(
    work: impl AsyncFnOnce(Tell, CancellationToken) -> Result<T, Problem>,
) -> Result<T, Problem> {
    runtime::block_on(async {
        let cancel = runtime::cancelled_by_signal()?;
        let (tell, bar) = bar();
        let done = work(tell, cancel).await;
        bar.clear();
        done
    })?
}

/// The line of progress, on a terminal alone.
struct Bar(Mutex<Option<Instant>>);

impl Bar {
    fn clear(&self) {
        if self.0.lock().is_ok_and(|mut shown| shown.take().is_some()) {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }

    fn show(&self, what: &str, progress: Progress) {
        const OFTEN: Duration = Duration::from_millis(100);
        let Ok(mut shown) = self.0.lock() else { return };
        let is_last = progress.total == Some(progress.done);
        if !is_last && shown.is_some_and(|at| at.elapsed() < OFTEN) {
            return;
        }
        *shown = Some(Instant::now());
        let total = progress.total.map(|total| format!(" of {}", size(total))).unwrap_or_default();
        let _ = write!(std::io::stderr(), "\r\x1b[K{what}: {}{total}", size(progress.done));
    }
}

fn bar() -> (Tell, Arc<Bar>) {
    let bar = Arc::new(Bar(Mutex::new(None)));
    let shown = Arc::clone(&bar);
    let is_terminal = std::io::stderr().is_terminal();
    let tell: Tell = Arc::new(move |what, progress| {
        if is_terminal {
            shown.show(what, progress);
        }
    });
    (tell, bar)
}

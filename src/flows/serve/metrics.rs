//! Figures for Prometheus, on a thread of their own.

use std::net::SocketAddr;
use std::sync::{Arc, mpsc};

use crate::capture::Capture;
use crate::domain::address::Listen;
use crate::domain::task::Problem;
use crate::services::metrics::{Figures, Running};

/// Records that are taken from the ring at once.
const PIECE: usize = 256;

/// Where they are.
pub(super) struct Metrics {
    pub(super) address: SocketAddr,
    pub(super) loopback: bool,
}

/// Counts what is captured, and serves the figures until the capture ends. `waiting` says how many calls are under way, and how many
/// of them are held.
pub(super) fn start(
    listen: Listen,
    capture: Capture,
    waiting: impl Fn() -> (usize, usize) + Clone + Send + Sync + 'static,
) -> Result<Metrics, Problem> {
    let cannot = |error: std::io::Error| Problem::failed(format!("cannot count: {error}"));
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(cannot)?;
    let (started, has_started) = mpsc::channel();
    std::thread::Builder::new()
        .name("metrics".into())
        .spawn(move || {
            runtime.block_on(async {
                let figures = Arc::new(Figures::new());
                let counted = Arc::clone(&figures);
                capture.on_left_out(move |record| counted.left_out(record));
                let look = move |figures: &Figures| {
                    let (calls, held) = waiting();
                    figures.waiting(calls, held);
                };
                let running = match Running::start(&listen, Arc::clone(&figures), look).await {
                    Ok(running) => running,
                    Err(problem) => {
                        let _ = started.send(Err(problem));
                        return;
                    }
                };
                let (address, loopback) = (running.address(), running.is_loopback());
                let _ = started.send(Ok(Metrics { address, loopback }));
                count(&capture, &figures).await;
            });
        })
        .map_err(cannot)?;
    has_started.recv().unwrap_or_else(|_| Err(Problem::failed("the figures did not start")))
}

/// Why they cannot be served there, in the words of their own flag; `server` is where the plugin server listens.
pub(super) fn elsewhere(problem: Problem, server: &str) -> Problem {
    if problem.place.as_deref() == Some(server) {
        return Problem::failed("the plugin server itself listens there")
            .at(server)
            .help("choose another port with --metrics");
    }
    Problem { help: problem.help.map(|help| help.replace("--listen", "--metrics")), ..problem }
}

/// Until the capture ends.
async fn count(capture: &Capture, figures: &Figures) {
    let mut changes = capture.changes();
    let mut next = 1;
    while changes.changed().await.is_ok() {
        loop {
            let records = capture.since(next, PIECE);
            for record in &records {
                figures.lost(record.row.seq.saturating_sub(next));
                figures.count(record);
                next = record.next_seq();
            }
            if records.len() < PIECE {
                break;
            }
        }
    }
}

//! The async runtime of a command, and the signals that end a server.

use std::future::Future;

use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use crate::domain::task::Problem;

/// Runs a future to its end.
pub(super) fn block_on<F: Future>(future: F) -> Result<F::Output, Problem> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Problem::failed(format!("cannot start threads: {error}")))?;
    Ok(runtime.block_on(future))
}

/// Is cancelled by the first SIGTERM or SIGINT from now on.
pub(super) fn cancelled_by_signal() -> Result<CancellationToken, Problem> {
    let mut stop = Stop::listen()?;
    let cancel = CancellationToken::new();
    let cancelled = cancel.clone();
    tokio::spawn(async move {
        stop.asked().await;
        cancelled.cancel();
    });
    Ok(cancel)
}

/// SIGTERM and SIGINT from now on: a server is told by them to end, and then ends well.
pub(super) struct Stop {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

impl Stop {
    /// Takes the signals over; call it before anything is announced, so that none gets lost.
    pub(super) fn listen() -> Result<Self, Problem> {
        let failed = |error| Problem::failed(format!("cannot listen for signals: {error}"));
        Ok(Self {
            terminate: signal(SignalKind::terminate()).map_err(failed)?,
            interrupt: signal(SignalKind::interrupt()).map_err(failed)?,
        })
    }

    /// Waits for the next one.
    pub(super) async fn asked(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

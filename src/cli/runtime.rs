//! The async runtime of a command, and the signals that end a server.

use std::future::Future;

use tokio_util::sync::CancellationToken;

use crate::domain::task::Problem;
pub(super) use crate::flows::serve::Stop;

/// Runs a future to its end.
pub(super) fn block_on<F: Future>(future: F) -> Result<F::Output, Problem> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Problem::failed(format!("cannot start threads: {error}")))?;
    Ok(runtime.block_on(future))
}

/// Is cancelled by the first SIGTERM, SIGINT or SIGHUP from now on.
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

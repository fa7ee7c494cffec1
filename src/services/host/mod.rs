//! The bundle host: a folder of bundles over HTTP, as a Gateway downloads them.
//!
//! GET and HEAD of regular files that begin as a zip does, whatever their name, and nothing outside the folder. A
//! Gateway never downloads a name again that it has unpacked, so a name that was served keeps its content as long as
//! the host lives: other content under it is refused, or one Gateway would run the old code and the next the new. That
//! memory ends with the host. It is not kept on disk, because whoever starts a host anew beside a Gateway whose bundles
//! were deleted (the tutorial's loop) would have to be told how to delete ours too.

mod answer;
mod conditions;
mod downloads;
mod folder;
mod served;

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::domain::address::Listen;
use crate::domain::task::Problem;
use crate::net;
pub use downloads::{Download, Downloads};
use folder::Folder;
use served::Served;

/// How long downloads that are under way may take once the host is stopped.
const LAST_DOWNLOADS: Duration = Duration::from_secs(5);

/// What all requests share.
#[derive(Debug)]
struct Shelf {
    folder: Folder,
    served: Served,
    downloads: Downloads,
}

/// Starts hosts.
#[derive(Clone, Copy, Debug)]
pub struct Host;

impl Host {
    /// Serves `dir` at `listen` (`HOST:PORT`) in a task of its own. A folder that is missing and an address in use are
    /// problems.
    pub async fn start(dir: &Path, listen: &str) -> Result<Running, Problem> {
        let folder = Folder::open(dir)?;
        let parsed: Listen =
            listen.parse().map_err(|error| Problem::usage(format!("{error}")).at(listen))?;
        let (host, port) = match &parsed {
            Listen::Tcp { host, port } => (host, *port),
            Listen::Unix(_) => {
                return Err(Problem::usage("a Gateway downloads bundles over HTTP alone")
                    .at(listen)
                    .help("write HOST:PORT, such as 127.0.0.1:8000"));
            }
        };
        let listener = net::tcp(host, port).await?;
        let address = listener
            .local_addr()
            .map_err(|error| Problem::failed(format!("cannot listen: {error}")).at(listen))?;

        let downloads = Downloads::default();
        let shelf =
            Arc::new(Shelf { folder, served: Served::default(), downloads: downloads.clone() });
        let service = Router::new()
            .fallback(answer::answer)
            .with_state(shelf)
            .into_make_service_with_connect_info::<SocketAddr>();
        let stop = CancellationToken::new();
        let stopped = stop.clone();
        let task = tokio::spawn(async move {
            let serving = axum::serve(listener, service)
                .with_graceful_shutdown(stopped.clone().cancelled_owned());
            let late = async {
                stopped.cancelled().await;
                tokio::time::sleep(LAST_DOWNLOADS).await;
            };
            tokio::select! {
                // axum's accept loop retries what accept(2) refuses, and so ends only when it is told to.
                _ = serving.into_future() => {}
                () = late => tracing::warn!("a download took too long after the host was stopped, and was cut off"),
            }
        });
        tracing::info!(%address, dir = %dir.display(), "bundle host started");
        Ok(Running { address, loopback: parsed.is_loopback(), downloads, stop, task })
    }
}

/// A running host; dropping it stops it too, but waits for nothing.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    loopback: bool,
    downloads: Downloads,
    stop: CancellationToken,
    task: JoinHandle<()>,
}

impl Running {
    /// Where it listens, with the port that was found where 0 was asked for.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Whether only this machine reaches it.
    pub fn is_loopback(&self) -> bool {
        self.loopback
    }

    /// What was downloaded, and by whom.
    pub fn downloads(&self) -> &Downloads {
        &self.downloads
    }

    /// Stops it: nothing new is taken, downloads under way are finished for at most five seconds.
    pub async fn stop(mut self) {
        self.stop.cancel();
        // A panic of the task was printed by the panic hook; there is nothing left to stop.
        let _ = (&mut self.task).await;
        tracing::info!(address = %self.address, "bundle host stopped");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

#[cfg(test)]
mod tests;

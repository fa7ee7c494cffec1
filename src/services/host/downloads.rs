//! Who downloaded what: the last requests, with how they ended.

use std::collections::VecDeque;
use std::fmt;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use tokio::sync::watch;

/// Requests kept.
const KEPT: usize = 1_000;

/// A request, once it is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Download {
    /// Counts from 0 over the life of the host.
    pub number: u64,
    /// When it came.
    pub at: SystemTime,
    /// Who asked.
    pub peer: SocketAddr,
    /// `GET`, `HEAD`, or what was refused.
    pub method: String,
    /// The path asked for, without its query (a Gateway's base URL may carry a token there), control characters
    /// escaped.
    pub path: String,
    /// The answer's status.
    pub status: u16,
    /// Bytes of the body that were handed to the transport.
    pub bytes: u64,
    /// Whether all of the body was.
    pub complete: bool,
    /// Until the last byte was.
    pub took: Duration,
}

impl fmt::Display for Download {
    /// `127.0.0.1:40312 GET /orders-9f31c2ab.zip 200 3412 bytes in 2 ms`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { peer, method, path, status, bytes, .. } = self;
        write!(f, "{peer} {method} {path} {status} {bytes} bytes in {} ms", self.took.as_millis())?;
        if !self.complete {
            f.write_str(", cut off")?;
        }
        Ok(())
    }
}

/// The last requests, oldest first; a clone is the same list.
#[derive(Clone, Debug)]
pub struct Downloads {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    list: Mutex<List>,
    changes: watch::Sender<u64>,
}

#[derive(Debug, Default)]
struct List {
    kept: VecDeque<Download>,
    ever: u64,
}

impl Default for Downloads {
    fn default() -> Self {
        let shared = Shared { list: Mutex::default(), changes: watch::Sender::new(0) };
        Self { shared: Arc::new(shared) }
    }
}

impl Downloads {
    /// Those from this number on, as far as they are kept.
    pub fn since(&self, number: u64) -> Vec<Download> {
        let list = self.lock();
        let from = list.kept.partition_point(|download| download.number < number);
        list.kept.range(from..).cloned().collect()
    }

    /// How many there ever were; moves with each.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.shared.changes.subscribe()
    }

    /// Adds one (its number is given here), and writes it to the log.
    pub(super) fn add(&self, download: Download) {
        tracing::info!(target: "tyk_tui::services::host", "{download}");
        let mut list = self.lock();
        if list.kept.len() == KEPT {
            list.kept.pop_front();
        }
        let number = list.ever;
        list.kept.push_back(Download { number, ..download });
        list.ever += 1;
        // Under the lock, so that the number only ever grows.
        self.shared.changes.send_replace(list.ever);
    }

    fn lock(&self) -> MutexGuard<'_, List> {
        // A panic elsewhere cannot leave the list half written.
        self.shared.list.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

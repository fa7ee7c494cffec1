//! One write at a time, of all tyk-tui of this user on this machine: writes at the same moment kill mserv more often.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::cancelled;
use crate::domain::task::Problem;

/// The right to write, until it is dropped.
#[derive(Debug)]
pub struct Turn {
    _lock: File,
}

impl Turn {
    /// Waits for it; `waits` is called where another has it. The lock is a file in the `state` folder.
    pub async fn wait(
        state: &Path,
        waits: impl FnOnce(),
        cancel: &CancellationToken,
    ) -> Result<Self, Problem> {
        let path = state.join("mserv.lock");
        let failed = |error: &std::io::Error| {
            Problem::failed(format!("cannot lock: {error}")).at(path.display())
        };
        std::fs::create_dir_all(state).map_err(|error| failed(&error))?;
        let lock = File::options().create(true).append(true).open(&path);
        let lock = lock.map_err(|error| failed(&error))?;
        let mut waits = Some(waits);
        loop {
            match lock.try_lock() {
                Ok(()) => return Ok(Self { _lock: lock }),
                Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(error)) => return Err(failed(&error)),
            }
            if let Some(waits) = waits.take() {
                waits();
            }
            tokio::select! {
                () = cancel.cancelled() => return Err(cancelled("nothing was sent")),
                () = tokio::time::sleep(Duration::from_millis(100)) => {}
            }
        }
    }
}

//! One at a time, of all tyk-tui of this user on this machine.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::problem;
use crate::domain::task::{Kind, Problem};

/// The right to do something that only one may do at once, until it is dropped.
#[derive(Debug)]
pub struct Turn {
    _lock: File,
}

impl Turn {
    /// Waits for it; `waits` is called where another has it. The lock is a file in the `state` folder.
    pub async fn wait(
        state: &Path,
        name: &str,
        waits: impl FnOnce(),
        cancel: &CancellationToken,
    ) -> Result<Self, Problem> {
        let path = state.join(name);
        let failed = |error: &std::io::Error| problem("cannot lock", &path, error);
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
                () = cancel.cancelled() => {
                    let what = "cancelled while another tyk-tui was waited for; nothing was sent";
                    return Err(Problem { kind: Kind::Interrupted, ..Problem::failed(what) });
                }
                () = tokio::time::sleep(Duration::from_millis(100)) => {}
            }
        }
    }
}

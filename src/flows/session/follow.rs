//! A session read into a capture, and what is added to it as long as its server writes: a console looks at it as at a
//! server of its own.

use tokio_util::sync::{CancellationToken, DropGuard};

use crate::capture::session::{Facts, Kept, is_growing};
use crate::capture::{Capture, Recorder, Watched};
use crate::config;
use crate::domain::task::Problem;

use super::Opened;
use super::growing::Growing;

/// A session that is followed until this is dropped.
pub struct Followed {
    /// What it is called.
    pub name: String,
    /// Whether a server wrote it when it was opened.
    pub growing: bool,
    /// What it says of itself.
    pub facts: Facts,
    /// What others mark in it is taken in.
    _watched: Option<Watched>,
    _cancel: DropGuard,
}

impl Opened {
    /// Feeds the capture of that recorder, on a thread of its own; `told` hears when it has ended, or why it
    /// could not be read to its end. Only the last records are read where there are more than `limits` lets the list have; what
    /// the ring does not keep of them is read when it is asked for. `marked` is called when somebody else has marked something
    /// in it.
    pub fn follow(
        self,
        limits: &config::Capture,
        recorder: Recorder,
        capture: Capture,
        told: impl FnOnce(Result<(), Problem>) + Send + 'static,
        marked: impl Fn() + Send + 'static,
    ) -> Result<Followed, Problem> {
        let growing = is_growing(self.path());
        let name = self.path().file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let next = self.last(limits.max_rows as u64)?;
        recorder.hide(self.hidden());
        capture.look_back(self.path());
        capture.share_marks(self.path(), next, 0);
        let watched = capture.watch_marks(next, marked);
        let (place, facts) = (self.path().to_owned(), self.facts().clone());
        let cancel = CancellationToken::new();
        let follower = Follower {
            growing: Growing::new(self, next)?,
            recorder,
            capture,
            cancel: cancel.clone(),
        };
        std::thread::Builder::new()
            .name("follow".into())
            .spawn(move || told(follower.run()))
            .map_err(|error| {
                Problem::failed(format!("cannot start a thread: {error}")).at(place.display())
            })?;
        Ok(Followed { name, growing, facts, _watched: watched, _cancel: cancel.drop_guard() })
    }
}

struct Follower {
    growing: Growing,
    recorder: Recorder,
    capture: Capture,
    cancel: CancellationToken,
}

impl Follower {
    /// Until the session ends, or nobody looks any more.
    fn run(mut self) -> Result<(), Problem> {
        let Ok(runtime) = tokio::runtime::Builder::new_current_thread().build() else {
            return Ok(());
        };
        let cancel = self.cancel.clone();
        runtime.block_on(async {
            tokio::select! {
                () = cancel.cancelled() => Ok(()),
                ended = self.read() => ended,
            }
        })
    }

    async fn read(&mut self) -> Result<(), Problem> {
        while let Some(piece) = self.growing.next().await? {
            self.recorder.hide(self.growing.hidden());
            if !self.take(piece).await {
                break;
            }
        }
        Ok(())
    }

    /// Hands over what was read, and waits until it is stored. False where nobody reads it any more.
    async fn take(&mut self, piece: Vec<Kept>) -> bool {
        let mut changes = self.capture.changes();
        let mut next = 0;
        for Kept { seq, exchange } in piece {
            next = seq.saturating_add(exchange.covers());
            if !self.recorder.feed(seq, exchange).await {
                return false;
            }
        }
        while self.capture.next_seq() < next {
            if changes.changed().await.is_err() {
                return false;
            }
        }
        true
    }
}

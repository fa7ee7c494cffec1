//! The one that has what was captured judged, and stores it: off the answer's path.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{mpsc, watch};

use super::sampler::Sampler;
use super::stats::SPAN;
use super::store::{Arriving, Store};
use super::{Judge, LeftOut, Offered, Queue, Record, Row};

/// Exchanges that are decoded before the readers see them.
const BATCH: usize = 4_096;

/// Records that are stored before others have a turn at the store: a frame waits for these at most, some hundred
/// microseconds.
const STORED: usize = 256;

/// After a batch the actor rests this long: under load it so wakes some hundred times a second, not for each call, and
/// takes few turns on cores that the answers need. Nobody sees a row that soon, and the channel holds far more.
const REST: Duration = Duration::from_millis(4);

pub(super) struct Actor {
    pub(super) receiver: mpsc::Receiver<Offered>,
    pub(super) queue: Arc<Queue>,
    pub(super) store: Arc<Mutex<Store>>,
    pub(super) version: watch::Sender<u64>,
    pub(super) judge: Judge,
    pub(super) sampler: Sampler,
    pub(super) left_out: LeftOut,
}

impl Actor {
    /// Runs on a thread of its own until the last recorder is gone and all that it offered is stored.
    pub(super) fn spawn(self) {
        let thread = std::thread::Builder::new().name("capture".into());
        if let Err(error) = thread.spawn(move || self.run()) {
            tracing::error!(%error, "cannot start the capture thread: nothing will be captured");
        }
    }

    /// Stores what came, some at a time, so that no reader waits for all of it.
    fn store(&self, left_out: &[Row], records: Vec<Arriving>, now: Instant) {
        let lock = || self.store.lock().unwrap_or_else(PoisonError::into_inner);
        if !left_out.is_empty() {
            let mut store = lock();
            for row in left_out {
                store.leave_out(row, now);
            }
        }
        let mut records = records.into_iter().peekable();
        while records.peek().is_some() {
            let mut store = lock();
            for record in records.by_ref().take(STORED) {
                store.push(record);
            }
            drop(store);
            // The lock knows no order: who waits for it gets it only while nobody else takes it again at once.
            std::thread::yield_now();
        }
    }

    fn run(mut self) {
        // Only to wait on channel and notice at once; it has no timer and no I/O.
        let Ok(runtime) = tokio::runtime::Builder::new_current_thread().build() else { return };
        let mut next_seq = 1;
        let mut batch = Vec::with_capacity(BATCH);
        loop {
            let open = runtime.block_on(async {
                tokio::select! {
                    count = self.receiver.recv_many(&mut batch, BATCH) => count > 0,
                    () = self.queue.drop_seen.notified() => true,
                }
            });
            let mut left_out = Vec::new();
            let now = Instant::now();
            let mut records: Vec<_> = batch
                .drain(..)
                .filter_map(|Offered { seq, exchange }| {
                    self.queue.bytes.fetch_sub(exchange.size(), Ordering::Relaxed);
                    let record = self.judge.record(seq.unwrap_or(next_seq), exchange);
                    // What was captured before was kept then. A number is given to what is kept alone: a gap is a loss.
                    if seq.is_none() && !self.sampler.keeps(&record) {
                        if let Some(told) = self.left_out.get() {
                            told(&record);
                        }
                        left_out.push(record.row);
                        return None;
                    }
                    next_seq = record.next_seq();
                    let at = if seq.is_some() { then(&record, now) } else { Some(now) };
                    Some(Arriving::of(record, at, &*self.judge.view))
                })
                .collect();
            let lost = self.queue.dropped.swap(0, Ordering::Relaxed);
            if lost > 0 {
                let dropped = Record::dropped(next_seq, lost);
                records.push(Arriving::of(dropped, Some(now), &*self.judge.view));
            }
            next_seq += lost;
            self.store(&left_out, records, now);
            self.version.send_modify(|version| *version += 1);
            if !open {
                return;
            }
            std::thread::sleep(REST);
        }
    }
}

/// When a record that was captured before came, as far as that was within the last minute.
fn then(record: &Record, now: Instant) -> Option<Instant> {
    let age = jiff::Timestamp::now().duration_since(record.row.at).unsigned_abs();
    now.checked_sub(age).filter(|_| age < SPAN)
}

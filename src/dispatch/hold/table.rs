//! Who is held, and what became of him.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::{oneshot, watch};
use tokio::time::{Instant, sleep_until};

use super::breakpoint::{Armed, Breakpoint, Faulty};
use crate::capture::{Exchange, Judge, Record};
use crate::config;
use crate::domain::effect::Outcome;

/// A Dispatch that is held.
#[derive(Debug)]
pub struct Held {
    /// Which; no other has it as long as the process lives.
    pub id: u64,
    /// The breakpoint that holds it, in words.
    pub by: String,
    /// What came, and the answer that is proposed. It has no `seq` yet.
    pub record: Record,
    deadline: Mutex<Instant>,
}

impl Held {
    /// How long it is still held, as a point in time that moves where it is held on.
    pub fn until(&self) -> Instant {
        self.deadline()
    }

    /// How long it is still held.
    pub fn left(&self) -> Duration {
        self.deadline().saturating_duration_since(Instant::now())
    }

    fn deadline(&self) -> Instant {
        *self.deadline.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The answer that it is let go with; `None`: the one that was proposed.
type Verdict = Option<Bytes>;

struct Waits {
    held: Arc<Held>,
    verdict: oneshot::Sender<Verdict>,
}

struct Calls {
    next: u64,
    /// A server runs; one that ends holds nobody.
    open: bool,
    patience: Duration,
    most: usize,
    by_id: BTreeMap<u64, Waits>,
}

struct Table {
    /// Whether there is a breakpoint.
    is_armed: AtomicBool,
    armed: Mutex<Option<Arc<Armed>>>,
    calls: Mutex<Calls>,
    let_through: AtomicU64,
    /// On how many calls jq of filters failed when that was last told.
    faults: AtomicU64,
    /// What another process's server said of that, where it is looked at.
    told: Mutex<Option<Vec<Faulty>>>,
    version: watch::Sender<u64>,
}

/// The breakpoints, and the Dispatches that they hold. A cheap clone; it may outlive a server, and serve the next.
#[derive(Clone)]
pub struct Holds(Arc<Table>);

impl fmt::Debug for Holds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Holds").field("held", &self.count()).finish_non_exhaustive()
    }
}

impl Default for Holds {
    fn default() -> Self {
        let calls = Calls {
            next: 1,
            open: false,
            patience: Duration::ZERO,
            most: 0,
            by_id: BTreeMap::new(),
        };
        Self(Arc::new(Table {
            is_armed: AtomicBool::new(false),
            armed: Mutex::default(),
            calls: Mutex::new(calls),
            let_through: AtomicU64::new(0),
            faults: AtomicU64::new(0),
            told: Mutex::default(),
            version: watch::Sender::new(0),
        }))
    }
}

/// Nothing is left half done where a lock is held.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Holds {
    /// Puts these breakpoints in force; those that are held stay so. Filters see what the judge's view shows.
    pub fn set(&self, breakpoints: Vec<Breakpoint>, judge: Judge) {
        let is_armed = !breakpoints.is_empty();
        *lock(&self.0.armed) = is_armed.then(|| Arc::new(Armed { breakpoints, judge }));
        self.0.is_armed.store(is_armed, Ordering::Release);
    }

    /// Those that are held, the first that came first.
    pub fn held(&self) -> Vec<Arc<Held>> {
        lock(&self.0.calls).by_id.values().map(|waits| Arc::clone(&waits.held)).collect()
    }

    /// How many are held.
    pub fn count(&self) -> usize {
        lock(&self.0.calls).by_id.len()
    }

    /// One that is still held.
    pub fn get(&self, id: u64) -> Option<Arc<Held>> {
        lock(&self.0.calls).by_id.get(&id).map(|waits| Arc::clone(&waits.held))
    }

    /// How many a breakpoint meant and were let through at once, because as many as may be were held already.
    pub fn let_through(&self) -> u64 {
        self.0.let_through.load(Ordering::Relaxed)
    }

    /// Which breakpoints have a filter whose jq fails, and on what: here, or at the server that is looked at.
    pub fn faults(&self) -> Vec<Faulty> {
        if let Some(told) = &*lock(&self.0.told) {
            return told.clone();
        }
        let Some(armed) = lock(&self.0.armed).clone() else { return Vec::new() };
        let faulty = |(breakpoint, count, first): (&Breakpoint, u64, &str)| Faulty {
            breakpoint: breakpoint.to_string(),
            count,
            first: first.to_owned(),
        };
        armed.faults().map(faulty).collect()
    }

    /// A number that moves whenever somebody is held, goes, or is let through, or jq of a filter fails.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.0.version.subscribe()
    }

    /// Lets one go, with this answer or the one that was proposed; false where it is not held any more.
    pub fn let_go(&self, id: u64, answer: Option<Bytes>) -> bool {
        let waits = lock(&self.0.calls).by_id.remove(&id);
        let Some(waits) = waits else { return false };
        let heard = waits.verdict.send(answer).is_ok();
        self.moved();
        heard
    }

    /// Lets all go unchanged; how many that were.
    pub fn let_all_go(&self) -> usize {
        let calls = std::mem::take(&mut lock(&self.0.calls).by_id);
        let count = calls.len();
        for waits in calls.into_values() {
            let _ = waits.verdict.send(None);
        }
        if count > 0 {
            self.moved();
        }
        count
    }

    /// Holds one as long again, from now; false where it is not held any more.
    pub fn hold_on(&self, id: u64) -> bool {
        let calls = lock(&self.0.calls);
        let Some(waits) = calls.by_id.get(&id) else { return false };
        *lock(&waits.held.deadline) = Instant::now() + calls.patience;
        drop(calls);
        self.moved();
        true
    }

    /// Shows one that another process's server holds, under its id, for so long yet. What it is to be let go with comes out
    /// of the end that is returned; it closes where [`Holds::forget`] says that nobody is held any more.
    pub fn show(
        &self,
        id: u64,
        by: String,
        mut record: Record,
        left: Duration,
    ) -> oneshot::Receiver<Option<Bytes>> {
        record.row.outcome = Some(Outcome::Held);
        let held = Arc::new(Held { id, by, record, deadline: Mutex::new(Instant::now() + left) });
        let (verdict, waits) = oneshot::channel();
        let mut calls = lock(&self.0.calls);
        // A server of this process has numbers of its own afterwards.
        calls.next = calls.next.max(id.saturating_add(1));
        calls.by_id.insert(id, Waits { held, verdict });
        drop(calls);
        self.moved();
        waits
    }

    /// One that was shown is held for so long from now.
    pub fn prolong(&self, id: u64, left: Duration) {
        if let Some(held) = self.get(id) {
            *lock(&held.deadline) = Instant::now() + left;
            self.moved();
        }
    }

    /// One that was shown is not held any more.
    pub fn forget(&self, id: u64) {
        let forgotten = lock(&self.0.calls).by_id.remove(&id);
        if forgotten.is_some() {
            self.moved();
        }
    }

    /// So many were let through at the server whose held ones are shown.
    pub fn told_let_through(&self, count: u64) {
        if self.0.let_through.swap(count, Ordering::Relaxed) != count {
            self.moved();
        }
    }

    /// What the server whose held ones are shown says of filters; `None` once it is not looked at any more.
    pub fn told_faults(&self, faults: Option<&[Faulty]>) {
        let mut told = lock(&self.0.told);
        if told.as_deref() != faults {
            *told = faults.map(<[Faulty]>::to_vec);
            drop(told);
            self.moved();
        }
    }

    /// A server begins to take calls.
    pub(in crate::dispatch) fn open(&self, settings: &config::Server) {
        let mut calls = lock(&self.0.calls);
        calls.open = true;
        calls.patience = Duration::from_secs(settings.hold_seconds as u64);
        calls.most = settings.hold_limit;
    }

    /// A server ends: all are let go unchanged, and nobody is held any more.
    pub(in crate::dispatch) fn close(&self) {
        lock(&self.0.calls).open = false;
        self.let_all_go();
    }

    /// Whether a call has to be looked at.
    pub(in crate::dispatch) fn is_armed(&self) -> bool {
        self.0.is_armed.load(Ordering::Acquire)
    }

    /// Holds a call whose answer is proposed, where a breakpoint means it; returns the answer that it is let go with once it
    /// is. Whoever does not want to wait any longer drops this.
    pub(in crate::dispatch) async fn hold(
        &self,
        proposed: Exchange,
        rules: &[Arc<str>],
        begins: impl FnOnce(),
    ) -> Option<Bytes> {
        let armed = lock(&self.0.armed).clone()?;
        let record = Arc::new(armed.judge.record(0, proposed));
        let by = Arc::clone(&armed).meant(&record, rules).await;
        let faults = armed.faults().map(|(_, count, _)| count).sum();
        if self.0.faults.swap(faults, Ordering::Relaxed) != faults {
            self.moved();
        }
        let by = by?;
        let mut record = Arc::unwrap_or_clone(record);
        record.row.outcome = Some(Outcome::Held);
        let mut place = self.place(record, by)?;
        begins();
        loop {
            let deadline = place.held.deadline();
            tokio::select! {
                biased;
                verdict = &mut place.verdict => return verdict.ok().flatten(),
                () = sleep_until(deadline) => {
                    if place.held.deadline() <= Instant::now() {
                        return None;
                    }
                }
            }
        }
    }

    /// Takes a call into the table; `None` where it may not be held.
    fn place(&self, record: Record, by: String) -> Option<Place<'_>> {
        let mut calls = lock(&self.0.calls);
        if !calls.open {
            return None;
        }
        if calls.by_id.len() >= calls.most {
            drop(calls);
            self.0.let_through.fetch_add(1, Ordering::Relaxed);
            self.moved();
            return None;
        }
        let id = calls.next;
        calls.next += 1;
        let deadline = Mutex::new(Instant::now() + calls.patience);
        let held = Arc::new(Held { id, by, record, deadline });
        let (verdict, waits) = oneshot::channel();
        calls.by_id.insert(id, Waits { held: Arc::clone(&held), verdict });
        drop(calls);
        self.moved();
        Some(Place { holds: self, held, verdict: waits })
    }

    fn moved(&self) {
        self.0.version.send_modify(|version| *version += 1);
    }
}

/// A place in the table, given up when the call goes on or its caller went away.
struct Place<'h> {
    holds: &'h Holds,
    held: Arc<Held>,
    verdict: oneshot::Receiver<Verdict>,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let was_held = lock(&self.holds.0.calls).by_id.remove(&self.held.id).is_some();
        if was_held {
            self.holds.moved();
        }
    }
}

//! What was seen: records, the ring that holds them, the index, the window of rows that a pane shows.
//!
//! The server offers records by `try_send` and never waits; one actor decodes, judges and stores them.

mod actor;
mod archive;
#[cfg(test)]
mod archive_tests;
mod fields;
mod hidden;
mod index;
mod judge;
mod keeper;
pub mod line;
mod look;
pub mod marks;
mod order;
pub mod plots;
mod record;
mod requests;
mod sampler;
mod search;
pub mod session;
mod sides;
mod stats;
mod store;
mod trail;
mod unpack;
mod view;
mod window;

pub use archive::Archive;
pub use fields::Seen;
pub use judge::Judge;
pub use keeper::{Keeper, Watched};
pub use marks::{Marks, Noted};
pub use order::{By, Order};
pub use record::{Exchange, Kind, LET_GO, Record, Row};
pub use requests::{Calls, Member};
pub use search::Search;
pub(crate) use stats::Latency;
pub use stats::{Outcomes, STRIP_SECONDS, Stats};
pub use trail::{Found, Trail, trails};
pub use unpack::{Unpacked, is_packed, unpacked};
pub use view::{SharedView, view};
pub use window::{From, Query, Window};

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, mpsc, watch};

use crate::config;
use crate::domain::object::SecretNames;

use hidden::Hidden;
use store::Store;

/// Exchanges that wait for the actor, at most; more are dropped and counted.
const QUEUE: usize = 8_192;

/// Bytes of Objects that wait for the actor, at most; one larger than that is taken when nothing else waits.
const QUEUE_BYTES: usize = 64 << 20;

/// The handler's end: offers what it answered, and never waits.
#[derive(Clone, Debug)]
pub struct Recorder {
    sender: mpsc::Sender<Offered>,
    queue: Arc<Queue>,
    hidden: Arc<Hidden>,
}

/// What waits for the actor.
struct Offered {
    /// Its number, where it has one from when it was captured first.
    seq: Option<u64>,
    exchange: Exchange,
}

/// What waits between handlers and actor.
#[derive(Debug, Default)]
struct Queue {
    bytes: AtomicUsize,
    dropped: AtomicU64,
    /// Wakes the actor for drops that no later exchange would tell it of.
    drop_seen: Notify,
}

impl Recorder {
    /// Hands an exchange to the actor; where the queue is full it is dropped and counted.
    pub fn offer(&self, mut exchange: Exchange) {
        exchange.unpin();
        let size = exchange.size();
        let waiting = self.queue.bytes.fetch_add(size, Ordering::Relaxed);
        let fits = waiting == 0 || waiting + size <= QUEUE_BYTES;
        if !fits || self.sender.try_send(Offered { seq: None, exchange }).is_err() {
            self.queue.bytes.fetch_sub(size, Ordering::Relaxed);
            self.queue.dropped.fetch_add(1, Ordering::Relaxed);
            self.queue.drop_seen.notify_one();
        }
    }

    /// Hands over what was captured before, under the number that it had then; waits where the queue is full. False
    /// once nobody reads any more.
    pub async fn feed(&self, seq: u64, exchange: Exchange) -> bool {
        self.queue.bytes.fetch_add(exchange.size(), Ordering::Relaxed);
        self.sender.send(Offered { seq: Some(seq), exchange }).await.is_ok()
    }

    /// Hides what stands under these names in all that is shown from now on, for every reader of the capture, and notes
    /// them for the readers of its session. Told before anything comes that has a secret there.
    pub fn hide(&self, names: &SecretNames) {
        self.hidden.add(names);
    }
}

/// The readers' end: statistics, windows of rows, records. A cheap clone.
#[derive(Clone)]
pub struct Capture {
    store: Arc<Mutex<Store>>,
    changes: watch::Receiver<u64>,
    left_out: LeftOut,
    hidden: Arc<Hidden>,
    requests: Arc<requests::Requests>,
    /// Of what is read from a session's file.
    judge: Judge,
}

/// Who is told of each record that sampling leaves out.
type LeftOut = Arc<std::sync::OnceLock<Box<dyn Fn(&Record) + Send + Sync>>>;

impl Capture {
    /// Starts the actor on a thread of its own, which ends when the last [`Recorder`] is gone. `view` is how a row's
    /// path is shown, `answer_limit` what a Gateway takes, in bytes of the encoded answer.
    pub fn start(
        limits: &config::Capture,
        view: SharedView,
        answer_limit: usize,
    ) -> (Recorder, Self) {
        let (sender, receiver) = mpsc::channel(QUEUE);
        let (version, changes) = watch::channel(0);
        let queue = Arc::new(Queue::default());
        let store = Arc::new(Mutex::new(Store::new(limits)));
        let sampler = sampler::Sampler::new(limits, Arc::clone(&view));
        let left_out = LeftOut::default();
        let hidden = Arc::new(Hidden::new(Arc::clone(&view)));
        let judge = Judge { view, answer_limit };
        let actor = actor::Actor {
            receiver,
            queue: Arc::clone(&queue),
            store: Arc::clone(&store),
            version,
            judge: judge.clone(),
            sampler,
            left_out: Arc::clone(&left_out),
        };
        actor.spawn();
        let requests = Arc::default();
        let readers =
            Self { store, changes, left_out, hidden: Arc::clone(&hidden), requests, judge };
        (Recorder { sender, queue, hidden }, readers)
    }

    /// A number that moves with each batch that was stored; an error from it means that the server is gone.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changes.clone()
    }

    /// `told` hears of each record that sampling leaves out from now on, for figures that are of all traffic; it must not
    /// wait. One listener at most: false where there is one already.
    pub fn on_left_out(&self, told: impl Fn(&Record) + Send + Sync + 'static) -> bool {
        self.left_out.set(Box::new(told)).is_ok()
    }

    /// Names under which its records have secrets, besides those that the view knew at first.
    pub fn hidden(&self) -> SecretNames {
        self.hidden.names()
    }

    /// Counters, rate and latency as they are now.
    pub fn stats(&self) -> Stats {
        self.lock().stats()
    }

    /// Rate, errors and latencies of the last minutes.
    pub fn plots(&self, by: plots::By) -> plots::Seen {
        self.lock().plots.seen(by, jiff::Timestamp::now())
    }

    /// The visible rows, and no others.
    pub fn window(&self, query: &Query<'_>) -> Window {
        self.lock().window(query)
    }

    /// How many of those that a search has found came after this `seq`.
    pub fn found_since(&self, search: &Search, seq: u64) -> usize {
        self.lock().found_since(search, seq)
    }

    /// The record with this number, if the ring still has it; [`Capture::recall`] also asks the session's file.
    pub fn record(&self, seq: u64) -> Option<Arc<Record>> {
        self.lock().record(seq)
    }

    /// At most `most` records from `seq` on, oldest first: for readers that want each one. The first may be later than
    /// asked: what lies between was lost to the ring.
    pub fn since(&self, seq: u64, most: usize) -> Vec<Arc<Record>> {
        self.lock().since(seq, most)
    }

    /// The first row that is listed, and the one after the last; rows are counted as they come.
    fn rows(&self) -> std::ops::Range<u64> {
        self.lock().rows()
    }

    /// The rows of the block that has this one.
    fn piece(&self, row: u64) -> Option<index::Piece> {
        self.lock().piece(row)
    }

    /// All rows as they are now.
    fn share(&self) -> index::Shared {
        self.lock().share()
    }

    /// At most so many records, from this row on; none where the ring has forgotten that one.
    fn records(&self, row: u64, most: usize) -> Vec<Arc<Record>> {
        self.lock().records(row, most)
    }

    /// The `seq` of the next record.
    pub fn next_seq(&self) -> u64 {
        self.lock().next_seq()
    }

    fn lock(&self) -> MutexGuard<'_, Store> {
        // A reader that panicked has changed nothing.
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

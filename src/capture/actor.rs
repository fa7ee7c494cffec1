//! The one that decodes, judges and stores: off the answer's path.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::Ordering;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use jiff::Timestamp;
use tokio::sync::{mpsc, watch};

use super::store::Store;
use super::{Exchange, Kind, Queue, Record, Row, SharedView};
use crate::domain::effect::{self, Outcome};
use crate::domain::object::{self, Head, Hook, Message};
use crate::domain::redact::Shown;

/// Exchanges that are decoded before the readers see them.
const BATCH: usize = 4_096;

/// After a batch the actor rests this long: under load it so wakes some hundred times a second, not for each call, and
/// takes few turns on cores that the answers need. Nobody sees a row that soon, and the channel holds far more.
const REST: Duration = Duration::from_millis(4);

pub(super) struct Actor {
    pub(super) receiver: mpsc::Receiver<Exchange>,
    pub(super) queue: Arc<Queue>,
    pub(super) store: Arc<Mutex<Store>>,
    pub(super) version: watch::Sender<u64>,
    pub(super) view: SharedView,
    pub(super) answer_limit: usize,
}

impl Actor {
    /// Runs on a thread of its own until the last recorder is gone and all that it offered is stored.
    pub(super) fn spawn(self) {
        let thread = std::thread::Builder::new().name("capture".into());
        if let Err(error) = thread.spawn(move || self.run()) {
            tracing::error!(%error, "cannot start the capture thread: nothing will be captured");
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
            let records: Vec<_> = batch
                .drain(..)
                .map(|exchange| {
                    self.queue.bytes.fetch_sub(exchange.size(), Ordering::Relaxed);
                    let record = self.record(exchange, next_seq);
                    next_seq += 1;
                    Arc::new(record)
                })
                .collect();
            let lost = self.queue.dropped.swap(0, Ordering::Relaxed);
            let dropped = (lost > 0).then(|| Arc::new(dropped(next_seq, lost)));
            next_seq += lost;
            let now = Instant::now();
            let mut store = self.store.lock().unwrap_or_else(PoisonError::into_inner);
            for record in records.into_iter().chain(dropped) {
                store.push(record, now);
            }
            drop(store);
            self.version.send_modify(|version| *version += 1);
            if !open {
                return;
            }
            std::thread::sleep(REST);
        }
    }

    fn record(&self, exchange: Exchange, seq: u64) -> Record {
        let mut row = row(seq, &exchange);
        // What a peer sent must not end the capture of all that comes after it, whatever is wrong with us.
        let error = catch_unwind(AssertUnwindSafe(|| match exchange.kind {
            Kind::Event => event(&mut row, &exchange),
            Kind::Dispatch | Kind::Dropped { .. } => self.dispatch(&mut row, &exchange),
        }))
        .unwrap_or_else(|_| {
            tracing::error!(seq, "a defect: this Dispatch could not be judged");
            row.outcome = Some(Outcome::Failed);
            Some("a defect of tyk-tui: this could not be judged, though it was answered".to_owned())
        });
        Record { row, exchange, error }
    }

    /// Fills the row of a Dispatch; returns what went wrong.
    fn dispatch(&self, row: &mut Row, exchange: &Exchange) -> Option<String> {
        let Some(request) = &exchange.request else {
            row.outcome = Some(Outcome::Failed);
            return exchange.reply.as_ref().err().cloned();
        };
        match Head::read(request) {
            Ok(head) => {
                row.hook = head.hook;
                row.name = head.hook_name.into();
                row.api = head.api_id.into();
                row.method = head.method.into();
                row.path = self.view.text(&["request".into(), "url".into()], head.url).into();
            }
            Err(error) => {
                row.outcome = Some(Outcome::Failed);
                return Some(error.to_string());
            }
        }
        let reply = exchange.reply.as_ref().map(|reply| &**reply).map_err(String::as_str);
        match effect::judge(request, reply, exchange.trimmed, self.answer_limit) {
            Ok(verdict) => {
                row.outcome = Some(verdict.outcome);
                row.status = verdict.status;
                verdict.error
            }
            Err(error) => {
                row.outcome = Some(Outcome::Failed);
                Some(error.to_string())
            }
        }
    }
}

/// Fills the row of an event: its handler's name, the API of its `spec`. Source: the Gateway's event payload.
fn event(row: &mut Row, exchange: &Exchange) -> Option<String> {
    let Some(request) = &exchange.request else {
        return exchange.reply.as_ref().err().cloned();
    };
    // Only two names leave this function, so that nothing secret is shown.
    let event = match object::to_json(Message::Event, request, &Shown) {
        Ok(event) => event,
        Err(error) => return Some(error.to_string()),
    };
    let payload = event.get("payload").and_then(|payload| payload.as_str()).unwrap_or_default();
    if let Ok(payload) = serde_json::from_str::<serde_json::Value>(payload) {
        let text = |pointer: &str| payload.pointer(pointer).and_then(|value| value.as_str());
        row.name = text("/handler_name").unwrap_or_default().into();
        row.api = text("/spec/APIID").unwrap_or_default().into();
    }
    exchange.reply.as_ref().err().cloned()
}

/// The record that stands for those that were lost.
fn dropped(seq: u64, count: u64) -> Record {
    let exchange = Exchange {
        kind: Kind::Dropped { count },
        at: Timestamp::now(),
        took: Duration::ZERO,
        held: Duration::ZERO,
        peer: empty(),
        request: None,
        reply: Ok(Bytes::new()),
        rule: None,
        trimmed: false,
    };
    Record { row: row(seq, &exchange), exchange, error: None }
}

/// The row of an exchange, as far as it is known before anything is decoded.
fn row(seq: u64, exchange: &Exchange) -> Row {
    Row {
        seq,
        kind: exchange.kind,
        at: exchange.at,
        took: exchange.took,
        hook: Hook::Unknown,
        name: empty(),
        api: empty(),
        method: empty(),
        path: empty(),
        outcome: None,
        status: None,
        rule: exchange.rule.clone(),
        size: exchange.request.as_ref().map_or(0, Bytes::len)
            + exchange.reply.as_ref().map_or(0, Bytes::len),
    }
}

fn empty() -> Arc<str> {
    static EMPTY: LazyLock<Arc<str>> = LazyLock::new(|| Arc::from(""));
    Arc::clone(&EMPTY)
}

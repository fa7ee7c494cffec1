//! One call from its first byte to its last: what it occupies, and the record that it leaves, however it ends.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::HeaderMap;
use jiff::Timestamp;
use tokio::sync::Notify;
use tonic::Status;

use crate::capture::{Exchange, Kind, Recorder};
use crate::config;
use crate::dispatch::hold::Holds;
use crate::dispatch::rules::{Mark, Rules};
use crate::domain::trail::TraceId;

/// What all calls of a server share.
#[derive(Debug)]
pub(in crate::dispatch) struct Shared {
    limits: config::Server,
    rules: RwLock<Arc<Rules>>,
    recorder: Option<Recorder>,
    holds: Holds,
    /// Bytes of Objects under way.
    bytes: AtomicUsize,
    /// Calls under way: those that began before the end was asked for, and those since.
    calls: [AtomicUsize; 2],
    /// Which of the two counts a call that begins now.
    generation: AtomicUsize,
    /// A count has reached nought.
    quiet: Notify,
}

impl Shared {
    pub(in crate::dispatch) fn new(
        limits: config::Server,
        rules: Rules,
        recorder: Option<Recorder>,
        holds: Holds,
    ) -> Self {
        if let Some(recorder) = &recorder {
            recorder.hide(rules.secret_names());
        }
        Self {
            limits,
            rules: RwLock::new(Arc::new(rules)),
            recorder,
            holds,
            bytes: AtomicUsize::new(0),
            calls: [AtomicUsize::new(0), AtomicUsize::new(0)],
            generation: AtomicUsize::new(0),
            quiet: Notify::new(),
        }
    }

    /// The rules in force.
    pub(in crate::dispatch) fn rules(&self) -> Arc<Rules> {
        Arc::clone(&self.rules.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts other rules in force.
    pub(in crate::dispatch) fn set_rules(&self, rules: Rules) {
        if let Some(recorder) = &self.recorder {
            recorder.hide(rules.secret_names());
        }
        *self.rules.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(rules);
    }

    /// The breakpoints, and whom they hold.
    pub(in crate::dispatch) fn holds(&self) -> &Holds {
        &self.holds
    }

    pub(super) fn answer_limit(&self) -> usize {
        self.limits.answer_limit
    }

    /// Calls under way.
    pub(in crate::dispatch) fn in_flight(&self) -> usize {
        self.calls.iter().map(|calls| calls.load(Ordering::SeqCst)).sum()
    }

    /// Waits for the calls that are under way now; later ones are not waited for, or a busy server would never end.
    pub(in crate::dispatch) async fn drained(&self) {
        self.generation.store(1, Ordering::SeqCst);
        self.wait(|| self.calls[0].load(Ordering::SeqCst) == 0).await;
    }

    /// Waits for all calls.
    pub(in crate::dispatch) async fn quiet(&self) {
        self.wait(|| self.in_flight() == 0).await;
    }

    async fn wait(&self, done: impl Fn() -> bool) {
        loop {
            let notified = self.quiet.notified();
            if done() {
                return;
            }
            notified.await;
        }
    }
}

/// How far a call came.
#[derive(Debug)]
enum Stage {
    /// Its message is arriving.
    Arriving,
    /// It has an answer, or the text of the status that is sent instead.
    Answered { reply: Result<Bytes, String>, mark: Option<Mark>, trimmed: bool },
    /// Its answer went to the transport whole.
    Sent { reply: Result<Bytes, String>, mark: Option<Mark>, trimmed: bool, took: Duration },
}

/// A call under way; its record is offered when it is dropped, which is after the answer went out.
#[derive(Debug)]
pub(super) struct Call {
    shared: Arc<Shared>,
    kind: Kind,
    peer: Arc<str>,
    generation: usize,
    bytes: usize,
    at: Timestamp,
    start: Instant,
    request: Option<Bytes>,
    /// How long it was held, and since when it is.
    held: (Duration, Option<Instant>),
    trace: Option<TraceId>,
    stage: Stage,
}

impl Call {
    pub(super) fn begin(shared: &Arc<Shared>, kind: Kind, peer: Arc<str>) -> Self {
        let generation = shared.generation.load(Ordering::SeqCst);
        shared.calls[generation].fetch_add(1, Ordering::SeqCst);
        Self {
            shared: Arc::clone(shared),
            kind,
            peer,
            generation,
            bytes: 0,
            at: Timestamp::UNIX_EPOCH,
            start: Instant::now(),
            request: None,
            held: (Duration::ZERO, None),
            trace: None,
            stage: Stage::Arriving,
        }
    }

    pub(super) fn shared(&self) -> &Shared {
        &self.shared
    }

    pub(super) fn receive_limit(&self) -> usize {
        self.shared.limits.receive_limit
    }

    /// Counts bytes that arrived; too many in flight are refused.
    pub(super) fn arrived(&mut self, bytes: usize) -> Result<(), Status> {
        self.bytes += bytes;
        let limit = self.shared.limits.in_flight_limit;
        if self.shared.bytes.fetch_add(bytes, Ordering::Relaxed) + bytes > limit {
            return Err(Status::resource_exhausted(format!(
                "{limit} bytes of Objects are in flight (server.in_flight_limit); try again"
            )));
        }
        Ok(())
    }

    /// The metadata that it came with.
    pub(super) fn traced(&mut self, metadata: &HeaderMap) {
        let parent = metadata.get("traceparent").and_then(|value| value.to_str().ok());
        self.trace = parent.and_then(TraceId::of_parent);
    }

    /// The message is there whole.
    pub(super) fn received(&mut self, request: Bytes) {
        self.at = Timestamp::now();
        self.start = Instant::now();
        self.request = Some(request);
    }

    /// What a breakpoint sees of it: what came, and what is to be answered. The call keeps that memory and no more, as it
    /// may be kept for long: a small message lies in a buffer of the connection that is far larger.
    pub(super) fn proposes(
        &mut self,
        reply: Result<Bytes, String>,
        rule: Option<Arc<str>>,
    ) -> Exchange {
        let mut exchange = Exchange {
            kind: self.kind,
            at: self.at,
            took: self.start.elapsed(),
            held: Duration::ZERO,
            peer: Arc::clone(&self.peer),
            request: self.request.take(),
            reply,
            rule,
            why: None,
            trimmed: false,
            trace: self.trace,
        };
        exchange.unpin();
        self.request.clone_from(&exchange.request);
        exchange
    }

    /// It is held from now on.
    pub(super) fn hold(&mut self) {
        self.held.1 = Some(Instant::now());
    }

    /// It goes on.
    pub(super) fn let_go(&mut self) {
        self.held = (self.held_for(), None);
    }

    fn held_for(&self) -> Duration {
        self.held.0 + self.held.1.map_or(Duration::ZERO, |since| since.elapsed())
    }

    /// What is sent back.
    pub(super) fn answer(&mut self, reply: Bytes, mark: Option<Mark>, trimmed: bool) {
        self.stage = Stage::Answered { reply: Ok(reply), mark, trimmed };
    }

    /// A status is sent instead of an answer.
    pub(super) fn fail(&mut self, status: &Status, mark: Option<Mark>) {
        let why = status.message();
        let why = mark.as_ref().map_or_else(|| why.to_owned(), |mark| mark.signed(why));
        self.stage = Stage::Answered { reply: Err(why), mark, trimmed: false };
    }

    /// The answer went to the transport.
    pub(super) fn sent(&mut self) {
        let stage = std::mem::replace(&mut self.stage, Stage::Arriving);
        self.stage = match stage {
            Stage::Answered { reply, mark, trimmed } => {
                Stage::Sent { reply, mark, trimmed, took: self.start.elapsed() }
            }
            other => other,
        };
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        self.shared.bytes.fetch_sub(self.bytes, Ordering::Relaxed);
        if self.shared.calls[self.generation].fetch_sub(1, Ordering::SeqCst) == 1 {
            self.shared.quiet.notify_waiters();
        }
        let gone = || {
            let when =
                if self.held.1.is_some() { "while it was held" } else { "before it was answered" };
            Err(format!("the caller went away {when}"))
        };
        let held = self.held_for();
        let (reply, mark, trimmed, took) = match std::mem::replace(&mut self.stage, Stage::Arriving)
        {
            Stage::Arriving => (gone(), None, false, self.start.elapsed()),
            Stage::Answered { mark, .. } => (gone(), mark, false, self.start.elapsed()),
            Stage::Sent { reply, mark, trimmed, took } => (reply, mark, trimmed, took),
        };
        // A rule is not slow because somebody looked at its answer. Events have no rules, and a call that never became an Object met none.
        let why = mark.as_ref().and_then(Mark::told).filter(|_| reply.is_ok());
        let rule = mark.and_then(|mark| count(&mark, reply.is_err(), took.saturating_sub(held)));
        let Some(recorder) = &self.shared.recorder else { return };
        let at = if self.request.is_some() { self.at } else { Timestamp::now() };
        recorder.offer(Exchange {
            kind: self.kind,
            at,
            took,
            held,
            peer: Arc::clone(&self.peer),
            request: self.request.take(),
            reply,
            rule,
            why,
            trimmed,
            trace: self.trace,
        });
    }
}

/// Counts a call for its rules, or for `(none)`; returns the name that its record bears.
fn count(mark: &Mark, failed: bool, took: Duration) -> Option<Arc<str>> {
    mark.count(failed, took);
    mark.rule()
}

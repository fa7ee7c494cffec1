//! One Dispatch or Event, as captured.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;

use crate::domain::effect::Outcome;
use crate::domain::object::Hook;
use crate::domain::trail::TraceId;

/// Bytes that are kept where they are; smaller ones may hold a whole read buffer of the connection, and are copied so
/// that it can be filled again.
const KEPT: usize = 64 << 10;

/// How `why` begins of a call that went on unchanged, as the server behind us was away and its rule lets such calls go.
pub const LET_GO: &str = "let go unchanged: ";

/// What kind of line a record is in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A call of `Dispatch`.
    Dispatch,
    /// A call of `DispatchEvent`.
    Event,
    /// Records lost since the channel was full: `seq` is the first lost, `count` how many.
    Dropped {
        /// How many were lost.
        count: u64,
    },
}

/// What the handler hands over after it answered: both sides' bytes and times, nothing decoded.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// Dispatch or Event.
    pub kind: Kind,
    /// When the request was received whole (or given up).
    pub at: Timestamp,
    /// Until the answer went to the transport.
    pub took: Duration,
    /// Of it, held at a breakpoint.
    pub held: Duration,
    /// The caller's address.
    pub peer: Arc<str>,
    /// As received; `None` where it was not taken whole (too large, or the caller went away).
    pub request: Option<Bytes>,
    /// As answered, or the text of the status that was returned instead.
    pub reply: Result<Bytes, String>,
    /// The rule that handled it.
    pub rule: Option<Arc<str>>,
    /// Why a rule refused the caller, or what went wrong though there is an answer: for people, and without what a caller wrote
    /// but for the names of a key and an algorithm of HMAC or a token.
    pub why: Option<Arc<str>>,
    /// Our server left out what the Gateway does not read.
    pub trimmed: bool,
    /// The trace that the call's `traceparent` is of: one for all hooks of a request.
    pub trace: Option<TraceId>,
}

impl Exchange {
    /// A Dispatch that came now from nobody known and was answered at once, by no rule: what others are made from.
    pub fn answered(request: impl Into<Bytes>, reply: impl Into<Bytes>) -> Self {
        Self {
            kind: Kind::Dispatch,
            at: Timestamp::now(),
            took: Duration::ZERO,
            held: Duration::ZERO,
            peer: Arc::default(),
            request: Some(request.into()),
            reply: Ok(reply.into()),
            rule: None,
            why: None,
            trimmed: false,
            trace: None,
        }
    }

    /// Gives small messages memory of their own; an answer that is the request itself stays so.
    pub fn unpin(&mut self) {
        let own = |bytes: &Bytes| {
            if bytes.len() < KEPT { Bytes::copy_from_slice(bytes) } else { bytes.clone() }
        };
        let Some(request) = &self.request else { return };
        let kept = own(request);
        if let Ok(reply) = &mut self.reply {
            let shared = reply.as_ptr() == request.as_ptr() && reply.len() == request.len();
            *reply = if shared { kept.clone() } else { own(reply) };
        }
        self.request = Some(kept);
    }

    /// Whether it went on unchanged as the server behind us was away; a rule may still have refused it after that.
    pub(super) fn was_let_go(&self) -> bool {
        self.reply.is_ok() && self.why.as_deref().is_some_and(|why| why.starts_with(LET_GO))
    }

    /// How many numbers it takes: one, or as many as were lost.
    pub fn covers(&self) -> u64 {
        match self.kind {
            Kind::Dropped { count } => count,
            Kind::Dispatch | Kind::Event => 1,
        }
    }

    /// Bytes that both sides occupy; an answer that is the request itself costs nothing more.
    pub fn size(&self) -> usize {
        let request = self.request.as_deref().unwrap_or_default();
        let reply = self.reply.as_deref().unwrap_or_default();
        let shared = request.as_ptr() == reply.as_ptr() && request.len() == reply.len();
        request.len() + if shared { 0 } else { reply.len() }
    }
}

/// The summary of one record: what a list row shows, decoded once by the capture actor.
#[derive(Clone, Debug)]
pub struct Row {
    /// Counts every call from 1, in the order in which they were captured; a gap is a loss.
    pub seq: u64,
    /// As in the exchange.
    pub kind: Kind,
    /// As in the exchange.
    pub at: Timestamp,
    /// As in the exchange.
    pub took: Duration,
    /// Which hook; `Unknown` for events and undecodable bytes.
    pub hook: Hook,
    /// The hook's name, or the event handler's.
    pub name: Arc<str>,
    /// `spec.APIID`.
    pub api: Arc<str>,
    /// The request's method.
    pub method: Arc<str>,
    /// The request's path and query, as the view shows them that was in force when it was captured.
    pub path: Arc<str>,
    /// How it ended; `None` for events.
    pub outcome: Option<Outcome>,
    /// It went on only as the server behind us was away and its rule lets such calls go.
    pub let_go: bool,
    /// What the caller will see, where the answer fixes it.
    pub status: Option<u16>,
    /// The rule that handled it.
    pub rule: Option<Arc<str>>,
    /// Bytes of request and reply together.
    pub size: usize,
}

/// A record in the ring: the summary and both sides.
#[derive(Clone, Debug)]
pub struct Record {
    /// The summary.
    pub row: Row,
    /// Both sides; of a [`Kind::Dropped`] record there are none.
    pub exchange: Exchange,
    /// Why it failed or was refused without a code.
    pub error: Option<String>,
}

impl Record {
    /// The first `seq` after this record.
    pub fn next_seq(&self) -> u64 {
        self.row.seq.saturating_add(self.exchange.covers())
    }
}

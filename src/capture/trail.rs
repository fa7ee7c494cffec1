//! The calls of one HTTP request, found among what was captured.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::{Capture, Kind, Record, requests};
use crate::domain::effect::Outcome;
use crate::domain::object::Head;
use crate::domain::trail::{self, Basis, Call, Came, Circumstances, Plan};

/// A request's calls come within this time of each other.
const NEAR: SignedDuration = SignedDuration::from_mins(2);

/// Records that are looked through on each side of one, at most; and calls of its API among them that are compared.
pub(super) const LOOKED: usize = 20_000;
pub(super) const COMPARED: usize = 2_000;

/// An event of a request comes this long after its last call at most.
const EVENT: SignedDuration = SignedDuration::from_secs(2);

/// Events of a request that the Gateway does not go on with (recorded: the cases event-… of `more`).
const STOPS: [&str; 7] = [
    "AuthFailure",
    "KeyExpired",
    "OrgQuotaExceeded",
    "OrgRateLimitExceeded",
    "QuotaExceeded",
    "RatelimitExceeded",
    "VersionFailure",
];

/// What is near a record in time, as far as it is of the same API, and what is known of the rest.
#[derive(Default)]
pub(super) struct Near {
    /// Calls and events, in the order of capture.
    pub(super) records: Vec<Arc<Record>>,
    /// Records that were lost among them.
    pub(super) lost: u64,
    /// The first of the ring is among them: there may have been others before.
    pub(super) from_first: bool,
}

/// The calls of one HTTP request, in the order in which the Gateway made them.
#[derive(Clone, Debug)]
pub struct Trail {
    /// Their records.
    pub records: Vec<Arc<Record>>,
    /// By what they were put together.
    pub basis: Basis,
}

/// A request, and what is known of the time.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its calls.
    pub trail: Trail,
    /// Hooks that other requests to the same API had then.
    pub others: Plan,
    /// `spec.bundle_hash` of its calls.
    pub bundle_hash: String,
    lost: u64,
    forgotten: bool,
    event: Option<String>,
    headers: Vec<String>,
}

/// Puts the calls among records together by the HTTP request that they are of.
pub fn trails(records: &[Arc<Record>]) -> Vec<Trail> {
    let (records, calls): (Vec<_>, Vec<_>) =
        records.iter().filter_map(|record| Some((record, call(record)?))).unzip();
    let of = |trail: trail::Trail| Trail {
        records: trail.calls.iter().map(|&at| Arc::clone(records[at])).collect(),
        basis: trail.basis,
    };
    trail::group(&calls).into_iter().map(of).collect()
}

fn call(record: &Record) -> Option<Call> {
    super::requests::call(record.row.outcome, &record.exchange)
}

fn end(record: &Record) -> i64 {
    let took = i64::try_from(record.row.took.as_micros()).unwrap_or(i64::MAX);
    record.row.at.as_microsecond().saturating_add(took)
}

impl Capture {
    /// The request that this record is a call of; `None` where it is none, or is gone. Takes some milliseconds where
    /// there is much: not for the thread that draws.
    pub fn trail(&self, seq: u64) -> Option<Found> {
        let record = self.record(seq).filter(|record| record.row.kind == Kind::Dispatch)?;
        let near = self.lock().near(&record, NEAR);
        let mut trails = trails(&near.records);
        let at = trails.iter().position(|it| it.records.iter().any(|it| it.row.seq == seq))?;
        let trail = trails.swap_remove(at);
        let others = trails.iter().flat_map(|trail| &trail.records).map(|record| &record.row);
        let others =
            Plan::of_others(others.filter_map(|row| Some((trail::phase(row.hook)?, &*row.name))));
        let head = trail.records.first()?.exchange.request.as_deref();
        let head = head.and_then(|request| Head::read(request).ok()).unwrap_or_default();
        Some(Found {
            others,
            bundle_hash: head.bundle_hash.to_owned(),
            lost: near.lost,
            forgotten: near.from_first,
            event: trail.event(&near.records),
            headers: head.headers().map(|(name, _)| name.to_owned()).collect(),
            trail,
        })
    }
}

impl Capture {
    /// Those of these records that are of one request with this one, itself left out: for the rows of a screen.
    pub fn kin(&self, seq: u64, among: impl IntoIterator<Item = u64>) -> Vec<u64> {
        let records: Vec<_> = {
            let store = self.lock();
            among.into_iter().filter_map(|seq| store.record(seq)).collect()
        };
        let seqs = |trail: &Trail| -> Vec<u64> {
            trail.records.iter().map(|record| record.row.seq).collect()
        };
        let trails = trails(&records);
        let mut trails = trails.iter().map(seqs);
        let mut kin = trails.find(|trail| trail.contains(&seq)).unwrap_or_default();
        kin.retain(|&other| other != seq);
        kin
    }
}

impl Trail {
    /// What of its calls is asked when one looks for those that are missing.
    pub fn came(&self) -> Vec<Came<'_>> {
        let of = |record: &'_ Arc<Record>| trail::phase(record.row.hook);
        let came = self.records.iter().filter_map(|record| {
            let row = &record.row;
            let (outcome, status) = (row.outcome, row.status);
            Some(Came { phase: of(record)?, name: &row.name, outcome, status })
        });
        came.collect()
    }

    /// When the last of them was answered, in microseconds since 1970.
    pub fn end(&self) -> i64 {
        self.records.iter().map(|record| end(record)).max().unwrap_or_default()
    }

    /// Whether a call was answered in the Gateway's place, so that no other comes.
    pub fn is_ended(&self) -> bool {
        self.records.last().is_some_and(|last| {
            let call = requests::call(last.row.outcome, &last.exchange);
            call.map_or_else(|| trail::ends(last.row.outcome), |call| call.ends)
        })
    }

    /// What a Gateway said of a request to the API right after it: the event's name.
    fn event(&self, near: &[Arc<Record>]) -> Option<String> {
        let end = Timestamp::from_microsecond(self.end()).ok()?;
        let until = end.saturating_add(EVENT).unwrap_or(Timestamp::MAX);
        let asked = self.records.first()?;
        let head = Head::read(asked.exchange.request.as_deref()?).ok()?;
        let is_of = |record: &&Arc<Record>| {
            record.row.kind == Kind::Event && (asked.row.at..=until).contains(&record.row.at)
        };
        near.iter().filter(is_of).find_map(|record| stopped(record, head.path()))
    }
}

/// The name of an event that says that a request with this path was stopped.
fn stopped(event: &Record, path: &str) -> Option<String> {
    let event = super::judge::payload(event.exchange.request.as_deref()?).ok()??;
    let text = |pointer: &str| event.pointer(pointer).and_then(serde_json::Value::as_str);
    let name = text("/message/Type").filter(|name| STOPS.contains(name))?;
    (text("/message/Meta/Path")? == path).then(|| name.to_owned())
}

impl Found {
    /// What is known of the time, seen from now.
    pub fn circumstances(&self, now: Timestamp) -> Circumstances {
        Circumstances {
            since: now.as_microsecond() - self.trail.end(),
            lost: self.lost,
            forgotten: self.forgotten,
            event: self.event.clone(),
            headers: self.headers.clone(),
        }
    }

    /// Whether more calls of it may come.
    pub fn may_grow(&self, now: Timestamp) -> bool {
        let since = now.as_microsecond() - self.trail.end();
        !self.trail.is_ended() && since < i64::try_from(NEAR.as_micros()).unwrap_or(i64::MAX)
    }

    /// The time in plugins, all calls together.
    pub fn took(&self) -> std::time::Duration {
        self.trail.records.iter().map(|record| record.row.took).sum()
    }

    /// Whether a call was held when it was looked at.
    pub fn is_held(&self) -> bool {
        self.trail.records.iter().any(|record| record.row.outcome == Some(Outcome::Held))
    }
}

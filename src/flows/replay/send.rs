//! Sends what was recorded, and tells what came of it in its order.

use std::num::NonZeroUsize;
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures_util::StreamExt as _;
use futures_util::stream::FuturesOrdered;
use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use super::Target;
use crate::capture::{Kind, Record};
use crate::domain::object::{self, Message};
use crate::domain::redact::Shown;
use crate::domain::replay::{Compared, Ignore, Moments, Span, compare};
use crate::domain::task::{Kind as Gravity, Problem};

/// Records that are taken before the first of them is told of: one that is answered late does not hold the others up.
pub(super) const AHEAD: usize = 512;
/// Bytes of such records; one that is larger is taken alone.
pub(super) const BYTES: usize = 64 << 20;

/// When calls are sent, and how many of them at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// As long after the first as they came then; else at once.
    recorded: bool,
    /// So many are under way, at most.
    in_flight: NonZeroUsize,
}

impl Pace {
    /// As fast as it goes, several at once.
    pub const FAST: Self = Self::new(false, 16);
    /// Each when the one before it is answered.
    pub const ONE_BY_ONE: Self = Self::new(false, 1);
    /// As it was recorded; what came at once is sent at once.
    pub const RECORDED: Self = Self::new(true, 64);

    const fn new(recorded: bool, in_flight: usize) -> Self {
        Self { recorded, in_flight: NonZeroUsize::MIN.saturating_add(in_flight - 1) }
    }

    /// The same with so many at once.
    #[must_use]
    pub fn at_once(self, in_flight: NonZeroUsize) -> Self {
        Self { in_flight, ..self }
    }
}

/// A call that was sent again.
#[derive(Debug)]
pub struct Replayed {
    /// As it was recorded.
    pub record: Record,
    /// What was answered now, or why nothing was.
    pub answer: Result<Bytes, String>,
    /// How long that took.
    pub took: Duration,
    /// What differs from the recorded answer.
    pub compared: Compared,
}

/// What came of all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// Calls that were sent again.
    pub replayed: u64,
    /// Of them, answered as recorded.
    pub same: u64,
    /// Of them, not answered, where they had been.
    pub failed: u64,
    /// Places that differ and were left out of account.
    pub ignored: u64,
    /// Records that could not be sent: what came was never whole, or was lost.
    pub left_out: u64,
}

/// Sends `records` to the target, several at once, and gives each answer to `each`, in the order of the records.
pub async fn replay(
    mut records: impl Iterator<Item = Result<Record, Problem>>,
    target: &Target,
    pace: Pace,
    ignore: &Ignore,
    cancel: &CancellationToken,
    mut each: impl FnMut(&Replayed) -> Result<(), Problem>,
) -> Result<Total, Problem> {
    let in_flight = pace.in_flight.get();
    let (seats, ahead) = (&Semaphore::new(in_flight), AHEAD.max(in_flight));
    let begun = Instant::now();
    let mut first = None;
    let mut under_way = FuturesOrdered::new();
    let (mut bytes, mut total, mut ended) = (0, Total::default(), false);
    loop {
        let has_room = under_way.is_empty() || under_way.len() < ahead && bytes < BYTES;
        let more = if has_room && !ended { records.next() } else { None };
        ended |= has_room && !matches!(more, Some(Ok(_)));
        let has_more = more.is_some();
        if let Some(record) = more {
            let record = record.map(|record| {
                let at = record.exchange.at;
                let since = at.duration_since(*first.get_or_insert(at));
                let due = Duration::try_from(since).ok().filter(|_| pace.recorded);
                (size(&record), due, record)
            });
            bytes += record.as_ref().map_or(0, |(size, ..)| *size);
            under_way.push_back(async move {
                let (size, due, record) = record?;
                if let Some(due) = due {
                    tokio::time::sleep_until((begun + due).into()).await;
                }
                Ok::<_, Problem>((size, send(record, target, seats, ignore).await))
            });
        }
        if under_way.is_empty() {
            return Ok(total);
        }
        let (size, replayed) = tokio::select! {
            biased;
            () = cancel.cancelled() => {
                return Err(Problem { kind: Gravity::Interrupted, ..Problem::failed("cancelled") });
            }
            Some(next) = under_way.next() => next?,
            // Calls go out while the next record is read.
            () = tokio::task::yield_now(), if has_more => continue,
        };
        bytes -= size;
        let Some(replayed) = replayed else {
            total.left_out += 1;
            continue;
        };
        total.replayed += 1;
        total.same += u64::from(replayed.compared.differences.is_empty());
        total.failed +=
            u64::from(replayed.answer.is_err() && replayed.record.exchange.reply.is_ok());
        total.ignored += replayed.compared.ignored as u64;
        each(&replayed)?;
    }
}

/// From a second on, for so long.
fn span(from: i64, long: Duration) -> Span {
    (from, from.saturating_add(i64::try_from(long.as_secs()).unwrap_or(i64::MAX)))
}

/// Bytes that a record has.
fn size(record: &Record) -> usize {
    let sides = [record.exchange.request.as_ref(), record.exchange.reply.as_ref().ok()];
    sides.into_iter().flatten().map(Bytes::len).sum()
}

/// `None` where there is nothing to send.
async fn send(
    record: Record,
    target: &Target,
    seats: &Semaphore,
    ignore: &Ignore,
) -> Option<Replayed> {
    let (path, answers) = match record.row.kind {
        Kind::Dispatch => ("/coprocess.Dispatcher/Dispatch", Message::Object),
        Kind::Event => ("/coprocess.Dispatcher/DispatchEvent", Message::EventReply),
        Kind::Dropped { .. } => return None,
    };
    let request = record.exchange.request.clone()?;
    let seat = seats.acquire().await;
    let (begun, from) = (Instant::now(), Timestamp::now().as_second());
    let answer = target.call(path, request).await;
    let took = begun.elapsed();
    drop(seat);
    let told = |answer: &Result<Bytes, String>| match answer {
        Ok(bytes) => object::to_json(answers, bytes, &Shown).unwrap_or_else(
            |error| json!({ "error": format!("the answer is no message: {error}") }),
        ),
        // Words differ with the server; that there is no answer is what counts.
        Err(_) => Value::Null,
    };
    let (at, long) = (record.exchange.at, record.exchange.took);
    let moments = Moments { old: span(at.as_second(), long), new: span(from, took) };
    let (old, new) = (told(&record.exchange.reply), told(&answer));
    let compared = compare(&old, &new, ignore, Some(&moments));
    Some(Replayed { record, answer, took, compared })
}

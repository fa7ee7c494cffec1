//! Sends what was recorded, in its order.

use std::time::{Duration, Instant};

use bytes::Bytes;
use futures_util::StreamExt as _;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use super::Target;
use crate::capture::{Kind, Record};
use crate::domain::object::{self, Message};
use crate::domain::redact::Shown;
use crate::domain::replay::{Compared, Ignore, compare};
use crate::domain::task::{Kind as Gravity, Problem};

/// Calls under way at once where the recorded pace wants several.
const AT_ONCE: usize = 64;

/// When the next call is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// When the one before it is answered.
    Fast,
    /// As long after the first as it came then.
    Recorded,
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

/// Sends `records` to the target, and gives each answer to `each`, in their order.
pub async fn replay(
    records: impl Iterator<Item = Result<Record, Problem>>,
    target: &Target,
    pace: Pace,
    ignore: &Ignore,
    cancel: &CancellationToken,
    mut each: impl FnMut(&Replayed) -> Result<(), Problem>,
) -> Result<Total, Problem> {
    let mut total = Total::default();
    let begun = Instant::now();
    let mut first = None;
    let sent = records.map(|record| {
        let due = record.as_ref().ok().and_then(|record| {
            let at = record.exchange.at;
            let since = at.duration_since(*first.get_or_insert(at));
            Duration::try_from(since).ok().filter(|_| pace == Pace::Recorded)
        });
        async move {
            let record = record?;
            if let Some(due) = due {
                tokio::time::sleep_until((begun + due).into()).await;
            }
            Ok::<_, Problem>(send(record, target, ignore).await)
        }
    });
    let at_once = if pace == Pace::Recorded { AT_ONCE } else { 1 };
    let mut sent = std::pin::pin!(futures_util::stream::iter(sent).buffered(at_once));
    loop {
        let next = tokio::select! {
            () = cancel.cancelled() => {
                return Err(Problem { kind: Gravity::Interrupted, ..Problem::failed("cancelled") });
            }
            next = sent.next() => next,
        };
        match next {
            None => return Ok(total),
            Some(Err(problem)) => return Err(problem),
            Some(Ok(None)) => total.left_out += 1,
            Some(Ok(Some(replayed))) => {
                total.replayed += 1;
                total.same += u64::from(replayed.compared.differences.is_empty());
                total.failed +=
                    u64::from(replayed.answer.is_err() && replayed.record.exchange.reply.is_ok());
                total.ignored += replayed.compared.ignored as u64;
                each(&replayed)?;
            }
        }
    }
}

/// `None` where there is nothing to send.
async fn send(record: Record, target: &Target, ignore: &Ignore) -> Option<Replayed> {
    let (path, answers) = match record.row.kind {
        Kind::Dispatch => ("/coprocess.Dispatcher/Dispatch", Message::Object),
        Kind::Event => ("/coprocess.Dispatcher/DispatchEvent", Message::EventReply),
        Kind::Dropped { .. } => return None,
    };
    let request = record.exchange.request.clone()?;
    let begun = Instant::now();
    let answer = target.call(path, request).await;
    let took = begun.elapsed();
    let told = |answer: &Result<Bytes, String>| match answer {
        Ok(bytes) => object::to_json(answers, bytes, &Shown).unwrap_or_else(
            |error| json!({ "error": format!("the answer is no message: {error}") }),
        ),
        // Words differ with the server; that there is no answer is what counts.
        Err(_) => Value::Null,
    };
    let compared = compare(&told(&record.exchange.reply), &told(&answer), ignore);
    Some(Replayed { record, answer, took, compared })
}

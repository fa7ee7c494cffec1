//! Counters, the rate strip and latencies: computed when asked for, so that nothing ticks while nothing happens.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use hdrhistogram::Histogram;

use crate::domain::effect::Outcome;

/// How many seconds the rate strip covers.
pub const STRIP_SECONDS: usize = 60;

/// The same as a length of time.
pub(super) const SPAN: Duration = Duration::from_secs(STRIP_SECONDS as u64);

/// Latencies are of the last one to two of these.
const LATENCY_SPAN: Duration = Duration::from_secs(30);

/// What the server has done since it started.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Dispatches and events that were captured.
    pub captured: u64,
    /// Records that were lost because the queue was full.
    pub dropped: u64,
    /// Of those that were captured, the ones that sampling left out: counted, and not kept.
    pub sampled_out: u64,
    /// Records in the ring.
    pub in_ring: usize,
    /// Records that are listed: those, and what a session's file has before them.
    pub listed: usize,
    /// Bytes of both sides in the ring.
    pub bytes: usize,
    /// Dispatches by outcome.
    pub outcomes: Outcomes,
    /// Calls in each of the last 60 seconds, oldest first; the last is the second under way.
    pub per_second: Vec<u32>,
    /// Median of the time to the answer in the last half minute or so; zero where nothing came while this looked on.
    pub p50: Duration,
    /// 99th percentile of the same.
    pub p99: Duration,
}

impl Stats {
    /// Calls a second, over the last five whole seconds.
    pub fn rate(&self) -> u32 {
        let whole = self.per_second.len().saturating_sub(1);
        let last = &self.per_second[whole.saturating_sub(5)..whole];
        last.iter().sum::<u32>() / u32::try_from(last.len().max(1)).unwrap_or(1)
    }

    /// True once the strip has run out: nothing on it moves until the next call.
    pub fn idle(&self) -> bool {
        self.per_second.iter().all(|&calls| calls == 0)
    }
}

/// Dispatches by outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcomes([u64; 6]);

impl Outcomes {
    /// All outcomes, in the order in which they are shown.
    pub const ALL: [Outcome; 6] = [
        Outcome::Passed,
        Outcome::Changed,
        Outcome::Refused,
        Outcome::Overridden,
        Outcome::Failed,
        Outcome::Held,
    ];

    /// How many ended so.
    pub fn count(&self, outcome: Outcome) -> u64 {
        self.0[outcome as usize]
    }

    pub(super) fn add(&mut self, outcome: Outcome) {
        self.0[outcome as usize] += 1;
    }
}

/// Calls per second since the start, the last 60 of them.
#[derive(Debug)]
pub(super) struct Rate {
    start: Instant,
    /// The second (since the start) of the newest entry.
    second: u64,
    calls: VecDeque<u32>,
}

impl Rate {
    pub(super) fn new() -> Self {
        // What another server captured before may be fed.
        let now = Instant::now();
        let start = now.checked_sub(SPAN).unwrap_or(now);
        Self { start, second: 0, calls: VecDeque::from([0]) }
    }

    /// Counts calls at a time that may be past.
    pub(super) fn add(&mut self, calls: u32, at: Instant) {
        self.advance(at);
        let second = at.saturating_duration_since(self.start).as_secs();
        let back = usize::try_from(self.second - second.min(self.second)).unwrap_or(usize::MAX);
        let place = self.calls.len().checked_sub(1).and_then(|last| last.checked_sub(back));
        if let Some(count) = place.and_then(|place| self.calls.get_mut(place)) {
            *count += calls;
        }
    }

    /// The strip as of now.
    pub(super) fn strip(&mut self, now: Instant) -> Vec<u32> {
        self.advance(now);
        let missing = STRIP_SECONDS - self.calls.len();
        std::iter::repeat_n(0, missing).chain(self.calls.iter().copied()).collect()
    }

    fn advance(&mut self, now: Instant) {
        let second = now.saturating_duration_since(self.start).as_secs();
        let passed = second.saturating_sub(self.second);
        self.second = self.second.max(second);
        for _ in 0..passed.min(STRIP_SECONDS as u64) {
            if self.calls.len() == STRIP_SECONDS {
                self.calls.pop_front();
            }
            self.calls.push_back(0);
        }
    }
}

/// Times to the answer: two spans, of which the older is forgotten in turn.
#[derive(Debug)]
pub(crate) struct Latency {
    since: Instant,
    now: Histogram<u64>,
    before: Histogram<u64>,
}

impl Latency {
    /// Nothing measured yet.
    pub(crate) fn new() -> Self {
        Self { since: Instant::now(), now: microseconds(), before: microseconds() }
    }

    /// Counts one time.
    pub(crate) fn add(&mut self, took: Duration, now: Instant) {
        if now.saturating_duration_since(self.since) > LATENCY_SPAN {
            std::mem::swap(&mut self.now, &mut self.before);
            self.now.reset();
            self.since = now;
        }
        self.now.saturating_record(u64::try_from(took.as_micros()).unwrap_or(u64::MAX));
    }

    /// For each part (0 to 1) the time below which that part of the times lies; zero where there are none.
    pub(crate) fn quantiles<const N: usize>(&self, parts: [f64; N]) -> [Duration; N] {
        let mut both = self.before.clone();
        // Both have the same bounds, so that adding cannot fail.
        let _ = both.add(&self.now);
        parts.map(|part| Duration::from_micros(both.value_at_quantile(part)))
    }
}

/// From 1 µs to 10 minutes, two digits.
fn microseconds() -> Histogram<u64> {
    Histogram::new_with_bounds(1, 600_000_000, 2).expect("the bounds are valid")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strip_runs_out_by_itself() {
        let mut rate = Rate::new();
        let start = rate.start;
        rate.add(3, start);
        rate.add(4, start + Duration::from_secs(2));
        let strip = rate.strip(start + Duration::from_secs(3));
        assert_eq!(strip.len(), STRIP_SECONDS);
        assert_eq!(strip[STRIP_SECONDS - 4..], [3, 0, 4, 0]);
        let strip = rate.strip(start + Duration::from_secs(500));
        assert!(Stats { per_second: strip, ..Stats::default() }.idle());
    }

    #[test]
    fn latency_forgets() {
        let mut latency = Latency::new();
        let start = latency.since;
        latency.add(Duration::from_micros(100), start);
        latency.add(Duration::from_micros(1), start + Duration::from_secs(31));
        assert!(latency.quantiles([1.0])[0] >= Duration::from_micros(100));
        latency.add(Duration::from_micros(1), start + Duration::from_secs(62));
        assert!(latency.quantiles([1.0])[0] < Duration::from_micros(5));
    }
}

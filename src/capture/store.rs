//! The ring of records, capped by count and by bytes, with its counters.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::stats::{Latency, Outcomes, Rate, Stats};
use super::window::{From, Query, Window};
use super::{Kind, Record, Row};
use crate::config;

/// All that the actor writes and the readers read, under one lock that is held for microseconds. No answer waits for it: handlers see the channel only.
pub(super) struct Store {
    max_records: usize,
    max_bytes: usize,
    ring: VecDeque<Arc<Record>>,
    bytes: usize,
    captured: u64,
    dropped: u64,
    sampled_out: u64,
    outcomes: Outcomes,
    rate: Rate,
    latency: Latency,
}

impl Store {
    pub(super) fn new(limits: &config::Capture) -> Self {
        Self {
            max_records: limits.max_records.max(1),
            max_bytes: limits.max_bytes,
            ring: VecDeque::new(),
            bytes: 0,
            captured: 0,
            dropped: 0,
            sampled_out: 0,
            outcomes: Outcomes::default(),
            rate: Rate::new(),
            latency: Latency::new(),
        }
    }

    /// Stores a record; the oldest make room. Rate and latency are of the last minute: what is older has no time here.
    pub(super) fn push(&mut self, record: Arc<Record>, at: Option<Instant>) {
        self.count(&record.row, record.exchange.held, at);
        self.bytes += record.exchange.size();
        self.ring.push_back(record);
        while self.ring.len() > self.max_records
            || (self.bytes > self.max_bytes && self.ring.len() > 1)
        {
            if let Some(oldest) = self.ring.pop_front() {
                self.bytes -= oldest.exchange.size();
            }
        }
    }

    /// Counts a record that sampling leaves out.
    pub(super) fn leave_out(&mut self, row: &Row, now: Instant) {
        self.sampled_out += 1;
        self.count(row, Duration::ZERO, Some(now));
    }

    fn count(&mut self, row: &Row, held: Duration, at: Option<Instant>) {
        match row.kind {
            Kind::Dropped { count } => self.dropped += count,
            Kind::Dispatch | Kind::Event => {
                self.captured += 1;
                if let Some(at) = at {
                    self.rate.add(1, at);
                    // Who looks at an answer for a while does not make the server slow.
                    self.latency.add(row.took.saturating_sub(held), at);
                }
            }
        }
        if let Some(outcome) = row.outcome {
            self.outcomes.add(outcome);
        }
    }

    pub(super) fn stats(&mut self) -> Stats {
        let [p50, p99] = self.latency.quantiles([0.5, 0.99]);
        Stats {
            captured: self.captured,
            dropped: self.dropped,
            sampled_out: self.sampled_out,
            in_ring: self.ring.len(),
            bytes: self.bytes,
            outcomes: self.outcomes,
            per_second: self.rate.strip(Instant::now()),
            p50,
            p99,
        }
    }

    pub(super) fn record(&self, seq: u64) -> Option<Arc<Record>> {
        let record = self.ring.get(self.position(seq))?;
        (record.row.seq == seq).then(|| Arc::clone(record))
    }

    pub(super) fn since(&self, seq: u64, most: usize) -> Vec<Arc<Record>> {
        self.ring.iter().skip(self.position(seq)).take(most).cloned().collect()
    }

    pub(super) fn next_seq(&self) -> u64 {
        self.ring.back().map_or(1, |record| record.next_seq())
    }

    /// At most so many records, the newest of those before this `seq`, in order.
    pub(super) fn before(&self, seq: u64, most: usize) -> Vec<Arc<Record>> {
        let end = self.position(seq);
        self.ring.range(end.saturating_sub(most)..end).cloned().collect()
    }

    pub(super) fn window(&self, query: &Query<'_>) -> Window {
        let of = query.until.map_or(self.ring.len(), |until| self.position(until + 1));
        let Some(search) = query.search else {
            let span = span(query, of, |seq| self.position(seq));
            let rows = self.ring.range(span.clone()).map(|record| record.row.clone()).collect();
            return Window { rows, first: span.start, total: of, of, whole: true };
        };
        let mut found = search.found();
        let oldest = self.ring.front().map_or(0, |record| record.row.seq);
        while found.seqs.front().is_some_and(|&seq| seq < oldest) {
            found.seqs.pop_front();
        }
        let seqs = &found.seqs;
        let total =
            query.until.map_or(seqs.len(), |until| seqs.partition_point(|&seq| seq <= until));
        let span = span(query, total, |seq| seqs.partition_point(|&found| found < seq));
        let rows = seqs
            .range(span.clone())
            .filter_map(|&seq| self.record(seq))
            .map(|record| record.row.clone())
            .collect();
        Window { rows, first: span.start, total, of, whole: found.whole }
    }

    /// The place in the ring of the first record with this `seq` or a later one.
    fn position(&self, seq: u64) -> usize {
        self.ring.partition_point(|record| record.row.seq < seq)
    }
}

/// Which of `total` rows are visible.
fn span(query: &Query<'_>, total: usize, place: impl Fn(u64) -> usize) -> std::ops::Range<usize> {
    let last = total.saturating_sub(query.rows);
    let first = match query.from {
        From::End => last,
        From::Seq(seq) => place(seq).min(last),
        From::Index(index) => index.min(last),
    };
    first..(first + query.rows).min(total)
}

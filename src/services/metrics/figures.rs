//! What is counted.

use std::sync::atomic::AtomicU64;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use crate::capture::{Kind, Record};
use crate::domain::effect::Outcome;

/// Seconds; a rule answers in tens of microseconds, another server behind `forward` in milliseconds.
const BUCKETS: [f64; 12] =
    [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.5];

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Call {
    hook: String,
    outcome: String,
    rule: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answer {
    hook: String,
    rule: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfHook {
    hook: String,
}

/// Counters of a server, from its start.
#[derive(Debug)]
pub struct Figures {
    registry: Registry,
    calls: Family<Call, Counter>,
    took: Family<Answer, Histogram>,
    size: Family<OfHook, Counter>,
    let_go: Family<Answer, Counter>,
    dropped: Counter,
    sampled_out: Counter,
    in_flight: Gauge<u64, AtomicU64>,
    held: Gauge<u64, AtomicU64>,
}

impl Figures {
    /// Nothing counted yet.
    pub fn new() -> Self {
        let mut registry = Registry::with_prefix("tyk_tui");
        let figures = Self {
            calls: Family::default(),
            took: Family::new_with_constructor(|| Histogram::new(BUCKETS)),
            size: Family::default(),
            let_go: Family::default(),
            dropped: Counter::default(),
            sampled_out: Counter::default(),
            in_flight: Gauge::default(),
            held: Gauge::default(),
            registry: Registry::default(),
        };
        registry.register(
            "calls",
            "Calls that were answered, by hook, outcome and the rule that answered",
            figures.calls.clone(),
        );
        registry.register_with_unit(
            "answer",
            "Time from a call's last byte to its answer by hook and rule, without that at a breakpoint",
            Unit::Seconds,
            figures.took.clone(),
        );
        registry.register_with_unit(
            "objects",
            "Requests and answers of calls, as they are on the wire",
            Unit::Bytes,
            figures.size.clone(),
        );
        registry.register(
            "let_go",
            "Calls that went on unchanged as the server that they are forwarded to was away, by hook and rule",
            figures.let_go.clone(),
        );
        registry.register(
            "dropped",
            "Calls that were answered and could not be captured, or counted here",
            figures.dropped.clone(),
        );
        registry.register(
            "sampled_out",
            "Calls that are counted here, and not kept, as capture.sample has it",
            figures.sampled_out.clone(),
        );
        registry.register(
            "in_flight",
            "Calls that wait for their answer",
            figures.in_flight.clone(),
        );
        registry.register(
            "held",
            "Calls that are held at a breakpoint, of those in flight",
            figures.held.clone(),
        );
        Self { registry, ..figures }
    }

    /// Counts a record.
    pub fn count(&self, record: &Record) {
        let row = &record.row;
        let hook = match row.kind {
            Kind::Dropped { count } => return self.lost(count),
            Kind::Event => "event",
            Kind::Dispatch => row.hook.word(),
        };
        let rule = row.rule.as_deref().unwrap_or_default();
        let answer = Answer { hook: hook.to_owned(), rule: rule.to_owned() };
        let of_hook = OfHook { hook: hook.to_owned() };
        // What was held was not slow.
        let took = row.took.saturating_sub(record.exchange.held);
        self.took.get_or_create(&answer).observe(took.as_secs_f64());
        if row.let_go {
            self.let_go.get_or_create(&answer).inc();
        }
        self.size.get_or_create(&of_hook).inc_by(row.size as u64);
        let call = Call {
            hook: hook.to_owned(),
            outcome: row.outcome.map_or("", Outcome::word).to_owned(),
            rule: rule.to_owned(),
        };
        self.calls.get_or_create(&call).inc();
    }

    /// Counts a record that sampling leaves out.
    pub fn left_out(&self, record: &Record) {
        self.sampled_out.inc();
        self.count(record);
    }

    /// Counts records that were never seen here.
    pub fn lost(&self, count: u64) {
        self.dropped.inc_by(count);
    }

    /// How many calls wait just now, and how many of them are held.
    pub fn waiting(&self, calls: usize, held: usize) {
        self.in_flight.set(calls as u64);
        self.held.set(held as u64);
    }

    /// All of it, in the text format of OpenMetrics, which Prometheus reads.
    pub fn text(&self) -> String {
        let mut text = String::new();
        if let Err(error) = text::encode(&mut text, &self.registry) {
            tracing::error!(%error, "a defect: the figures have no text");
        }
        text
    }
}

impl Default for Figures {
    fn default() -> Self {
        Self::new()
    }
}

//! Which records are kept where only a share of them is: decided by the actor, so that no answer waits for it.
//!
//! The hooks of one HTTP request are kept together where they can be told to be of one: by the trace that their calls, else
//! the request, belong to. Otherwise it is chance, call by call.

use std::borrow::Cow;
use std::collections::hash_map::DefaultHasher;
use std::hash::{BuildHasher as _, Hash as _, Hasher as _, RandomState};

use super::{Kind, Record, Seen, SharedView};
use crate::config::{self, Sample};
use crate::domain::filter::Filter;
use crate::domain::object::{Leaf, Message, Parsed};
use crate::domain::trail::TraceId;

/// Decides what is kept.
pub(super) struct Sampler {
    sample: Sample,
    keep: Option<Filter>,
    view: SharedView,
    chance: RandomState,
    asked: u64,
}

impl Sampler {
    /// By `sample` and `keep` of the configuration, which has looked at the filter already.
    pub(super) fn new(limits: &config::Capture, view: SharedView) -> Self {
        let keep = limits.keep.as_deref().and_then(|text| {
            Filter::parse_ending(text)
                .inspect_err(|error| tracing::error!("capture.keep is wrong: {error}"))
                .ok()
        });
        let keep = keep.map(|keep| {
            keep.telling(|what| tracing::warn!("capture.keep: jq fails on a record: {what}"))
        });
        Self { sample: limits.sample.clone(), keep, view, chance: RandomState::new(), asked: 0 }
    }

    /// Whether this record is kept. What was lost is always told.
    pub(super) fn keeps(&mut self, record: &Record) -> bool {
        if self.sample.is_all() || matches!(record.row.kind, Kind::Dropped { .. }) {
            return true;
        }
        let number = self.number(record);
        self.sample.keeps(number)
            || self.keep.as_ref().is_some_and(|keep| keep.matches(&Seen::new(record, &*self.view)))
    }

    /// The same for all hooks of a request that belongs to a trace, in every server.
    fn number(&mut self, record: &Record) -> u64 {
        let request = record.exchange.request.as_deref();
        let request = request.filter(|_| record.row.kind == Kind::Dispatch);
        if let Some(trace) = record.exchange.trace.or_else(|| request.and_then(trace)) {
            let mut hasher = DefaultHasher::new();
            trace.hash(&mut hasher);
            return hasher.finish();
        }
        self.asked += 1;
        self.chance.hash_one(self.asked)
    }
}

/// The trace that a request belongs to, by its `traceparent`.
fn trace(request: &[u8]) -> Option<TraceId> {
    let mut trace = None;
    let is_meant = |path: &[Cow<'_, str>]| match path {
        [.., map, key] => &**map == "headers" && key.eq_ignore_ascii_case("traceparent"),
        _ => false,
    };
    // Bytes that are no Object belong to no trace.
    let Ok(object) = Parsed::read(Message::Object, request) else { return None };
    object.each(&mut |path, leaf| {
        if let Leaf::Text(text) = leaf
            && is_meant(path)
        {
            trace = TraceId::of_parent(text).or(trace);
        }
    });
    trace
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use bytes::Bytes;
    use prost::Message as _;

    use super::*;
    use crate::capture::{Capture, Exchange, Recorder, Stats};
    use crate::domain::object::coprocess;
    use crate::domain::redact::Shown;

    fn object(path: &str, trace: Option<u32>) -> Bytes {
        let headers = trace.map(|trace| {
            ("Traceparent".to_owned(), format!("00-{trace:032x}-b7ad6b7169203331-01"))
        });
        let object = coprocess::Object {
            hook_type: coprocess::HookType::Pre.into(),
            request: Some(coprocess::MiniRequestObject {
                url: path.to_owned(),
                method: "GET".to_owned(),
                headers: headers.into_iter().collect(),
                return_overrides: Some(coprocess::ReturnOverrides {
                    response_code: -1,
                    ..Default::default()
                }),
                ..Default::default()
            }),
            ..Default::default()
        };
        object.encode_to_vec().into()
    }

    fn offer(recorder: &Recorder, (request, trace): (Bytes, Option<TraceId>)) {
        recorder.offer(Exchange {
            took: Duration::from_micros(100),
            trace,
            ..Exchange::answered(request.clone(), request)
        });
    }

    /// What is left of calls, in order, and the figures.
    fn kept(sample: &str, keep: Option<&str>, calls: &[Bytes]) -> (Vec<Arc<Record>>, Stats) {
        let calls: Vec<_> = calls.iter().map(|call| (call.clone(), None)).collect();
        kept_of(sample, keep, &calls)
    }

    /// The same of calls that may belong to traces.
    fn kept_of(
        sample: &str,
        keep: Option<&str>,
        calls: &[(Bytes, Option<TraceId>)],
    ) -> (Vec<Arc<Record>>, Stats) {
        let limits = config::Capture {
            sample: Sample::parse(sample).unwrap(),
            keep: keep.map(str::to_owned),
            ..config::Capture::default()
        };
        let (recorder, capture) = Capture::start(&limits, Arc::new(Shown), 4 << 20);
        for call in calls {
            offer(&recorder, call.clone());
        }
        drop(recorder);
        let mut changes = capture.changes();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async { while changes.changed().await.is_ok() {} });
        (capture.since(1, usize::MAX), capture.stats())
    }

    #[test]
    fn a_share_is_kept_and_the_rest_is_counted_without_a_gap() {
        let calls = vec![object("/", None); 4_000];
        let (records, stats) = kept("1/4", None, &calls);
        // Beyond six deviations either way.
        assert!((820..1_180).contains(&records.len()), "{}", records.len());
        assert_eq!(stats.sampled_out, (calls.len() - records.len()) as u64);
        assert_eq!((stats.captured, stats.dropped), (4_000, 0));
        assert_eq!(stats.per_second.iter().sum::<u32>(), 4_000);
        assert_eq!(stats.outcomes.count(crate::domain::effect::Outcome::Passed), 4_000);
        let seqs: Vec<u64> = records.iter().map(|record| record.row.seq).collect();
        assert_eq!(seqs, (1..=records.len() as u64).collect::<Vec<_>>());
    }

    #[test]
    fn hooks_of_one_trace_stay_together() {
        let calls: Vec<Bytes> = (1..=300_u32)
            .flat_map(|number| vec![object(&format!("/{number}"), Some(number)); 4])
            .collect();
        let (records, _) = kept("0.5", None, &calls);
        are_together(&records);
    }

    #[test]
    fn hooks_whose_calls_are_of_one_trace_stay_together() {
        let calls: Vec<_> = (1..=300_u32)
            .flat_map(|number| {
                let parent = format!("00-{number:032x}-b7ad6b7169203331-01");
                vec![(object(&format!("/{number}"), None), TraceId::of_parent(&parent)); 4]
            })
            .collect();
        let (records, _) = kept_of("0.5", None, &calls);
        are_together(&records);
    }

    fn are_together(records: &[Arc<Record>]) {
        assert!(records.len() > 200 && records.len() < 1_000 && records.len().is_multiple_of(4));
        for hooks in records.chunks(4) {
            assert!(hooks.iter().all(|hook| hook.row.path == hooks[0].row.path));
        }
    }

    #[test]
    fn what_the_filter_means_is_always_kept() {
        let calls: Vec<Bytes> = (0..50).map(|number| object(&format!("/{number}"), None)).collect();
        let (records, stats) = kept("0", Some("path~\"^/4\""), &calls);
        let paths: Vec<&str> = records.iter().map(|record| &*record.row.path).collect();
        let mut expected = vec!["/4".to_owned()];
        expected.extend((40..50).map(|number| format!("/{number}")));
        assert_eq!(paths, expected);
        assert_eq!(stats.sampled_out, 39);
    }
}

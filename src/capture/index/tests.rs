//! What the list shows is what a naive model has, whatever leaves the ring, the file and the index.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use proptest::prelude::*;

use super::*;
use crate::capture::store::{Arriving, Store};
use crate::capture::{Archive, Exchange, From, Kind, Query, Row, Seen};
use crate::config;
use crate::domain::effect::Outcome;
use crate::domain::filter::Filter;
use crate::domain::object::Hook;
use crate::domain::redact::Shown;

fn record(seq: u64, of: u64, path: String) -> Record {
    let kind = match of % 7 {
        5 => Kind::Event,
        6 => Kind::Dropped { count: 1 + of * 0x1_0000_0001 },
        _ => Kind::Dispatch,
    };
    let is_call = !matches!(kind, Kind::Dropped { .. });
    let took = Duration::from_micros(if is_call { of * 31 } else { 0 });
    let hooks = [Hook::Unknown, Hook::Pre, Hook::AuthCheck, Hook::Response, Hook::Other(6)];
    let word = |text: String| -> Arc<str> { if is_call { text.into() } else { "".into() } };
    let row = Row {
        seq,
        kind,
        at: Timestamp::from_microsecond(1_795_700_000_000_000 + i64::try_from(seq).unwrap())
            .unwrap(),
        took,
        hook: hooks[usize::try_from(of % 5).unwrap()],
        name: word(format!("hook{}", of % 3)),
        api: word(format!("api{}", of % 4)),
        method: word(if of.is_multiple_of(2) { "GET" } else { "PUT" }.to_owned()),
        path: word(path),
        outcome: [None, Some(Outcome::Refused), Some(Outcome::Held)]
            [usize::try_from(of % 3).unwrap()],
        let_go: of.is_multiple_of(5),
        status: [None, Some(0), Some(403), Some(u16::MAX)][usize::try_from(of % 4).unwrap()],
        rule: of.is_multiple_of(3).then(|| "a rule".into()),
        size: usize::try_from(of * 1_000).unwrap(),
    };
    let exchange = Exchange {
        kind,
        at: row.at,
        took,
        held: Duration::from_micros(of),
        peer: word(format!("127.0.0.1:{of}")),
        request: None,
        reply: Ok(bytes::Bytes::from(vec![0; usize::try_from(of % 90).unwrap()])),
        rule: row.rule.clone(),
        why: None,
        trimmed: false,
        trace: None,
    };
    let error =
        is_call.then(|| of.is_multiple_of(4).then(|| format!("error {}", of % 5))).flatten();
    Record { row, exchange, error }
}

fn words(row: &Row) -> String {
    format!("{row:?}")
}

const FILTERS: [&str; 12] = [
    "method:put",
    "api=api2 & status:403",
    "took>1ms || size>100k",
    "!path:things",
    "held>=20us",
    "error:3",
    "kind:dropped || kind:event",
    "peer~\"[13579]$\"",
    "rule:rule & outcome:held",
    "rule=\"\" & error!=\"\"",
    "rule=\"(none)\" || path=\"\"",
    "put",
];

/// What the index says of a row is what its record says; where it does not know, it says so.
#[test]
fn a_row_answers_filters_as_its_record_does() {
    let mut index = Index::new(100_000);
    let records: Vec<Record> = (0..2_000)
        .map(|of| {
            let long = if of % 50 == 7 { "x".repeat(5_000) } else { String::new() };
            record(of + 1, of, format!("/things/{of}{long}"))
        })
        .collect();
    for record in &records {
        index.push(record, record.error.as_deref().unwrap_or_default());
    }
    for text in FILTERS {
        let filter = Filter::parse(text).unwrap();
        let mut open = 0;
        for (at, record) in records.iter().enumerate() {
            let brief = index.get(at as u64).unwrap();
            let matches = filter.matches(&Seen::new(record, &Shown));
            match filter.decides(&brief) {
                Some(decided) => assert_eq!(decided, matches, "{text}: {}", words(&record.row)),
                None => open += 1,
            }
            let long = record.row.path.len() > 4_000;
            assert_eq!(brief.is_whole(), !long);
            let shown = Row {
                path: if long { "".into() } else { record.row.path.clone() },
                ..record.row.clone()
            };
            assert_eq!(words(&brief.row()), words(&shown));
        }
        let long = 2_000 / 50;
        assert!(open <= long, "{text}: {open}");
        if text.contains("path") {
            assert!(open > 0, "what is too long was never asked about");
        }
    }
    let may_have = |index: &Index, text: &str| {
        let block = index.piece(0).unwrap().block;
        block.may_have(&Filter::parse(text).unwrap())
    };
    assert!(may_have(&index, "nowhere"), "some of its texts were too long");
    let mut short = Index::new(100);
    short.push(&records[1], "");
    assert!(may_have(&short, "things/1") && !may_have(&short, "nowhere"));
    for text in ["body:x", "header.a:b", "| .status == 403"] {
        let filter = Filter::parse(text).unwrap();
        assert!(records.len() as u64 == index.rows().end);
        assert_eq!(filter.decides(&index.get(5).unwrap()), None, "{text}");
    }
    let filter = Filter::parse("method:put & body:x").unwrap();
    assert_eq!(filter.decides(&index.get(2).unwrap()), Some(false), "it is a GET");
}

#[test]
fn a_million_rows_take_what_they_may() {
    let mut index = Index::new(1_000_000);
    let mut record = record(0, 0, String::new());
    for seq in 1..=20_000_u64 {
        record.row.seq = seq;
        record.row.path = format!("/orders/v1/orders/{seq}?status=open&page={}", seq % 9).into();
        index.push(&record, "");
    }
    let bytes =
        |block: &Arc<Block>| block.entries.capacity() * size_of::<Entry>() + block.text_bytes();
    let full = &index.blocks.iter().take(2).map(bytes).collect::<Vec<_>>();
    // 48 bytes, and a path of its own for each.
    assert!(full.iter().all(|&bytes| bytes < ROWS * 100), "{full:?}");
    // Paths as long as they get take no more than their share.
    for seq in 20_001..=60_000_u64 {
        record.row.seq = seq;
        record.row.path = format!("/{seq}{}", "y".repeat(1_000)).into();
        index.push(&record, "");
    }
    let most = ROWS * (48 + 64 + 32);
    let full = index.blocks.iter().rev().skip(1);
    assert!(full.map(bytes).all(|bytes| bytes < most));
}

/// What happens to a store.
#[derive(Clone, Debug)]
enum Step {
    /// So many records come, with so many numbers lost before.
    Push(u64, u64),
    /// A session begins, and another one.
    Archive,
    /// The session gives up what is older than the newest this far back.
    Forget(u64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        6 => (1..4_000_u64, 0..3_u64).prop_map(|(many, lost)| Step::Push(many, lost)),
        1 => Just(Step::Archive),
        1 => (1..20_000_u64).prop_map(Step::Forget),
    ];
    proptest::collection::vec(step, 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn what_is_listed_is_what_a_naive_model_has(
        steps in steps(),
        max_records in 1..3_000_usize,
        max_rows in 1..12_000_usize,
        asks in proptest::collection::vec((0..3_usize, 0..40_000_u64, 1..90_usize, any::<bool>()), 12),
    ) {
        let limits = config::Capture { max_records, max_rows, max_bytes: 60_000, ..config::Capture::default() };
        let mut store = Store::new(&limits);
        let now = std::time::Instant::now();
        // All that ever came, and the place of the first that is listed.
        let (mut all, mut first): (Vec<Row>, usize) = (Vec::new(), 0);
        let mut sizes: Vec<usize> = Vec::new();
        let mut archive: Option<Arc<Archive>> = None;
        let mut next = 1;
        let ring = |sizes: &[usize]| {
            // The newest that fit, and the newest in any case.
            let mut bytes = 0;
            let fits = sizes.iter().rev().take(max_records).take_while(|&&size| {
                bytes += size;
                bytes <= 60_000
            });
            sizes.len() - fits.count().max(1).min(sizes.len())
        };
        for step in steps {
            match step {
                Step::Push(many, lost) => {
                    next += lost;
                    for _ in 0..many {
                        let record = record(next, next % 1_009, format!("/{next}"));
                        next += 1;
                        all.push(record.row.clone());
                        sizes.push(record.exchange.size());
                        store.push(Arriving::of(record, Some(now), &Shown));
                    }
                }
                Step::Archive => {
                    let new = Arc::new(Archive::at(std::path::Path::new("/nowhere")));
                    store.keep_archive(Arc::clone(&new));
                    if archive.is_some() {
                        first = first.max(ring(&sizes));
                    }
                    archive = Some(new);
                }
                Step::Forget(back) => {
                    let Some(archive) = &archive else { continue };
                    let seq = next.saturating_sub(back);
                    store.forget_before(archive, seq);
                    let place = all.partition_point(|row| row.seq < seq);
                    first = first.max(place.min(ring(&sizes)));
                }
            }
            if archive.is_none() {
                first = first.max(ring(&sizes));
            }
            first = first.max(all.len().saturating_sub(max_rows.max(max_records)));
        }
        let listed = &all[first..];
        for (from, number, rows, paused) in asks {
            let until = paused.then_some(number / 2 + 1);
            let from = match from {
                0 => From::End,
                1 => From::Seq(number),
                _ => From::Index(usize::try_from(number).unwrap()),
            };
            let window = store.window(&Query { search: None, until, from, rows });
            let there = listed.iter().filter(|row| until.is_none_or(|until| row.seq <= until));
            let there: Vec<&Row> = there.collect();
            let last = there.len().saturating_sub(rows);
            let start = match from {
                From::End => last,
                From::Seq(seq) => there.iter().take_while(|row| row.seq < seq).count().min(last),
                From::Index(index) => index.min(last),
            };
            prop_assert_eq!((window.total, window.of, window.first), (there.len(), there.len(), start));
            let wanted: Vec<String> = there.iter().skip(start).take(rows).map(|row| words(row)).collect();
            let shown: Vec<String> = window.rows.iter().map(words).collect();
            prop_assert_eq!(shown, wanted);
        }
    }
}

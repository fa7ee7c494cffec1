//! Which rows stand together, as a list sees them while more comes.

use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::capture::{From, Order, Query, Recorder, Search, SharedView, Window};
use crate::config;
use crate::domain::filter::Filter;
use crate::domain::redact::Shown;
use crate::domain::trail::TraceId;

/// The calls of recorded requests, made at the same time: the first of each, the second of each, ….
fn recorded(cases: &[&str], hooks: usize, begin: Timestamp) -> Vec<Exchange> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/dispatch");
    let mut all = Vec::new();
    for hook in 0..hooks {
        for (number, case) in (0..).zip(cases) {
            let whole = std::fs::read(root.join(case).join("case.json")).unwrap();
            let whole: serde_json::Value = serde_json::from_slice(&whole).unwrap();
            let dispatch = &whole["dispatches"][hook];
            let file = |side: &str| -> Bytes {
                let name = format!("{}.{side}.pb", dispatch["file"].as_str().unwrap());
                std::fs::read(root.join(case).join(name)).unwrap().into()
            };
            let metadata = dispatch["grpc_metadata"].as_array().unwrap();
            let parent = metadata.iter().find(|pair| pair[0] == "traceparent");
            let after = i64::try_from(hook).unwrap() * 3 + number;
            all.push(Exchange {
                at: begin + SignedDuration::from_millis(after),
                took: Duration::from_micros(400),
                trace: parent.and_then(|pair| TraceId::of_parent(pair[1].as_str()?)),
                ..Exchange::answered(file("request"), file("reply"))
            });
        }
    }
    all
}

struct Listed {
    recorder: Recorder,
    capture: Capture,
    search: Search,
    told: Receiver<()>,
}

impl Listed {
    fn new(limits: &config::Capture, exchanges: Vec<Exchange>, filter: &str) -> Self {
        let view: SharedView = Arc::new(Shown);
        let (recorder, capture) = Capture::start(limits, Arc::clone(&view), 4 << 20);
        let next = exchanges.len() as u64 + 1;
        for exchange in exchanges {
            recorder.offer(exchange);
        }
        while capture.next_seq() < next {
            std::thread::yield_now();
        }
        let (tell, told) = channel();
        let filter = if filter.is_empty() { Filter::all() } else { Filter::parse(filter).unwrap() };
        let search = capture.find(filter, Some(Order::BY_REQUEST), view, move || {
            let _ = tell.send(());
        });
        Self { recorder, capture, search, told }
    }

    fn window(&self, until: Option<u64>, from: From, rows: usize) -> Window {
        self.capture.window(&Query { search: Some(&self.search), until, from, rows })
    }

    /// Waits until so many are listed; each row as its number, indented where it goes on with the one above.
    fn wait(&self, total: usize) -> Vec<String> {
        loop {
            let window = self.window(None, From::Index(0), 1_000);
            if window.whole && window.total == total && window.members.len() == total {
                return lines(&window);
            }
            let told = self.told.recv_timeout(Duration::from_secs(30));
            assert!(told.is_ok(), "{} of {total}: {:?}", window.total, lines(&window));
        }
    }
}

/// `1`, `├~2`, `└~4`.
fn lines(window: &Window) -> Vec<String> {
    let line = |(row, member): (&Row, &Member)| {
        if member.is_first {
            return row.seq.to_string();
        }
        let sign = if member.is_last { "└" } else { "├" };
        let basis = match member.basis {
            Some(Basis::Guess { rivals: false }) => "~",
            Some(Basis::Guess { rivals: true }) => "?",
            Some(Basis::Trace) => "─",
            Some(Basis::Mark) => "m",
            None => "-",
        };
        format!("{sign}{basis}{}", row.seq)
    };
    window.rows.iter().zip(&window.members).map(line).collect()
}

const TWO: [&str; 2] = ["more/otel-no-incoming", "more/otel-off-incoming"];

fn limits() -> config::Capture {
    config::Settings::default().capture
}

#[test]
fn calls_of_a_request_stand_under_its_first_and_a_guess_is_called_one() {
    let listed = Listed::new(&limits(), recorded(&TWO, 5, Timestamp::now()), "");
    let expected = ["1", "├─3", "├─5", "├─7", "└─9", "2", "├~4", "├~6", "├~8", "└~10"];
    assert_eq!(listed.wait(10), expected);
    // A part of the list knows what is around it.
    let window = listed.window(None, From::Index(2), 4);
    assert_eq!(lines(&window), ["├─5", "├─7", "└─9", "2"]);
    // A window that is to begin at a record begins there, a paused list has none that came later.
    assert_eq!(lines(&listed.window(None, From::Seq(6), 2)), ["├~6", "├~8"]);
    let paused = listed.window(Some(7), From::Index(0), 10);
    assert_eq!(lines(&paused), ["1", "├─3", "├─5", "└─7", "2", "├~4", "└~6"]);
    assert_eq!(lines(&listed.window(None, From::End, 1)), ["└~10"]);
    let calls = listed.capture.calls_of(window.members[0].request);
    let seqs: Vec<u64> = calls.rows.iter().map(|row| row.seq).collect();
    assert_eq!(seqs, [1, 3, 5, 7, 9]);
    assert!(calls.headers.iter().any(|name| name == "User-Agent"), "{:?}", calls.headers);
}

#[test]
fn a_filter_hides_rows_and_not_what_they_are_of() {
    // Hooks in between are not shown; that they edited the request is known all the same.
    let filter = "hook:pre || hook:response";
    let listed = Listed::new(&limits(), recorded(&TWO, 5, Timestamp::now()), filter);
    assert_eq!(listed.wait(4), ["1", "└─9", "2", "└~10"]);
    let request = listed.window(None, From::Index(2), 1).members[0].request;
    assert_eq!(listed.capture.calls_of(request).rows.len(), 5);
}

#[test]
fn what_comes_joins_its_request_or_begins_one_at_the_end() {
    let mut all = recorded(&TWO, 5, Timestamp::now());
    let later = all.split_off(7);
    let listed = Listed::new(&limits(), all, "");
    assert_eq!(listed.wait(7), ["1", "├─3", "├─5", "└─7", "2", "├~4", "└~6"]);
    for exchange in later {
        listed.recorder.offer(exchange);
    }
    let expected = ["1", "├─3", "├─5", "├─7", "└─9", "2", "├~4", "├~6", "├~8", "└~10"];
    assert_eq!(listed.wait(10), expected);
    // The same requests a minute later are others.
    let again = recorded(&TWO[1..], 2, Timestamp::now() + SignedDuration::from_mins(1));
    for exchange in again {
        listed.recorder.offer(exchange);
    }
    assert_eq!(listed.wait(12)[10..], ["11", "└~12"]);
    // Twins that wait for their hooks at the same time are in doubt, and are told so.
    for exchange in
        recorded(&["more/otel-off-incoming"; 2], 2, Timestamp::now() + SignedDuration::from_mins(3))
    {
        listed.recorder.offer(exchange);
    }
    assert_eq!(listed.wait(16)[12..], ["13", "└?15", "14", "└?16"]);
}

#[test]
fn what_leaves_the_list_leaves_no_gap() {
    let limits = config::Capture { max_records: 12, ..limits() };
    let begin = Timestamp::now();
    let listed = Listed::new(&limits, recorded(&TWO, 5, begin), "");
    assert_eq!(listed.wait(10).len(), 10);
    let paused = listed.window(Some(10), From::Index(0), 100);
    assert_eq!((paused.rows.len(), paused.total), (10, 10));
    for exchange in recorded(&TWO, 3, begin + SignedDuration::from_mins(5)) {
        listed.recorder.offer(exchange);
    }
    let expected =
        ["├─5", "├─7", "└─9", "├~6", "├~8", "└~10", "11", "├─13", "└─15", "12", "├~14", "└~16"];
    // The first calls of both are gone: what is left stands together still.
    let mut seen = listed.wait(12);
    for line in &mut seen {
        *line = line.trim_start_matches(['├', '└', '─', '~']).to_owned();
    }
    let expected: Vec<String> = expected
        .iter()
        .map(|line| line.trim_start_matches(['├', '└', '─', '~']).to_owned())
        .collect();
    assert_eq!(seen, expected);
    let paused = listed.window(Some(10), From::Index(0), 100);
    assert_eq!((paused.rows.len(), paused.total), (6, 6));
}

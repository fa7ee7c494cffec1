//! The targets of `fuzz/`, over corpora made from the fixtures and changed by chance: the same in each run, `FUZZ_ROUNDS` times
//! as much where that is set.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use crate::recordings::cases;

#[path = "../../fuzz/targets/dispatch.rs"]
mod dispatch;
#[path = "../../fuzz/targets/filter.rs"]
mod filter;
#[path = "../../fuzz/targets/rules.rs"]
mod rules;
#[path = "../../fuzz/targets/session.rs"]
mod session;

/// Numbers by chance, the same in each run (xorshift64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap() % end.max(1)
    }

    fn byte(&mut self) -> u8 {
        // Those at the edges of varints and of ASCII more often than others.
        const EDGES: [u8; 8] = [0, 1, 0x0a, 0x22, 0x7f, 0x80, 0xfe, 0xff];
        match self.below(2) {
            0 => EDGES[self.below(EDGES.len())],
            _ => u8::try_from(self.below(256)).unwrap(),
        }
    }

    /// One to four changes: a byte, bytes gone, bytes twice, a piece of another input, the end gone.
    fn change(&mut self, input: &[u8], corpus: &[Vec<u8>]) -> Vec<u8> {
        let mut out = input.to_vec();
        for _ in 0..=self.below(4) {
            let at = self.below(out.len());
            let to = (at + 1 + self.below(16)).min(out.len());
            match self.below(6) {
                0 if !out.is_empty() => out[at] = self.byte(),
                1 if !out.is_empty() => drop(out.drain(at..to)),
                2 if !out.is_empty() => {
                    let twice = out[at..to].to_vec();
                    out.splice(at..at, twice);
                }
                3 => out.insert(at, self.byte()),
                4 => {
                    let other = &corpus[self.below(corpus.len())];
                    let from = self.below(other.len());
                    let until = (from + self.below(64)).min(other.len());
                    out.splice(at..at, other[from..until].iter().copied());
                }
                _ => out.truncate(out.len() - self.below(out.len().min(32))),
            }
        }
        out
    }
}

/// Each input as it is, then `changed` changed ones. What a target cannot take is shown as bytes.
fn fuzz(name: &str, corpus: &[Vec<u8>], changed: usize, run: fn(&[u8])) {
    let rounds = std::env::var("FUZZ_ROUNDS").map_or(1, |rounds| rounds.parse().unwrap());
    assert!(corpus.len() > 3, "{name}: {} inputs", corpus.len());
    let tried = |input: &[u8]| {
        if catch_unwind(AssertUnwindSafe(|| run(input))).is_err() {
            let shown = String::from_utf8_lossy(&input[..input.len().min(2_000)]).into_owned();
            panic!("{name} fails on {} bytes: {shown:?}", input.len());
        }
    };
    for input in corpus {
        tried(input);
    }
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    for _ in 0..changed * rounds {
        let at = chance.below(corpus.len());
        tried(&chance.change(&corpus[at], corpus));
    }
}

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Both sides of every call that was recorded, with the place where the answer begins in front.
fn exchanges() -> Vec<Vec<u8>> {
    let mut corpus = Vec::new();
    for case in cases() {
        for dispatch in case.dispatches() {
            let Some(request) = case.bytes(dispatch, "request") else { continue };
            let Ok(at) = u16::try_from(request.len()) else { continue };
            let reply = case.bytes(dispatch, "reply").unwrap_or_default();
            if reply.len() < 50_000 {
                corpus.push([&at.to_be_bytes()[..], &request, &reply].concat());
            }
        }
    }
    assert!(corpus.len() > 200, "{}", corpus.len());
    corpus
}

#[test]
fn bytes_of_dispatches() {
    fuzz("dispatch", &exchanges(), 1_500, dispatch::run);
}

#[test]
fn filters() {
    const FILTERS: [&str; 12] = [
        "hook:auth_check & path:/orders & status:403 & body~\"x.*y\"",
        "!(status:4xx || status:5xx) took>10ms",
        "| .status == 403",
        "api:orders | .request.body | length > 3",
        "name~\"^My\" & size<2kB",
        "header.X-Tenant:acme seq:1..7",
        "outcome:refused & rule:\"static key\"",
        "((((((((hook:pre))))))))",
        "peer:127.0.0.1",
        "body~\"(a|b)*c\" \u{2028}\u{1f9d1}",
        "| [.request.n[] | select(. != null)] | add",
        "\"orders 7\"",
    ];
    let corpus: Vec<Vec<u8>> = FILTERS.iter().map(|filter| filter.as_bytes().to_vec()).collect();
    fuzz("filter", &corpus, 4_000, filter::run);
}

#[test]
fn rules_files() {
    let mut corpus = Vec::new();
    for entry in std::fs::read_dir(here("assets/rules")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            corpus.push(std::fs::read(path).unwrap());
        }
    }
    corpus.sort();
    fuzz("rules", &corpus, 1_500, rules::run);
}

#[test]
fn sessions() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.tyks");
    let exchanges: Vec<Vec<u8>> = exchanges().into_iter().take(40).collect();
    let corpus = recorded::sessions(&path, &exchanges);
    fuzz("session", &corpus, 400, session::run);
}

/// Files of sessions, as our own writer makes them.
mod recorded {
    use std::path::Path;
    use std::sync::Arc;
    use std::time::Duration;

    use bytes::Bytes;
    use jiff::Timestamp;
    use tyk_tui::capture::session::{Caps, Facts, Recording};
    use tyk_tui::capture::{Capture, Exchange};
    use tyk_tui::config;
    use tyk_tui::domain::redact::Shown;

    /// One of no record, one of a few, some with a dictionary.
    pub(super) fn sessions(path: &Path, exchanges: &[Vec<u8>]) -> Vec<Vec<u8>> {
        [0, 3, 40, 400, 800].map(|count| session(path, exchanges, count)).to_vec()
    }

    fn session(path: &Path, exchanges: &[Vec<u8>], count: usize) -> Vec<u8> {
        let limits = config::Capture::default();
        let (recorder, capture) = Capture::start(&limits, Arc::new(Shown), 4 << 20);
        let facts = Facts {
            began: Timestamp::UNIX_EPOCH,
            by: "0.1.0".into(),
            server: "127.0.0.1:50051".into(),
            answer_limit: 4 << 20,
            redacted: false,
            hidden: tyk_tui::domain::object::SecretNames::default(),
        };
        let caps = Caps { records: 10_000, bytes: 1 << 30, age: Duration::from_hours(800_000) };
        let recording = Recording::start(path, &facts, caps, capture.clone()).unwrap();
        for exchange in exchanges.iter().cycle().take(count) {
            let bytes = Bytes::copy_from_slice(&exchange[2..]);
            let next = capture.next_seq();
            recorder.offer(Exchange {
                at: Timestamp::UNIX_EPOCH,
                took: Duration::from_micros(321),
                peer: "127.0.0.1:40000".into(),
                ..Exchange::answered(bytes.clone(), bytes)
            });
            while capture.next_seq() == next {
                std::thread::yield_now();
            }
        }
        drop(recorder);
        recording.finish(Duration::from_mins(1));
        let bytes = std::fs::read(path).unwrap();
        std::fs::remove_file(path).unwrap();
        bytes
    }
}

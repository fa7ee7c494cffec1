//! Which of some rows a filter means: by what the index has of them; where that does not tell, by their records, which are
//! decoded and judged only as far as the filter reads.

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::LazyLock;

use tokio_util::sync::CancellationToken;

use super::archive::Recalled;
use super::index::{Brief, Piece};
use super::{Capture, Judge, Marks, Record, Seen, SharedView, line};
use crate::domain::filter::{Fields, Filter, Json, Number, Text};
use crate::domain::object::View;

/// Bytes of records that are read at once, unless one alone is larger.
const BYTES: u64 = 16 << 20;

/// Records that a thread is worth.
const WORTH: usize = 64;

/// Threads that read and look, at most.
const THREADS: usize = 4;

/// How much later its turn comes: a third of what others get where all cores are taken.
#[cfg(target_os = "linux")]
const NICE: i32 = 5;

static CORES: LazyLock<usize> =
    LazyLock::new(|| std::thread::available_parallelism().map_or(1, usize::from));

/// This thread, and those that it starts, take what the others leave: a search or a session's writer is in no hurry,
/// answers are.
pub(super) fn give_way() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::nice(NICE) {
        tracing::debug!(%error, "a thread runs as fast as all else");
    }
}

/// What a search looks with.
pub(super) struct Look {
    pub(super) capture: Capture,
    pub(super) filter: Filter,
    pub(super) view: SharedView,
    pub(super) cancelled: CancellationToken,
}

impl Look {
    /// Which of these rows match.
    pub(super) fn rows(&self, piece: &Piece, which: Range<usize>) -> Vec<u64> {
        let marks = self.marks();
        let mut found = Vec::new();
        let mut open = Vec::new();
        for at in which {
            let Some(brief) = piece.block.brief(at) else { break };
            match self.filter.decides(&marks.on(brief.seq(), &brief)) {
                Some(true) => found.push(at),
                Some(false) => {}
                None => open.push(brief),
            }
        }
        while !open.is_empty() && !self.cancelled.is_cancelled() {
            let mut bytes = 0;
            let fits = open.iter().take_while(|brief| {
                bytes += brief.number(Number::Size).unwrap_or_default();
                bytes <= BYTES
            });
            let rest = open.split_off(fits.count().max(1));
            found.extend(self.all(&open, &marks));
            open = rest;
        }
        found.sort_unstable();
        found.into_iter().map(|at| piece.first + at as u64).collect()
    }

    /// Which of these match, by their records; on several threads, where there are several cores.
    fn all(&self, open: &[Brief<'_>], marks: &Marks) -> Vec<usize> {
        let threads = (*CORES).min(THREADS).min(open.len() / WORTH).max(1);
        let mut parts = open.chunks(open.len().div_ceil(threads));
        let Some(first) = parts.next() else { return Vec::new() };
        std::thread::scope(|scope| {
            let others: Vec<_> = parts.map(|part| scope.spawn(|| self.some(part, marks))).collect();
            let mut found = self.some(first, marks);
            // One that panicked has found nothing.
            found.extend(others.into_iter().filter_map(|other| other.join().ok()).flatten());
            found
        })
    }

    /// Which are marked, where the filter asks that: it is looked for anew when others are.
    pub(super) fn marks(&self) -> Marks {
        if self.filter.asks_marks() { self.capture.marks() } else { Marks::default() }
    }

    fn some(&self, open: &[Brief<'_>], marks: &Marks) -> Vec<usize> {
        let seqs: Vec<u64> = open.iter().map(Brief::seq).collect();
        let records = self.capture.recall_all(&seqs);
        let is_meant = |(brief, recalled): &(&Brief<'_>, Option<Recalled>)| match recalled {
            _ if self.cancelled.is_cancelled() => false,
            Some(Recalled::Judged(record)) => marks.means(&self.filter, record, &*self.view),
            Some(Recalled::Kept(kept)) => {
                let record = Judge::unjudged(kept.seq, kept.exchange.clone());
                let judge = &self.capture.judge;
                let looked = Looked::new(**brief, &record, judge, &*self.view);
                self.filter.matches(&marks.on(kept.seq, &looked))
            }
            None => false,
        };
        open.iter().zip(records).filter(is_meant).map(|(brief, _)| brief.at()).collect()
    }
}

/// A record that was read from the session's file, with what the index has of it.
struct Looked<'a> {
    brief: Brief<'a>,
    /// Both sides, and nothing judged.
    record: &'a Record,
    sides: Seen<'a>,
    judge: &'a Judge,
    view: &'a dyn View,
    judged: OnceCell<Record>,
}

impl<'a> Looked<'a> {
    /// `record` is what [`Judge::unjudged`] made.
    fn new(brief: Brief<'a>, record: &'a Record, judge: &'a Judge, view: &'a dyn View) -> Self {
        let sides = Seen::new(record, view);
        Self { brief, record, sides, judge, view, judged: OnceCell::new() }
    }

    fn judged(&self) -> &Record {
        self.judged
            .get_or_init(|| self.judge.record(self.record.row.seq, self.record.exchange.clone()))
    }
}

impl Fields for Looked<'_> {
    fn any(&self, field: &Text, take: &mut dyn FnMut(&[u8]) -> bool) -> bool {
        match field {
            Text::Body | Text::Header(_) => self.sides.any(field, take),
            field if self.brief.knows(field) => self.brief.any(field, take),
            field => Seen::new(self.judged(), self.view).any(field, take),
        }
    }

    fn raw(&self, field: &Text) -> Option<[&[u8]; 2]> {
        self.sides.raw(field)
    }

    fn number(&self, field: Number) -> Option<u64> {
        self.brief.number(field)
    }

    fn json(&self) -> Json {
        // The bytes are the same.
        line::computed(self.judged(), self.sides.sides(), self.sides.knowing())
    }
}

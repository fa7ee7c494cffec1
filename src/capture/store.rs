//! The ring of records, capped by count and by bytes, with its counters; and the index, which goes further back where
//! there is a session's file to read records from.

use std::collections::{HashMap, VecDeque};
use std::ops::Range;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

use super::archive::Archive;
use super::index::{Brief, Index, Piece, Shared};
use super::keeper::Keeper;
use super::marks::{Change, Marks};
use super::order::{By, Places};
use super::plots::Plots;
use super::requests::Made;
use super::stats::{Latency, Outcomes, Rate, Stats};
use super::trail::{COMPARED, LOOKED, Near};
use super::window::{From, Query, Window};
use super::{Kind, Record, Row, Search};
use crate::config;
use crate::domain::object::View;

/// Rows that were read from the session's file, kept for the next frames.
const READ: usize = 1_024;

/// All that the actor writes and the readers read, under one lock that is held for microseconds. No answer waits for it: handlers see the channel only.
pub(super) struct Store {
    max_records: usize,
    max_bytes: usize,
    /// The last rows of the index, with both sides.
    ring: VecDeque<Arc<Record>>,
    bytes: usize,
    index: Index,
    /// What the ring forgets is read from there.
    archive: Option<Arc<Archive>>,
    marks: Marks,
    /// Writes them into the session's file.
    keeper: Option<Arc<Keeper>>,
    /// Rows of which the index has not all.
    read: HashMap<u64, Row>,
    captured: u64,
    dropped: u64,
    sampled_out: u64,
    outcomes: Outcomes,
    rate: Rate,
    latency: Latency,
    pub(super) plots: Plots,
}

/// A record on its way into the store, with all that is made of it before the lock is taken.
pub(super) struct Arriving {
    record: Arc<Record>,
    /// When it came, as far as rate and latency of the last minute go; what is older has no time here.
    at: Option<Instant>,
    /// Why it failed, as it is shown.
    error: Option<String>,
}

impl Arriving {
    pub(super) fn of(record: Record, at: Option<Instant>, view: &dyn View) -> Self {
        let error = record.error.as_deref();
        let error = error.map(|error| view.text(&["error".into()], error).into_owned());
        Self { record: Arc::new(record), at, error }
    }
}

impl Store {
    pub(super) fn new(limits: &config::Capture) -> Self {
        let max_records = limits.max_records.max(1);
        Self {
            max_records,
            max_bytes: limits.max_bytes,
            ring: VecDeque::new(),
            bytes: 0,
            index: Index::new(limits.max_rows.max(max_records)),
            archive: None,
            marks: Marks::default(),
            keeper: None,
            read: HashMap::new(),
            captured: 0,
            dropped: 0,
            sampled_out: 0,
            outcomes: Outcomes::default(),
            rate: Rate::new(),
            latency: Latency::new(),
            plots: Plots::default(),
        }
    }

    /// Stores a record; the oldest make room.
    pub(super) fn push(&mut self, arriving: Arriving) {
        let Arriving { record, at, error } = arriving;
        self.count(&record.row, record.exchange.held, at);
        self.plots.count(&record);
        self.bytes += record.exchange.size();
        self.index.push(&record, error.as_deref().unwrap_or_default());
        self.ring.push_back(record);
        while self.ring.len() > self.max_records
            || (self.bytes > self.max_bytes && self.ring.len() > 1)
        {
            if let Some(oldest) = self.ring.pop_front() {
                self.bytes -= oldest.exchange.size();
            }
        }
        // Without a file the list ends where the ring does: a row that cannot be opened is worth little.
        if self.archive.is_none() {
            self.index.forget(self.in_ring());
        }
    }

    /// The row of the oldest record in the ring.
    fn in_ring(&self) -> u64 {
        self.index.rows().end - self.ring.len() as u64
    }

    /// From now on this file has what the ring forgets; what only another one had is listed no more.
    pub(super) fn keep_archive(&mut self, archive: Arc<Archive>) {
        if self.archive.is_some() {
            self.index.forget(self.in_ring());
        }
        self.archive = Some(archive);
    }

    /// Of this file what is before `seq` has made room.
    pub(super) fn forget_before(&mut self, archive: &Arc<Archive>, seq: u64) {
        if self.archive.as_ref().is_some_and(|ours| Arc::ptr_eq(ours, archive)) {
            self.index.forget(self.index.position(seq).min(self.in_ring()));
        }
    }

    /// What is marked, of the rows that are there.
    pub(super) fn marks(&mut self) -> Marks {
        // Of a session marks are there before its rows are.
        if let Some(first) = self.index.get(self.index.rows().start) {
            self.marks.forget_before(first.seq());
        }
        self.marks.clone()
    }

    pub(super) fn mark(&mut self, changes: &[Change]) -> usize {
        let left = self.marks.apply(changes);
        if let Some(keeper) = &self.keeper {
            let done = |(seq, note): &&Change| note.is_none() || self.marks.note(*seq).is_some();
            keeper.add(changes.iter().filter(done).cloned());
        }
        left
    }

    /// From now on marks are written there.
    pub(super) fn keep_marks_in(&mut self, keeper: Arc<Keeper>) {
        keeper.add(self.marks().iter().map(|(seq, note)| (seq, Some(Arc::clone(note)))));
        self.keeper = Some(keeper);
    }

    pub(super) fn keeper(&self) -> Option<Arc<Keeper>> {
        self.keeper.clone()
    }

    /// Takes in what is marked in a session already.
    pub(super) fn know_marks(&mut self, marks: &[Change]) {
        self.marks.apply(marks);
    }

    /// The mark that comes after this record (or before it) in the list, round its ends; none after `until`.
    pub(super) fn next_marked(
        &mut self,
        here: u64,
        forward: bool,
        until: Option<u64>,
        search: Option<&Search>,
    ) -> Option<u64> {
        let marks = self.marks();
        let found = search.map(Search::found);
        let row = |seq: u64| self.index.position(seq);
        let is_listed = |seq: &u64| {
            let row = row(*seq);
            until.is_none_or(|until| *seq <= until)
                && self.index.get(row).is_some_and(|brief| brief.seq() == *seq)
                && found.as_ref().is_none_or(|found| found.has(row))
        };
        let seqs: Vec<u64> = marks.from(here, forward).into_iter().filter(is_listed).collect();
        let order = found.as_ref().and_then(|found| found.order());
        let Some(order) = order else { return seqs.first().copied() };
        let made = search.filter(|_| order.by == By::Request).map(Search::made);
        let places = self.places(made.as_deref());
        let by_place = |one: &u64, other: &u64| {
            let way = order.compare(&places, row(*one), row(*other));
            if forward { way } else { way.reverse() }
        };
        let is_ahead = |seq: &u64| by_place(seq, &here).is_gt();
        let ahead = seqs.iter().copied().filter(is_ahead).min_by(by_place);
        ahead.or_else(|| seqs.iter().copied().min_by(by_place))
    }

    /// What tells where rows stand in an order.
    fn places<'a>(
        &'a self,
        made: Option<&'a Made>,
    ) -> Places<'a, impl Fn(u64) -> Option<Brief<'a>>> {
        Places { get: |row| self.index.get(row), made }
    }

    /// These rows, and the record of the first of them.
    pub(super) fn calls(&self, rows: &[u64]) -> (Vec<Row>, Option<Arc<Record>>) {
        let first = rows.first().and_then(|row| self.records(*row, 1).pop());
        let row = |row: &u64| self.row_at(*row).map(|(row, _)| row);
        (rows.iter().filter_map(row).collect(), first)
    }

    pub(super) fn archive(&self) -> Option<Arc<Archive>> {
        self.archive.clone()
    }

    /// The first row, and the one after the last.
    pub(super) fn rows(&self) -> Range<u64> {
        self.index.rows()
    }

    /// The rows of the block that has this one.
    pub(super) fn piece(&self, row: u64) -> Option<Piece> {
        self.index.piece(row)
    }

    /// All rows as they are now.
    pub(super) fn share(&self) -> Shared {
        self.index.share()
    }

    /// At most so many records, from this row on; none where the ring has forgotten that one.
    pub(super) fn records(&self, row: u64, most: usize) -> Vec<Arc<Record>> {
        let Some(at) = row.checked_sub(self.in_ring()) else { return Vec::new() };
        let at = usize::try_from(at).unwrap_or(usize::MAX);
        self.ring.iter().skip(at).take(most).cloned().collect()
    }

    /// The numbers of at most so many rows, from this `seq` on.
    pub(super) fn listed(&self, seq: u64, most: usize) -> Vec<u64> {
        let rows = self.index.position(seq)..self.index.rows().end;
        rows.take(most).filter_map(|row| self.index.get(row)).map(|brief| brief.seq()).collect()
    }

    /// What is known of a record without reading it.
    pub(super) fn row(&self, seq: u64) -> Option<Row> {
        let row = self.index.position(seq);
        self.index.get(row).filter(|brief| brief.seq() == seq)?;
        self.row_at(row).map(|(row, _)| row)
    }

    /// Keeps rows that were read.
    pub(super) fn keep_rows(&mut self, rows: Vec<Row>) {
        if self.read.len() + rows.len() > READ {
            self.read.clear();
        }
        self.read.extend(rows.into_iter().take(READ).map(|row| (row.seq, row)));
    }

    /// A row, and whether that is all of it.
    fn row_at(&self, row: u64) -> Option<(Row, bool)> {
        if let Some(at) = row.checked_sub(self.in_ring()) {
            let record = self.ring.get(usize::try_from(at).ok()?)?;
            return Some((record.row.clone(), true));
        }
        let brief = self.index.get(row)?;
        if brief.is_whole() {
            return Some((brief.row(), true));
        }
        match self.read.get(&brief.seq()) {
            Some(row) => Some((row.clone(), true)),
            None => Some((brief.row(), false)),
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
            listed: count(self.index.rows().end - self.index.rows().start),
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

    /// What is of this record's API and came within `span` of it.
    pub(super) fn near(&self, record: &Record, span: SignedDuration) -> Near {
        let at = self.position(record.row.seq);
        let mut near = Near { from_first: at < LOOKED, ..Near::default() };
        let span = |record: &Record| {
            let from = record.row.at.saturating_sub(span).unwrap_or(Timestamp::MIN);
            from..=record.row.at.saturating_add(span).unwrap_or(Timestamp::MAX)
        };
        let span = span(record);
        let mut take = |other: &Arc<Record>| {
            if !span.contains(&other.row.at) {
                return false;
            }
            match other.row.kind {
                Kind::Dropped { count } => near.lost += count,
                Kind::Dispatch | Kind::Event if other.row.api == record.row.api => {
                    near.records.push(Arc::clone(other));
                    return true;
                }
                Kind::Dispatch | Kind::Event => {}
            }
            false
        };
        let before = self.ring.range(at.saturating_sub(LOOKED)..at).rev();
        before.filter(|other| take(other)).take(COMPARED).count();
        self.ring.range(at..).take(LOOKED).filter(|other| take(other)).take(COMPARED).count();
        // An older one that is out of reach says that nothing nearer was forgotten.
        let oldest = self.ring.front().is_some_and(|oldest| span.contains(&oldest.row.at));
        near.from_first &= oldest;
        near
    }

    pub(super) fn window(&self, query: &Query<'_>) -> Window {
        let all = self.index.rows();
        let place = |seq: u64| count(self.index.position(seq) - all.start);
        let of = query.until.map_or(count(all.end - all.start), |until| place(until + 1));
        let Some(search) = query.search else {
            let span = span(query, of, place);
            let rows = span.clone().map(|at| all.start + at as u64);
            return self.filled(rows, Window { first: span.start, total: of, of, ..WHOLE });
        };
        let mut found = search.found();
        found.forget(all.start);
        let whole = found.whole;
        let until = query.until.map(|until| self.index.position(until + 1));
        if let Some(sorted) = found.sorted(until, all.start) {
            let made = (sorted.order.by == By::Request).then(|| search.made());
            let places = self.places(made.as_deref());
            let span = span(query, sorted.len(), |seq| {
                let here = self.index.position(seq);
                // What left the list meanwhile is taken out soon.
                sorted.before(|row| sorted.order.compare(&places, row, here).is_lt())
            });
            let mut window = Window { first: span.start, total: sorted.len(), of, whole, ..WHOLE };
            let outer = [span.start.checked_sub(1), Some(span.end)];
            let [before, behind] = outer.map(|at| at.and_then(|at| sorted.get(at)));
            let rows: Vec<u64> = sorted.rows(span).filter(|row| all.contains(row)).collect();
            if let Some(made) = &made {
                window.members = made.members(&rows, before, behind);
            }
            return self.filled(rows.into_iter(), window);
        }
        let total =
            query.until.map_or(found.len(), |until| found.before(self.index.position(until + 1)));
        let span = span(query, total, |seq| found.before(self.index.position(seq)));
        let window = Window { first: span.start, total, of, whole: found.whole, ..WHOLE };
        self.filled(found.rows(span), window)
    }

    /// How many of those that a search has found came after this `seq`.
    pub(super) fn found_since(&self, search: &Search, seq: u64) -> usize {
        let found = search.found();
        found.len() - found.before(self.index.position(seq + 1))
    }

    /// The window with these rows in it.
    fn filled(&self, rows: impl Iterator<Item = u64>, mut window: Window) -> Window {
        for (row, is_whole) in rows.filter_map(|row| self.row_at(row)) {
            if !is_whole {
                window.unread.push(row.seq);
            }
            window.rows.push(row);
        }
        window
    }

    /// The place in the ring of the first record with this `seq` or a later one.
    fn position(&self, seq: u64) -> usize {
        self.ring.partition_point(|record| record.row.seq < seq)
    }
}

/// A window of nothing, of which all was looked at.
const WHOLE: Window = Window {
    rows: Vec::new(),
    first: 0,
    total: 0,
    of: 0,
    whole: true,
    members: Vec::new(),
    unread: Vec::new(),
};

/// A count of rows, which are never more than the memory takes.
fn count(rows: u64) -> usize {
    usize::try_from(rows).unwrap_or(usize::MAX)
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

//! A search: the records that a filter means, found on a thread of its own, the newest first, rows as found.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::time::sleep_until;
use tokio_util::sync::CancellationToken;

use super::look::{Look, give_way};
use super::requests::{Made, Requests};
use super::{By, Capture, Order, Record, SharedView};
use crate::domain::filter::Filter;

/// Rows that are looked at, and records that are read, before what was found is told and what came is looked at.
const AT_ONCE: usize = 512;

/// While it looks it tells of what it found this often, at most.
const TELLS: Duration = Duration::from_millis(30);

/// What was found is put into its order this often, at most: all rows are touched for it, but for those of requests, of
/// which new ones are at the end.
const SORTS: Duration = Duration::from_millis(250);

/// A search under way, or one that has looked at all and follows what comes; it ends when this is dropped.
#[derive(Debug)]
pub struct Search {
    /// Counts what its jq fails on in this search alone.
    filter: Filter,
    found: Arc<Mutex<Found>>,
    requests: Arc<Requests>,
    cancelled: CancellationToken,
}

/// What was found so far.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Rows are counted from this one on.
    base: u64,
    /// Those that match, in order.
    rows: VecDeque<u32>,
    /// The same in the order that was asked for, once they were sorted.
    sorted: Option<(Order, Arc<Vec<u32>>)>,
    /// Those of them that a paused list shows.
    paused: Option<Paused>,
    /// All that was there when it began has been looked at.
    pub(super) whole: bool,
}

/// Rows in their order: nothing from one row on, and what was listed when they were last looked at.
#[derive(Debug)]
struct Paused {
    until: u64,
    start: u64,
    rows: Arc<Vec<u32>>,
}

impl Found {
    /// Forgets what is before this row.
    pub(super) fn forget(&mut self, before: u64) {
        while self.rows.front().is_some_and(|&row| self.base + u64::from(row) < before) {
            self.rows.pop_front();
        }
    }

    /// The sorted rows, up to one where the list is paused, `start` being the first that is listed; `None` while they are
    /// in no order of their own.
    pub(super) fn sorted(&mut self, until: Option<u64>, start: u64) -> Option<Sorted> {
        let (order, all) = self.sorted.as_ref()?;
        let base = self.base;
        let rows = match until {
            None => {
                self.paused = None;
                Arc::clone(all)
            }
            Some(until) => {
                let kept = self.paused.take().filter(|paused| paused.until == until);
                let up_to = || {
                    let there = all.iter().filter(|&&row| base + u64::from(row) < until);
                    Paused { until, start: 0, rows: Arc::new(there.copied().collect()) }
                };
                let paused = self.paused.insert(kept.unwrap_or_else(up_to));
                // What left the list leaves no gap.
                if paused.start < start {
                    Arc::make_mut(&mut paused.rows).retain(|&row| base + u64::from(row) >= start);
                    paused.start = start;
                }
                Arc::clone(&paused.rows)
            }
        };
        Some(Sorted { order: *order, base, rows })
    }

    /// The order in which they stand, once they were sorted.
    pub(super) fn order(&self) -> Option<Order> {
        self.sorted.as_ref().map(|(order, _)| *order)
    }

    /// How many were found.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// How many of them are before this row.
    pub(super) fn before(&self, before: u64) -> usize {
        self.rows.partition_point(|&row| self.base + u64::from(row) < before)
    }

    /// Whether this row was found.
    pub(super) fn has(&self, row: u64) -> bool {
        self.count(row).is_some_and(|row| self.rows.binary_search(&row).is_ok())
    }

    /// These of them.
    pub(super) fn rows(&self, which: Range<usize>) -> impl Iterator<Item = u64> {
        self.rows.range(which).map(|&row| self.base + u64::from(row))
    }

    /// Four thousand million rows after it began a search finds nothing more.
    fn count(&self, row: u64) -> Option<u32> {
        u32::try_from(row.checked_sub(self.base)?).ok()
    }

    fn push_newest(&mut self, rows: impl IntoIterator<Item = u64>) {
        for row in rows {
            self.rows.extend(self.count(row));
        }
    }

    fn push_oldest(&mut self, rows: impl IntoIterator<Item = u64>) {
        for row in rows {
            if let Some(row) = self.count(row) {
                self.rows.push_front(row);
            }
        }
    }
}

/// Rows in an order.
pub(super) struct Sorted {
    pub(super) order: Order,
    base: u64,
    rows: Arc<Vec<u32>>,
}

impl Sorted {
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// One of them.
    pub(super) fn get(&self, at: usize) -> Option<u64> {
        self.rows.get(at).map(|&row| self.base + u64::from(row))
    }

    /// These of them.
    pub(super) fn rows(&self, which: Range<usize>) -> impl Iterator<Item = u64> {
        self.rows[which].iter().map(|&row| self.base + u64::from(row))
    }

    /// How many stand before.
    pub(super) fn before(&self, is_before: impl Fn(u64) -> bool) -> usize {
        self.rows.partition_point(|&row| is_before(self.base + u64::from(row)))
    }
}

impl Search {
    /// Whether all was looked at.
    pub fn is_whole(&self) -> bool {
        self.found().whole
    }

    /// On how many records jq failed, which then are not found, and what it said of the first.
    pub fn faults(&self) -> Option<(u64, &str)> {
        self.filter.faults()
    }

    /// Which rows are of one request; asked for after what was found, never before.
    pub(super) fn made(&self) -> MutexGuard<'_, Made> {
        self.requests.made()
    }

    pub(super) fn found(&self) -> MutexGuard<'_, Found> {
        // Whoever panicked has changed nothing half.
        self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Search {
    fn drop(&mut self) {
        self.cancelled.cancel();
    }
}

impl Capture {
    /// Looks for records, also for those that are yet to come. The filter sees them through `view`; `tell` is called on
    /// the search's thread when more was found or all was looked at.
    pub fn search(
        &self,
        filter: Filter,
        view: SharedView,
        tell: impl Fn() + Send + 'static,
    ) -> Search {
        self.find(filter, None, view, tell)
    }

    /// The same, in an order: by what the index has of rows, and brought up to date a few times a second.
    pub fn find(
        &self,
        filter: Filter,
        order: Option<Order>,
        view: SharedView,
        tell: impl Fn() + Send + 'static,
    ) -> Search {
        let search = Search {
            filter: filter.afresh(),
            found: Arc::default(),
            requests: Arc::clone(&self.requests),
            cancelled: CancellationToken::new(),
        };
        let look = Look {
            capture: self.clone(),
            filter: search.filter.clone(),
            view,
            cancelled: search.cancelled.clone(),
        };
        let found = Arc::clone(&search.found);
        let told = Instant::now();
        let finder = Finder { look, order, sorted_from: 0, sorted_to: 0, tell, told, found };
        let thread = std::thread::Builder::new().name("search".into());
        if let Err(error) = thread.spawn(move || finder.run()) {
            tracing::error!(%error, "cannot start the search's thread: nothing will be found");
        }
        search
    }
}

impl Capture {
    /// The newest records that a filter means (all, where there is none), at most so many and none after `until`; may
    /// wait for the disk.
    pub fn meant(
        &self,
        filter: Option<Filter>,
        view: SharedView,
        until: Option<u64>,
        most: usize,
    ) -> Vec<u64> {
        let filter = filter.unwrap_or_else(Filter::all);
        let cancelled = CancellationToken::new();
        let look = Look { capture: self.clone(), filter, view, cancelled };
        let mut seqs = Vec::new();
        let mut before = self.rows().end;
        while let Some(piece) = before.checked_sub(1).and_then(|last| self.piece(last)) {
            let mut end = place(before - piece.first).min(piece.range.end);
            if !piece.block.may_have(&look.filter) {
                end = piece.range.start;
            }
            while end > piece.range.start {
                let start = end.saturating_sub(AT_ONCE).max(piece.range.start);
                let rows = look.rows(&piece, start..end).into_iter().rev();
                let seq = |row: u64| piece.block.brief(place(row - piece.first));
                let found = rows.filter_map(seq).map(|brief| brief.seq());
                seqs.extend(found.filter(|seq| until.is_none_or(|until| *seq <= until)));
                if seqs.len() >= most {
                    seqs.truncate(most);
                    return seqs;
                }
                end = start;
            }
            before = piece.first;
        }
        seqs
    }
}

struct Finder<T> {
    look: Look,
    order: Option<Order>,
    /// The first row that was listed when it sorted last, and the first that was not sorted yet.
    sorted_from: u64,
    sorted_to: u64,
    tell: T,
    told: Instant,
    found: Arc<Mutex<Found>>,
}

impl<T: Fn()> Finder<T> {
    fn run(mut self) {
        give_way();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
        let Ok(runtime) = runtime else { return };
        let mut changes = self.look.capture.changes();
        changes.mark_unchanged();
        let all = self.look.capture.rows();
        self.found().base = all.start;
        let mut upto = all.end;
        let mut before = upto;
        // Of an old row the newest block is asked again, as others may have left meanwhile.
        while let Some(piece) = before.checked_sub(1).and_then(|last| self.look.capture.piece(last))
        {
            // Who follows does not wait for the past.
            upto = self.news(upto);
            let mut end = place(before - piece.first).min(piece.range.end);
            if !piece.block.may_have(&self.look.filter) {
                end = piece.range.start;
            }
            while end > piece.range.start && !self.look.cancelled.is_cancelled() {
                let start = end.saturating_sub(AT_ONCE).max(piece.range.start);
                let rows = self.look.rows(&piece, start..end);
                self.found().push_oldest(rows.into_iter().rev());
                end = start;
                upto = self.news(upto);
                if self.told.elapsed() > TELLS {
                    self.told();
                }
            }
            if self.look.cancelled.is_cancelled() {
                return;
            }
            before = piece.first;
        }
        self.sort();
        if self.look.cancelled.is_cancelled() {
            return;
        }
        self.found().whole = true;
        self.told();
        let mut sorted = Instant::now();
        while !self.look.cancelled.is_cancelled() {
            // What came since is sorted in a while, also where nothing more comes.
            let due = self.is_to_sort().then(|| sorted + self.sorts());
            let open = runtime.block_on(async {
                tokio::select! {
                    moved = changes.changed() => moved.is_ok(),
                    () = self.look.cancelled.cancelled() => true,
                    () = sleep_until(due.unwrap_or(sorted).into()), if due.is_some() => true,
                }
            });
            let last = upto;
            upto = self.news(upto);
            let sorts = self.is_to_sort() && (sorted.elapsed() >= self.sorts() || !open);
            if sorts {
                self.sort();
                sorted = Instant::now();
            }
            // What is not sorted yet is nowhere to be seen.
            if sorts || upto != last && self.order.is_none() {
                self.told();
            }
            if !open {
                return;
            }
        }
    }

    /// Looks at what came; returns the row that comes next.
    fn news(&self, mut upto: u64) -> u64 {
        while !self.look.cancelled.is_cancelled() {
            let records = self.look.capture.records(upto, AT_ONCE);
            if records.is_empty() {
                // Either there is none, or this search is so slow that the ring has forgotten it.
                let rows = self.look.capture.rows();
                let row = upto.max(rows.start);
                let Some(piece) = self.look.capture.piece(row) else { return rows.end };
                let start = place(row - piece.first);
                let end = piece.range.end.min(start + AT_ONCE);
                let found = self.look.rows(&piece, start..end);
                self.found().push_newest(found);
                upto = piece.first + end as u64;
                continue;
            }
            let marks = self.look.marks();
            let is_meant =
                |record: &Record| marks.means(&self.look.filter, record, &*self.look.view);
            let found = (upto..).zip(&records).filter(|(_, record)| is_meant(record));
            let found: Vec<u64> = found.map(|(row, _)| row).collect();
            self.found().push_newest(found);
            upto += records.len() as u64;
        }
        upto
    }

    /// Whether rows were found, or have left the list, since they were sorted last.
    fn is_to_sort(&self) -> bool {
        if self.order.is_none() {
            return false;
        }
        let start = self.look.capture.rows().start;
        let mut found = self.found();
        found.forget(start);
        // In a full list as many come as leave it: that there are as many as before says nothing.
        let is_new = |&row: &u32| found.base + u64::from(row) >= self.sorted_to;
        found.rows.back().is_some_and(is_new)
            || found.sorted.as_ref().map_or(0, |(_, rows)| rows.len()) != found.rows.len()
    }

    /// How often that is, at most.
    fn sorts(&self) -> Duration {
        match self.order {
            Some(Order { by: By::Request, .. }) => TELLS,
            _ => SORTS,
        }
    }

    /// Sorts what was found since it was last sorted, and puts it among the rest.
    fn sort(&mut self) {
        let Some(order) = self.order else { return };
        let Look { capture, cancelled, .. } = &self.look;
        let by_request = order.by == By::Request;
        // Before the rows are sorted, so that none of them is without its request.
        if by_request {
            capture.requests.advance(capture, cancelled);
        }
        let shared = capture.share();
        let (base, new, sorted) = {
            let found = self.found();
            let old = found.before(self.sorted_to);
            let new: Vec<u32> = found.rows.range(old..).copied().collect();
            let sorted = found.sorted.as_ref().filter(|_| !by_request);
            (found.base, new, sorted.map(|(_, rows)| Arc::clone(rows)))
        };
        let sorted_to = new.last().map_or(self.sorted_to, |&row| base + u64::from(row) + 1);
        let start = shared.rows.start;
        let is_listed = |row: &u32| base + u64::from(*row) >= start;
        let Some(new) = order.sort(new, base, &shared, &capture.requests, cancelled) else {
            return;
        };
        if by_request {
            let mut found = self.found();
            let made = capture.requests.made();
            let sorted = found.sorted.get_or_insert_with(|| (order, Arc::default()));
            let rows = Arc::make_mut(&mut sorted.1);
            if start > self.sorted_from {
                rows.retain(is_listed);
            }
            order.append(rows, new, base, &shared, Some(&made));
        } else {
            let rows = match sorted {
                None => Arc::new(new),
                Some(sorted) if sorted.iter().all(is_listed) => {
                    order.merge(&sorted, new, base, &shared, None)
                }
                // What has left the list has left its index, too.
                Some(sorted) => {
                    let sorted: Vec<u32> = sorted.iter().copied().filter(is_listed).collect();
                    order.merge(&sorted, new, base, &shared, None)
                }
            };
            self.found().sorted = Some((order, rows));
        }
        self.sorted_from = start;
        self.sorted_to = sorted_to;
    }

    fn told(&mut self) {
        self.told = Instant::now();
        if !self.look.cancelled.is_cancelled() {
            (self.tell)();
        }
    }

    fn found(&self) -> MutexGuard<'_, Found> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place in a block.
fn place(row: u64) -> usize {
    usize::try_from(row).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests;

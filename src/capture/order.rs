//! In which order a list is shown: as found, by a column, or with the calls of each HTTP request together.

use std::cmp::Ordering;
use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use super::index::{Brief, Shared};
use super::requests::{Made, Requests};
use crate::config::Column;

/// Rows that are sorted before it is asked whether anybody still wants them.
const AT_ONCE: usize = 1 << 15;

/// What rows are ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// What this column shows.
    Column(Column),
    /// The HTTP request that they are of, in the order in which requests began; its calls in the order in which they were
    /// made.
    Request,
}

/// By something, up or down; rows that are equal in it stand as they came, or the other way round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// By what.
    pub by: By,
    /// The largest first.
    pub descending: bool,
}

/// What tells where rows stand.
pub(super) struct Places<'a, G> {
    /// What the index has of a row.
    pub(super) get: G,
    /// Which rows are of one request, where that is asked.
    pub(super) made: Option<&'a Made>,
}

impl<'a, G: Fn(u64) -> Option<Brief<'a>>> Places<'a, G> {
    /// What a row (by its count) is sorted by: a number, else a text. What has left the index comes first.
    fn key(&self, by: By, row: u64) -> Option<(u64, &'a str)> {
        match by {
            By::Column(column) => (self.get)(row).map(|brief| brief.key(column)),
            By::Request => Some((self.made.map_or(row, |made| made.request(row)), "")),
        }
    }
}

impl Order {
    /// The calls of each request together.
    pub const BY_REQUEST: Self = Self { by: By::Request, descending: false };

    /// How two rows (by their counts) stand to each other.
    pub(super) fn compare<'a, G: Fn(u64) -> Option<Brief<'a>>>(
        self,
        places: &Places<'a, G>,
        one: u64,
        other: u64,
    ) -> Ordering {
        let key = |row: u64| places.key(self.by, row);
        let order = key(one).cmp(&key(other)).then(one.cmp(&other));
        if self.descending { order.reverse() } else { order }
    }

    /// Sorts rows that are counted from `base` on; `None` where it was cancelled meanwhile.
    pub(super) fn sort(
        self,
        rows: Vec<u32>,
        base: u64,
        shared: &Shared,
        requests: &Requests,
        cancelled: &CancellationToken,
    ) -> Option<Vec<u32>> {
        let by_request = self.by == By::Request;
        // The number alone settles it, or the first eight letters of a text do for most.
        let mut keyed: Vec<(u64, u32)> = {
            let made = by_request.then(|| requests.made());
            let places = Places { get: |row| shared.get(row), made: made.as_deref() };
            let number = |row| places.key(self.by, base + u64::from(row)).map_or(0, |key| key.0);
            rows.into_iter().map(|row| (number(row), row)).collect()
        };
        let places = Places { get: |row| shared.get(row), made: None };
        let text = |row: u32| {
            let key = if by_request { None } else { places.key(self.by, base + u64::from(row)) };
            key.map(|key| key.1)
        };
        let mut many = AT_ONCE;
        loop {
            // Of what was sorted in halves the second time is hardly more than a look at each.
            for part in keyed.chunks_mut(many) {
                if cancelled.is_cancelled() {
                    return None;
                }
                part.sort_by(|(one, first), (other, second)| {
                    let texts = || text(*first).cmp(&text(*second));
                    one.cmp(other).then_with(texts).then(first.cmp(second))
                });
            }
            if many >= keyed.len() {
                break;
            }
            many *= 2;
        }
        let mut rows: Vec<u32> = keyed.into_iter().map(|(_, row)| row).collect();
        if self.descending {
            rows.reverse();
        }
        Some(rows)
    }

    /// Puts sorted rows where they belong among sorted ones.
    pub(super) fn merge(
        self,
        sorted: &[u32],
        new: Vec<u32>,
        base: u64,
        shared: &Shared,
        made: Option<&Made>,
    ) -> Arc<Vec<u32>> {
        let mut merged = Vec::with_capacity(sorted.len() + new.len());
        let mut rest = sorted;
        for row in new {
            let at = self.place(rest, row, base, shared, made);
            merged.extend_from_slice(&rest[..at]);
            merged.push(row);
            rest = &rest[at..];
        }
        merged.extend_from_slice(rest);
        Arc::new(merged)
    }

    /// The same in place, for rows of which most belong at the end: what is before the first of them stays where it is.
    pub(super) fn append(
        self,
        sorted: &mut Vec<u32>,
        new: Vec<u32>,
        base: u64,
        shared: &Shared,
        made: Option<&Made>,
    ) {
        let Some(first) = new.first() else { return };
        let at = self.place(sorted, *first, base, shared, made);
        let rest = sorted.split_off(at);
        sorted.extend_from_slice(&self.merge(&rest, new, base, shared, made));
    }

    /// How many of the sorted rows stand before this one.
    fn place(
        self,
        sorted: &[u32],
        row: u32,
        base: u64,
        shared: &Shared,
        made: Option<&Made>,
    ) -> usize {
        let places = Places { get: |row| shared.get(row), made };
        let row = base + u64::from(row);
        sorted.partition_point(|&other| self.compare(&places, base + u64::from(other), row).is_lt())
    }
}

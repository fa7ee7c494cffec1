//! In which order a list is shown: as found, or by a column.

use std::cmp::Ordering;
use std::sync::Arc;

use super::index::{Brief, Shared};
use crate::config::Column;

/// By a column, up or down; rows that are equal in it stand as they came, or the other way round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// The column.
    pub by: Column,
    /// The largest first.
    pub descending: bool,
}

impl Order {
    /// How two rows (by their counts) stand to each other. What has left the index comes first.
    pub(super) fn compare<'a>(
        self,
        (one, first): (u64, Option<Brief<'a>>),
        (other, second): (u64, Option<Brief<'a>>),
    ) -> Ordering {
        let key = |brief: Option<Brief<'a>>| brief.map(|brief| brief.key(self.by));
        let order = key(first).cmp(&key(second)).then(one.cmp(&other));
        if self.descending { order.reverse() } else { order }
    }

    /// Sorts rows that are counted from `base` on.
    pub(super) fn sort(self, rows: Vec<u32>, base: u64, shared: &Shared) -> Vec<u32> {
        // The number alone settles it, or the first eight letters of a text do for most.
        let number =
            |row: u32| shared.get(base + u64::from(row)).map_or(0, |brief| brief.key(self.by).0);
        let mut keyed: Vec<(u64, u32)> = rows.into_iter().map(|row| (number(row), row)).collect();
        let text = |row: u32| shared.get(base + u64::from(row)).map(|brief| brief.key(self.by).1);
        keyed.sort_unstable_by(|(one, first), (other, second)| {
            one.cmp(other).then_with(|| text(*first).cmp(&text(*second))).then(first.cmp(second))
        });
        let mut rows: Vec<u32> = keyed.into_iter().map(|(_, row)| row).collect();
        if self.descending {
            rows.reverse();
        }
        rows
    }

    /// Puts new rows where they belong among sorted ones.
    pub(super) fn merge(
        self,
        sorted: &[u32],
        new: Vec<u32>,
        base: u64,
        shared: &Shared,
    ) -> Arc<Vec<u32>> {
        let place = |row: u32| {
            let row = base + u64::from(row);
            (row, shared.get(row))
        };
        let new = self.sort(new, base, shared);
        let mut merged = Vec::with_capacity(sorted.len() + new.len());
        let mut rest = sorted;
        for row in new {
            let here = place(row);
            let at = rest.partition_point(|&other| self.compare(place(other), here).is_lt());
            merged.extend_from_slice(&rest[..at]);
            merged.push(row);
            rest = &rest[at..];
        }
        merged.extend_from_slice(rest);
        Arc::new(merged)
    }
}

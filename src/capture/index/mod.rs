//! A short row for each record that the ring or the session's file still has, so that a list of a million is no larger
//! than the memory: its records are read from the file when they are opened.
//!
//! Rows are counted as they come, from 0 on; such a count never changes, while a place in the list does when the oldest
//! rows leave.

mod block;
mod entry;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, VecDeque};
use std::ops::Range;
use std::sync::Arc;

pub(super) use block::{Block, Brief, ROWS};

use super::Record;
use entry::{Entry, PLACES};

/// The rows that there are.
#[derive(Debug)]
pub(super) struct Index {
    /// Rows, at most.
    most: usize,
    /// All of them full but for the last.
    blocks: VecDeque<Arc<Block>>,
    /// How many blocks were forgotten.
    gone: u64,
    /// The first row, and the one after the last.
    rows: Range<u64>,
    /// Texts of the last block.
    known: HashMap<Box<str>, u16>,
}

/// Rows of one block, which stay as they are while they are looked at.
pub(super) struct Piece {
    pub(super) block: Arc<Block>,
    /// The count of the block's first row.
    pub(super) first: u64,
    /// Which of its rows are there.
    pub(super) range: Range<usize>,
}

/// The rows as they were at one moment, to be looked at at leisure.
pub(super) struct Shared {
    blocks: VecDeque<Arc<Block>>,
    gone: u64,
    /// The first row, and the one after the last.
    pub(super) rows: Range<u64>,
}

impl Shared {
    /// What is kept of this row.
    pub(super) fn get(&self, row: u64) -> Option<Brief<'_>> {
        get(&self.blocks, self.gone, &self.rows, row)
    }
}

impl Index {
    pub(super) fn new(most: usize) -> Self {
        Self {
            most: most.max(1),
            blocks: VecDeque::new(),
            gone: 0,
            rows: 0..0,
            known: HashMap::new(),
        }
    }

    /// The first row, and the one after the last.
    pub(super) fn rows(&self) -> Range<u64> {
        self.rows.clone()
    }

    /// Adds a row; the oldest makes room. `error` is why it failed, as it is shown.
    pub(super) fn push(&mut self, record: &Record, error: &str) {
        if self.blocks.back().is_none_or(|block| block.is_full()) {
            if let Some(full) = self.blocks.back_mut() {
                Arc::make_mut(full).shrink();
            }
            self.known.clear();
            self.blocks.push_back(Arc::new(Block::begin()));
        }
        let Some(open) = self.blocks.back_mut() else { return };
        // Somebody may look at it just now: then it is copied, once.
        let open = Arc::make_mut(open);
        let row = &record.row;
        let texts: [&str; PLACES] = [
            &row.name,
            &row.api,
            &row.method,
            &row.path,
            row.rule.as_deref().unwrap_or_default(),
            &record.exchange.peer,
            error,
        ];
        let texts = texts.map(|text| number(open, &mut self.known, text));
        open.entries.push(Entry::of(row, record.exchange.held, texts));
        self.rows.end += 1;
        let most = self.most as u64;
        self.forget(self.rows.end.saturating_sub(most));
    }

    /// Forgets what is before this row.
    pub(super) fn forget(&mut self, before: u64) {
        self.rows.start = self.rows.start.max(before.min(self.rows.end));
        let whole = ROWS as u64;
        while self.blocks.len() > 1 && (self.gone + 1) * whole <= self.rows.start {
            self.blocks.pop_front();
            self.gone += 1;
        }
    }

    /// What is kept of this row.
    pub(super) fn get(&self, row: u64) -> Option<Brief<'_>> {
        get(&self.blocks, self.gone, &self.rows, row)
    }

    /// All rows as they are now.
    pub(super) fn share(&self) -> Shared {
        Shared { blocks: self.blocks.clone(), gone: self.gone, rows: self.rows.clone() }
    }

    /// The first row with this `seq` or a later one.
    pub(super) fn position(&self, seq: u64) -> u64 {
        let is_before = |entry: &Entry| entry.seq < seq;
        let block =
            self.blocks.partition_point(|block| block.entries.last().is_some_and(is_before));
        let at = self.blocks.get(block).map_or(0, |block| block.entries.partition_point(is_before));
        let row = (self.gone + block as u64) * ROWS as u64 + at as u64;
        row.clamp(self.rows.start, self.rows.end)
    }

    /// The rows of the block that has this one.
    pub(super) fn piece(&self, row: u64) -> Option<Piece> {
        if !self.rows.contains(&row) {
            return None;
        }
        let (at, _) = place(row, self.gone);
        let block = Arc::clone(self.blocks.get(at)?);
        let first = (self.gone + at as u64) * ROWS as u64;
        let start = usize::try_from(self.rows.start.saturating_sub(first)).unwrap_or(usize::MAX);
        let end = block.entries.len();
        Some(Piece { block, first, range: start.min(end)..end })
    }
}

fn get<'a>(
    blocks: &'a VecDeque<Arc<Block>>,
    gone: u64,
    rows: &Range<u64>,
    row: u64,
) -> Option<Brief<'a>> {
    if !rows.contains(&row) {
        return None;
    }
    let (block, at) = place(row, gone);
    blocks.get(block)?.brief(at)
}

/// Which block has a row, and where in it; so many blocks are gone.
fn place(row: u64, gone: u64) -> (usize, usize) {
    let whole = ROWS as u64;
    let block = usize::try_from((row / whole).saturating_sub(gone)).unwrap_or(usize::MAX);
    (block, usize::try_from(row % whole).unwrap_or(usize::MAX))
}

/// The number of a text in this block.
fn number(block: &mut Block, known: &mut HashMap<Box<str>, u16>, text: &str) -> u16 {
    if text.is_empty() {
        return 0;
    }
    if let Some(number) = known.get(text) {
        return *number;
    }
    let number = block.add_text(text);
    if number != block::UNKNOWN {
        known.insert(text.into(), number);
    }
    number
}

//! Where each line begins, kept up to date by what an edit touches.

use super::Splice;

/// The first byte of each line; the first line's is 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lines {
    starts: Vec<usize>,
}

impl Default for Lines {
    fn default() -> Self {
        Self { starts: vec![0] }
    }
}

impl Lines {
    /// Of a whole text.
    pub(super) fn of(text: &[u8]) -> Self {
        let mut lines = Self::default();
        lines.starts.extend(starts_in(text, 0));
        lines
    }

    /// Brings the lines up to date after a change.
    pub(super) fn replace(&mut self, splice: Splice, inserted: &[u8]) {
        // A line begins behind its line break: those whose break went are those that began up to the end of what went.
        let first = self.starts.partition_point(|start| *start <= splice.at);
        let behind = self.starts.partition_point(|start| *start <= splice.at + splice.removed);
        for start in &mut self.starts[behind..] {
            *start = *start - splice.removed + splice.inserted;
        }
        if first < behind || inserted.contains(&b'\n') {
            self.starts.splice(first..behind, starts_in(inserted, splice.at));
        }
    }

    pub(super) fn count(&self) -> usize {
        self.starts.len()
    }

    pub(super) fn start(&self, line: usize) -> Option<usize> {
        self.starts.get(line).copied()
    }

    pub(super) fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset) - 1
    }
}

/// Where lines begin behind the line breaks of a text that lies at `at`.
fn starts_in(text: &[u8], at: usize) -> impl Iterator<Item = usize> + '_ {
    let breaks = text.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
    breaks.map(move |(offset, _)| at + offset + 1)
}

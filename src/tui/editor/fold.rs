//! Containers that are folded to one line, and the lines that are not seen for it.

use super::outline::Outline;
use crate::tui::buffer::{Buffer, Splice};

/// The folded containers.
#[derive(Clone, Debug, Default)]
pub(super) struct Folds {
    /// By their opening brackets.
    folded: Vec<usize>,
    /// The line that is seen and the last one that is not; those in between are not seen either.
    hidden: Vec<(usize, usize)>,
}

impl Folds {
    /// Whether the container that opens there is folded.
    pub(super) fn is_folded(&self, open: usize) -> bool {
        self.folded.binary_search(&open).is_ok()
    }

    /// Folds a container, or unfolds it; [`Folds::hide`] makes it seen.
    pub(super) fn toggle(&mut self, open: usize) {
        match self.folded.binary_search(&open) {
            Ok(at) => drop(self.folded.remove(at)),
            Err(at) => self.folded.insert(at, open),
        }
    }

    /// Unfolds a container; false where it was not folded.
    pub(super) fn unfold(&mut self, open: usize) -> bool {
        let found = self.folded.binary_search(&open);
        found.map(|at| self.folded.remove(at)).is_ok()
    }

    /// Folds everything but the outermost container.
    pub(super) fn fold_all(&mut self, outline: &Outline) {
        let inner =
            outline.containers().iter().filter(|container| outline.parent(container).is_some());
        self.folded = inner.map(|container| container.open).collect();
    }

    pub(super) fn unfold_all(&mut self) {
        self.folded.clear();
    }

    pub(super) fn shift(&mut self, splice: Splice) {
        for open in &mut self.folded {
            *open = splice.push(*open);
        }
    }

    /// Finds out which lines are not seen.
    pub(super) fn hide(&mut self, outline: &Outline, buffer: &Buffer) {
        self.hidden.clear();
        self.folded.retain(|open| outline.opening_at(*open).is_some());
        for container in self.folded.iter().filter_map(|open| outline.opening_at(*open)) {
            let (first, last) = (buffer.line_of(container.open), buffer.line_of(container.close));
            match self.hidden.last_mut() {
                // Inside of one that is folded, or behind its end on the same line.
                Some(before) if first <= before.1 => before.1 = before.1.max(last),
                _ if first < last => self.hidden.push((first, last)),
                _ => {}
            }
        }
    }

    /// The line on which a line is seen: itself, or that of the fold that it is in.
    pub(super) fn seen(&self, line: usize) -> usize {
        let at = self.hidden.partition_point(|(first, _)| *first < line);
        match at.checked_sub(1).map(|at| self.hidden[at]) {
            Some((first, last)) if line <= last => first,
            _ => line,
        }
    }

    /// The last line of the text that is seen on this one.
    pub(super) fn last_of(&self, line: usize) -> usize {
        let found = self.hidden.binary_search_by_key(&line, |(first, _)| *first);
        found.map_or(line, |at| self.hidden[at].1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folded_lines_are_not_seen_and_neighbours_share_a_line() {
        let text = "{\n \"a\": [{\n  \"x\": 1\n }, {\n  \"y\": 2\n }],\n \"b\": 1\n}";
        let mut buffer = Buffer::default();
        buffer.open(Some(text.into()));
        let outline = Outline::of(text.as_bytes());
        let mut folds = Folds::default();
        let second = text.rfind("{\n  \"y\"").unwrap();
        folds.toggle(second);
        folds.hide(&outline, &buffer);
        assert_eq!((folds.seen(4), folds.seen(5), folds.last_of(3)), (3, 3, 5));
        folds.toggle(text.find("{\n  \"x\"").unwrap());
        folds.hide(&outline, &buffer);
        assert_eq!((folds.seen(5), folds.last_of(1), folds.seen(6)), (1, 5, 6));
        folds.unfold_all();
        folds.hide(&outline, &buffer);
        assert_eq!(folds.seen(5), 5);
        folds.fold_all(&outline);
        folds.hide(&outline, &buffer);
        assert_eq!((folds.seen(0), folds.last_of(1), folds.last_of(6)), (0, 5, 6));
    }
}

//! The text of an open document, with its history. Form, lint's fixes and the editor of the text all change this one
//! text, so that what one of them did the others see, and undo takes back whatever was done last.
//!
//! The text is bytes: a file that is no UTF-8 opens, and every byte that nobody touches is written as it came.

mod history;
mod lines;

use std::ops::Range;

use history::{Change, History};
use lines::Lines;

use crate::domain::json::{Edit, Place};

/// How a change moved what stands behind it: at `at`, `removed` bytes became `inserted` ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Splice {
    /// The first byte that is another one.
    pub(crate) at: usize,
    /// How many bytes went.
    pub(crate) removed: usize,
    /// How many came.
    pub(crate) inserted: usize,
}

impl Splice {
    /// Where an offset of the text before the change is in the text after it.
    pub(crate) fn shift(self, offset: usize) -> usize {
        if offset <= self.at {
            offset
        } else if offset < self.at + self.removed {
            self.at + (offset - self.at).min(self.inserted)
        } else {
            offset - self.removed + self.inserted
        }
    }

    /// The same for something that is pushed on by what is put right before it.
    pub(crate) fn push(self, offset: usize) -> usize {
        if offset < self.at {
            offset
        } else if offset < self.at + self.removed {
            self.at
        } else {
            offset - self.removed + self.inserted
        }
    }

    /// Where what came ends.
    pub(crate) fn end(self) -> usize {
        self.at + self.inserted
    }
}

/// A text and its history.
#[derive(Debug, Default)]
pub(crate) struct Buffer {
    text: Vec<u8>,
    lines: Lines,
    /// What is on disk; `None` where there is no file yet.
    saved: Option<Vec<u8>>,
    dirty: bool,
    version: u64,
    history: History,
}

impl Buffer {
    /// Takes another text in, as it is on disk (`None`: there is no file); the history ends here.
    pub(crate) fn open(&mut self, saved: Option<Vec<u8>>) {
        self.text = saved.clone().unwrap_or_default();
        self.lines = Lines::of(&self.text);
        self.saved = saved;
        self.history = History::default();
        self.changed();
    }

    /// The text.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.text
    }

    /// Its length in bytes.
    pub(crate) fn len(&self) -> usize {
        self.text.len()
    }

    /// Grows with every change, and never comes again: what was found out of one version is not true of another.
    pub(crate) fn version(&self) -> u64 {
        self.version
    }

    /// Whether the text differs from what is on disk.
    pub(crate) fn dirty(&self) -> bool {
        self.dirty
    }

    /// What is on disk, as far as is known here.
    pub(crate) fn saved(&self) -> Option<&[u8]> {
        self.saved.as_deref()
    }

    /// This was written, or was found on disk; the text stays as it is.
    pub(crate) fn set_saved(&mut self, saved: Option<Vec<u8>>) {
        self.saved = saved;
        self.history.seal();
        self.compare();
    }

    /// Makes edits of the text as it stands, all of them one step of the history. None may overlap another; one that
    /// lies outside the text is of another text, and then none is made.
    pub(crate) fn apply(&mut self, edits: &[Edit]) -> Vec<Splice> {
        self.make(edits, false)
    }

    /// Makes an edit of somebody who types: it joins the step before where it goes on with that word.
    pub(crate) fn type_in(&mut self, edit: Edit) -> Vec<Splice> {
        self.make(&[edit], true)
    }

    /// Makes this the text, as one step: what differs between the two is one change.
    pub(crate) fn set_text(&mut self, text: &[u8]) -> Vec<Splice> {
        let pairs = self.text.iter().zip(text);
        let head = pairs.take_while(|(was, is)| was == is).count();
        let ends = self.text[head..].iter().rev().zip(text[head..].iter().rev());
        let tail = ends.take_while(|(was, is)| was == is).count();
        let change = Change {
            at: head,
            removed: self.text[head..self.len() - tail].to_vec(),
            inserted: text[head..text.len() - tail].to_vec(),
        };
        if change.removed == change.inserted {
            return Vec::new();
        }
        let splice = self.replace(&change);
        self.history.push(vec![change], false);
        self.changed();
        vec![splice]
    }

    fn make(&mut self, edits: &[Edit], typed: bool) -> Vec<Splice> {
        let fits = |edit: &&Edit| edit.span.start <= edit.span.end && edit.span.end <= self.len();
        if !edits.iter().all(|edit| fits(&edit)) {
            return Vec::new();
        }
        // From the last to the first, so that each is at its place when its turn comes.
        let mut edits: Vec<&Edit> = edits.iter().filter(|edit| !edit.is_empty()).collect();
        edits.sort_by_key(|edit| std::cmp::Reverse(edit.span.start));
        let changes: Vec<Change> = edits
            .into_iter()
            .map(|edit| Change {
                at: edit.span.start,
                removed: self.text[edit.span.clone()].to_vec(),
                inserted: edit.text.clone().into_bytes(),
            })
            .filter(|change| change.removed != change.inserted)
            .collect();
        let splices = changes.iter().map(|change| self.replace(change)).collect();
        if !changes.is_empty() {
            self.history.push(changes, typed);
            self.changed();
        }
        splices
    }

    /// How many steps were made so far, for [`Buffer::join`].
    pub(crate) fn depth(&self) -> usize {
        self.history.depth()
    }

    /// Makes one step of all that were made since there were so many.
    pub(crate) fn join(&mut self, depth: usize) {
        self.history.join(depth);
    }

    /// Whether there is a step to take back.
    pub(crate) fn can_undo(&self) -> bool {
        self.history.can_undo()
    }

    /// Whether a step was taken back.
    pub(crate) fn can_redo(&self) -> bool {
        self.history.can_redo()
    }

    /// Takes the last step back; what it changed, in the order in which it was.
    pub(crate) fn undo(&mut self) -> Vec<Splice> {
        let changes = self.history.undo();
        self.replay(&changes)
    }

    /// Makes the step again that was taken back.
    pub(crate) fn redo(&mut self) -> Vec<Splice> {
        let changes = self.history.redo();
        self.replay(&changes)
    }

    fn replay(&mut self, changes: &[Change]) -> Vec<Splice> {
        let splices: Vec<_> = changes.iter().map(|change| self.replace(change)).collect();
        if !splices.is_empty() {
            self.changed();
        }
        splices
    }

    fn replace(&mut self, change: &Change) -> Splice {
        let splice = change.splice();
        let span = splice.at..splice.at + splice.removed;
        self.text.splice(span, change.inserted.iter().copied());
        self.lines.replace(splice, &change.inserted);
        splice
    }

    fn changed(&mut self) {
        self.version += 1;
        self.compare();
    }

    fn compare(&mut self) {
        self.dirty = match &self.saved {
            Some(saved) => *saved != self.text,
            None => !self.text.is_empty(),
        };
    }

    /// How many lines there are; the one behind the last line break counts, empty or not.
    pub(crate) fn line_count(&self) -> usize {
        self.lines.count()
    }

    /// The line of a byte, from 0.
    pub(crate) fn line_of(&self, offset: usize) -> usize {
        self.lines.line_of(offset)
    }

    /// The bytes of a line without its line break (`\n` or `\r\n`); past the last line, the end of the text.
    pub(crate) fn line_span(&self, line: usize) -> Range<usize> {
        let Some(start) = self.lines.start(line) else { return self.len()..self.len() };
        let Some(next) = self.lines.start(line + 1) else { return start..self.len() };
        let end = next - 1;
        let ends_in_return = end > start && self.text[end - 1] == b'\r';
        start..if ends_in_return { end - 1 } else { end }
    }

    /// A line without its line break.
    pub(crate) fn line(&self, line: usize) -> &[u8] {
        &self.text[self.line_span(line)]
    }

    /// Line and column of a byte, as findings name them.
    pub(crate) fn place(&self, offset: usize) -> Place {
        let line = self.line_of(offset);
        let start = self.line_span(line).start;
        let column = self.text[start..offset.min(self.len())].utf8_chunks();
        let column = column
            .map(|chunk| chunk.valid().chars().count() + usize::from(!chunk.invalid().is_empty()));
        Place { line: line + 1, column: column.sum::<usize>() + 1 }
    }

    /// The byte at line and column; a column past the line's end is the line's end.
    pub(crate) fn offset(&self, place: Place) -> usize {
        let span = self.line_span(place.line.saturating_sub(1));
        let mut at = span.start;
        let mut left = place.column.saturating_sub(1);
        for chunk in self.text[span.clone()].utf8_chunks() {
            for c in chunk.valid().chars() {
                if left == 0 {
                    return at;
                }
                at += c.len_utf8();
                left -= 1;
            }
            if !chunk.invalid().is_empty() {
                if left == 0 {
                    return at;
                }
                at += chunk.invalid().len();
                left -= 1;
            }
        }
        at
    }
}

#[cfg(test)]
mod tests;

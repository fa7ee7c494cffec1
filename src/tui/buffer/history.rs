//! What was done to a text, to be taken back and done again: the changes, not copies of the text.

use std::collections::VecDeque;

use super::Splice;

/// Bytes of changes that are remembered; the oldest steps are forgotten first. The last one always stays.
const LIMIT: usize = 16 << 20;

/// One span that became other bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) at: usize,
    pub(super) removed: Vec<u8>,
    pub(super) inserted: Vec<u8>,
}

impl Change {
    pub(super) fn splice(&self) -> Splice {
        Splice { at: self.at, removed: self.removed.len(), inserted: self.inserted.len() }
    }

    fn back(&self) -> Self {
        let (removed, inserted) = (self.inserted.clone(), self.removed.clone());
        Self { at: self.at, removed, inserted }
    }

    fn bytes(&self) -> usize {
        self.removed.len() + self.inserted.len()
    }

    /// Takes the change that was typed next into this one; false where it begins another word.
    fn join(&mut self, next: &Self) -> bool {
        let goes_on = next.removed.is_empty() && next.at == self.splice().end();
        if goes_on && !self.inserted.is_empty() {
            let word =
                |byte: Option<&u8>| byte.is_some_and(|b| b.is_ascii_alphanumeric() || *b >= 0x80);
            let begins = word(next.inserted.first()) && !word(self.inserted.last());
            if begins || next.inserted.contains(&b'\n') {
                return false;
            }
            self.inserted.extend_from_slice(&next.inserted);
            return true;
        }
        if !next.inserted.is_empty() || !self.inserted.is_empty() {
            return false;
        }
        if next.at + next.removed.len() == self.at {
            self.removed.splice(0..0, next.removed.iter().copied());
            self.at = next.at;
            return true;
        }
        let forward = next.at == self.at;
        if forward {
            self.removed.extend_from_slice(&next.removed);
        }
        forward
    }
}

#[derive(Debug)]
struct Step {
    changes: Vec<Change>,
    /// Whether what is typed next may join it.
    open: bool,
}

impl Step {
    fn bytes(&self) -> usize {
        self.changes.iter().map(Change::bytes).sum()
    }
}

/// Steps that can be taken back, and those that were.
#[derive(Debug, Default)]
pub(super) struct History {
    done: VecDeque<Step>,
    undone: Vec<Step>,
    bytes: usize,
    /// Steps that were forgotten.
    forgotten: usize,
}

impl History {
    /// Adds a step; where it was typed, it may become part of the one before.
    pub(super) fn push(&mut self, changes: Vec<Change>, typed: bool) {
        self.bytes -= self.undone.drain(..).map(|step| step.bytes()).sum::<usize>();
        let bytes = changes.iter().map(Change::bytes).sum::<usize>();
        self.bytes += bytes;
        if typed
            && let Some(Step { changes: last, open: true }) = self.done.back_mut()
            && let ([last], [next]) = (last.as_mut_slice(), changes.as_slice())
            && last.join(next)
        {
            return;
        }
        self.done.push_back(Step { changes, open: typed });
        while self.bytes > LIMIT && self.done.len() > 1 {
            self.bytes -= self.done.pop_front().map_or(0, |step| step.bytes());
            self.forgotten += 1;
        }
    }

    /// What is typed next begins a step of its own.
    pub(super) fn seal(&mut self) {
        if let Some(step) = self.done.back_mut() {
            step.open = false;
        }
    }

    pub(super) fn depth(&self) -> usize {
        self.forgotten + self.done.len()
    }

    /// Makes one step of those above a depth.
    pub(super) fn join(&mut self, depth: usize) {
        while self.depth() > depth + 1 {
            let Some(last) = self.done.pop_back() else { return };
            if let Some(before) = self.done.back_mut() {
                before.changes.extend(last.changes);
            }
        }
        self.seal();
    }

    pub(super) fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    pub(super) fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// The changes that take the last step back.
    pub(super) fn undo(&mut self) -> Vec<Change> {
        let Some(mut step) = self.done.pop_back() else { return Vec::new() };
        let back = step.changes.iter().rev().map(Change::back).collect();
        step.open = false;
        self.undone.push(step);
        self.seal();
        back
    }

    /// The changes that make the step again that was taken back last.
    pub(super) fn redo(&mut self) -> Vec<Change> {
        let Some(step) = self.undone.pop() else { return Vec::new() };
        let changes = step.changes.clone();
        self.done.push_back(step);
        changes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_steps_are_forgotten_and_the_last_one_stays() {
        let mut history = History::default();
        let step = |bytes| vec![Change { at: 0, removed: Vec::new(), inserted: vec![b'x'; bytes] }];
        history.push(step(LIMIT / 2), false);
        history.push(step(LIMIT / 2), false);
        assert_eq!(history.done.len(), 2);
        history.push(step(1), false);
        assert_eq!((history.done.len(), history.bytes), (2, LIMIT / 2 + 1));
        history.push(step(2 * LIMIT), false);
        assert_eq!(history.done.len(), 1);
        assert!(history.can_undo());
    }
}

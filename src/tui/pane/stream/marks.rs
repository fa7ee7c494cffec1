//! Rows that are marked, some with a note.

use super::{Aim, Pane};
use crate::capture::{Capture, Search};
use crate::tui::effect::Effect;

impl Pane {
    /// Whether the selected row is marked.
    pub(crate) fn is_marked(&self) -> bool {
        self.selected.is_some_and(|seq| self.marks.note(seq).is_some())
    }

    /// What is noted on the open record.
    pub(super) fn note(&self) -> Option<&str> {
        // As the view shows it: a note may hold a secret.
        self.open.as_ref()?.document.get("note")?.as_str().filter(|note| !note.is_empty())
    }

    /// What is noted on a record, as it is shown; `None` where that is not known yet.
    pub(crate) fn noted(&self, seq: u64) -> Option<&str> {
        if self.marks.note(seq).unwrap_or_default().is_empty() {
            return Some("");
        }
        let open = self.open.as_ref().filter(|open| open.seq == seq);
        open.filter(|open| open.noted.as_deref() == self.marks.note(seq)).and_then(|_| self.note())
    }

    /// Takes in what is marked by now, and goes to the mark that was asked for.
    pub(super) fn refresh_marks(&mut self, capture: &Capture) {
        self.marks = capture.marks();
        if let Some(filtered) = &mut self.filter
            && filtered.next.as_ref().is_some_and(Search::is_whole)
        {
            filtered.search = filtered.next.take();
        }
        let Some((here, forward)) = self.jump.take() else { return };
        let search = self.filter.as_ref().and_then(|filtered| filtered.search.as_ref());
        if let Some(seq) = capture.next_marked(here, forward, self.paused, search) {
            self.gone_to = Some(seq);
            self.aim = Aim::Seq(seq);
        }
    }

    /// Goes to the next mark of the list, or the one before; round the ends.
    pub(crate) fn jump(&mut self, forward: bool) {
        self.jump = Some((self.selected.unwrap_or(0), forward));
        self.leave();
        self.aim = Aim::Stay;
    }

    /// The search anew, where the filter asks what is marked and that is another by now.
    pub(super) fn marks_moved(&mut self) -> Option<Effect> {
        let filtered = self.filter.as_mut()?;
        let version = self.marks.version();
        // One that has not begun yet sees the new ones.
        if filtered.search.is_none() || filtered.marks == version || !filtered.filter.asks_marks() {
            return None;
        }
        filtered.marks = version;
        Some(Effect::Search(Box::new(filtered.filter.clone()), filtered.order))
    }
}

//! Marks rows.

use std::sync::Arc;

use super::Worker;
use crate::capture::marks::{Change, MOST_MARKS};
use crate::tui::message::Message;
use crate::tui::pane::stream::Scope;

impl Worker {
    pub(super) fn mark(&self, changes: &[Change]) {
        let left = self.capture.mark(changes);
        if left > 0 {
            let _ = self.messages.send(Message::Marked { on: true, count: 0, left });
        }
        let capture = self.capture.clone();
        self.blocking(move || Message::MarksKept(capture.keep_marks()));
    }

    pub(super) fn mark_all(&self, scope: Scope, on: bool) {
        let (capture, view) = (self.capture.clone(), Arc::clone(&self.redacted));
        let messages = self.messages.clone();
        self.blocking(move || {
            let marks = capture.marks();
            let (filter, until) = match scope {
                Scope::Listed { filter, until } => (filter.map(|filter| *filter), until),
                Scope::Row(_) | Scope::Marked | Scope::All => (None, None),
            };
            let changes: Vec<Change> = if on {
                // One more than there is room for tells that there are more.
                let meant = capture.meant(filter, view, until, MOST_MARKS + 1);
                let new = meant.into_iter().filter(|seq| marks.note(*seq).is_none());
                new.map(|seq| (seq, Some("".into()))).collect()
            } else {
                let marked = marks.iter().map(|(seq, _)| seq);
                let marked: Vec<u64> =
                    marked.filter(|seq| until.is_none_or(|until| *seq <= until)).collect();
                let meant = match filter {
                    Some(filter) => {
                        let mut records = capture.recall_those(&marked);
                        records.retain(|record| marks.means(&filter, record, &*view));
                        records.iter().map(|record| record.row.seq).collect()
                    }
                    None => marked,
                };
                meant.into_iter().map(|seq| (seq, None)).collect()
            };
            let left = capture.mark(&changes);
            let _ = messages.send(Message::Marked { on, count: changes.len() - left, left });
            Message::MarksKept(capture.keep_marks())
        });
    }
}

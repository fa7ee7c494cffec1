//! The columns of the list of Dispatches: kept, and read again.

use super::Worker;
use crate::config::Column;
use crate::flows::columns;
use crate::tui::message::Message;

impl Worker {
    pub(super) fn keep_columns(&self, chosen: Vec<Column>) {
        let Some(state) = self.state() else { return };
        let messages = self.messages.clone();
        self.files.give(move || {
            if let Err(problem) = columns::keep(&state, &chosen) {
                let _ = messages.send(Message::Columns(Err(problem)));
            }
        });
    }

    pub(super) fn read_columns(&self) {
        let Some(state) = self.state() else { return };
        let messages = self.messages.clone();
        self.files.give(move || {
            let _ = messages.send(Message::Columns(columns::read(&state)));
        });
    }
}

//! The columns of the list of Dispatches: kept, and read again.

use super::Worker;
use crate::flows::columns::{self, Kept};
use crate::tui::message::Message;

impl Worker {
    pub(super) fn keep_columns(&self, chosen: Kept) {
        let Some(state) = self.state() else { return };
        let messages = self.messages.clone();
        self.files.give(move || {
            if let Err(problem) = columns::keep(&state, &chosen) {
                let _ = messages.send(Message::Columns(Err(problem)));
            }
        });
    }

    pub(super) fn read_columns(&self) {
        let messages = self.messages.clone();
        // Where nothing is kept it is as the configuration says.
        let Some(state) = self.state() else {
            let _ = messages.send(Message::Columns(Ok(Kept::default())));
            return;
        };
        self.files.give(move || {
            let _ = messages.send(Message::Columns(columns::read(&state)));
        });
    }
}

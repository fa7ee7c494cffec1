//! Filters that were used: kept, and read again.

use super::Worker;
use crate::flows::filters::{Filters, Used};
use crate::tui::message::Message;

impl Worker {
    pub(super) fn keep_filter(&self, filter: String) {
        self.with_filters(move |filters| filters.add(&filter));
    }

    pub(super) fn read_filters(&self) {
        self.with_filters(Filters::read);
    }

    /// In the order in which they were used, and at the end before the console is gone.
    fn with_filters(&self, work: impl FnOnce(&Filters) -> Used + Send + 'static) {
        let Some(filters) = self.state().map(|state| Filters::of(&state)) else { return };
        let messages = self.messages.clone();
        self.files.give(move || {
            let _ = messages.send(Message::Filters(work(&filters)));
        });
    }
}

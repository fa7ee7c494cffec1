//! Looks at a session instead of a server of our own.

use super::{Worker, slot};
use crate::config;
use crate::domain::task::Problem;
use crate::flows::session::Opened;
use crate::tui::message::Message;
use crate::tui::pane::server::Attached;

impl Worker {
    /// Reads it from now on, and what is added to it.
    pub(crate) fn attach(
        &self,
        session: Opened,
        limits: &config::Capture,
    ) -> Result<Attached, Problem> {
        let messages = self.messages.clone();
        let told = move |ended| drop(messages.send(Message::SessionEnded(ended)));
        let followed = session.follow(limits, self.recorder.clone(), self.capture.clone(), told)?;
        let attached = Attached { name: followed.name.clone(), growing: followed.growing };
        *slot(&self.followed) = Some(followed);
        Ok(attached)
    }
}

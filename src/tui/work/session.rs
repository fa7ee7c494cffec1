//! Writes what is captured to the disk; looks at a session instead of a server of our own.

use std::sync::Arc;
use std::time::Duration;

use super::{Worker, slot};
use crate::config::{self, Paths};
use crate::domain::task::Problem;
use crate::flows::session::{self, Opened};
use crate::tui::message::Message;
use crate::tui::pane::server::{Attached, Recorded};

/// How long the last records may take to be written.
pub(crate) const LAST_RECORDS: Duration = Duration::from_secs(5);

impl Worker {
    /// Whether the configuration wants one from the beginning.
    pub(crate) fn records(&self) -> bool {
        slot(&self.settings).capture.record
    }

    /// Begins a session, or ends it.
    pub(crate) fn record(&self, project: String) {
        let recording = Arc::clone(&self.recording);
        let (settings, capture) = (slot(&self.settings).clone(), self.capture.clone());
        let paths = self.sources.as_ref().and_then(|sources| sources.paths.as_ref());
        let folder = paths.map(Paths::sessions);
        let server = Arc::clone(&self.server);
        self.blocking(move || {
            // Not under the lock: others ask meanwhile which session it is.
            let running = slot(&recording).take();
            if let Some(running) = running {
                let path = running.path().to_owned();
                return Message::RecordingEnded(path, running.stop(LAST_RECORDS));
            }
            let Some(folder) = folder else {
                let problem = Problem::failed("there is no state directory to record into");
                return Message::Recording(Err(problem.help("set HOME or XDG_STATE_HOME")));
            };
            let server = slot(&server).as_ref().map(|running| running.address().to_string());
            let server = server.unwrap_or_else(|| settings.server.listen.clone());
            let begun = session::begin(None, &folder, &project, &server, &settings, capture);
            Message::Recording(begun.map(|begun| {
                let name = begun.path().file_stem().unwrap_or_default().to_string_lossy();
                let recorded = Recorded { name: name.into_owned(), spilled: begun.spilled() };
                *slot(&recording) = Some(begun);
                recorded
            }))
        });
    }

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

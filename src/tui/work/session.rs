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
        let (watched, marked) = (Arc::clone(&self.watched), self.marked());
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
            let captured = capture.clone();
            let begun = session::begin(None, &folder, &project, &server, &settings, capture);
            if begun.is_ok() {
                *slot(&watched) = captured.watch_marks(0, marked);
            }
            Message::Recording(begun.map(|begun| {
                let name = begun.path().file_stem().unwrap_or_default().to_string_lossy();
                let recorded = Recorded { name: name.into_owned(), spilled: begun.spilled() };
                *slot(&recording) = Some(begun);
                recorded
            }))
        });
    }

    /// Tells that somebody else has marked something.
    fn marked(&self) -> impl Fn() + Send + use<> {
        let messages = self.messages.clone();
        move || drop(messages.send(Message::MarkedElsewhere))
    }

    /// Reads it from now on, and what is added to it.
    pub(crate) fn attach(
        &self,
        session: Opened,
        limits: &config::Capture,
    ) -> Result<Attached, Problem> {
        let messages = self.messages.clone();
        let told = move |ended| drop(messages.send(Message::SessionEnded(ended)));
        let (recorder, capture) = (self.recorder.clone(), self.capture.clone());
        let followed = session.follow(limits, recorder, capture, told, self.marked())?;
        let attached = Attached { name: followed.name.clone(), growing: followed.growing };
        *slot(&self.followed) = Some(followed);
        Ok(attached)
    }
}

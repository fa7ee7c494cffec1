//! The socket of the console's own server, at which commands and other consoles find it.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use tokio::runtime::Handle;
use tokio::sync::mpsc;

use super::{Slot, Worker, slot};
use crate::capture::Capture;
use crate::capture::session::Recording;
use crate::config;
use crate::dispatch::Running;
use crate::flows::control::{self, Breaks, Control, Hello, Place, Served};
use crate::tui::message::Message;

/// The socket, where it is open.
#[derive(Default)]
pub(crate) struct Gate {
    control: Option<Control>,
    /// The console ends: a server that only just starts has none any more.
    over: bool,
}

impl Gate {
    /// Lets nobody find the server any more, as it is about to give its address up.
    pub(crate) fn leave(&self) {
        if let Some(control) = &self.control {
            control.leave();
        }
    }

    /// Closes it for good.
    pub(crate) fn end(&mut self) {
        self.over = true;
        self.control = None;
    }
}

/// What opens it once a server runs.
pub(super) struct Door {
    /// None where nothing may be kept of this console: then nobody finds it.
    place: Option<Place>,
    project: String,
    folder: PathBuf,
    capture: Capture,
    breaks: Breaks,
    recording: Slot<Recording>,
    gate: Arc<Mutex<Gate>>,
    runtime: Handle,
    messages: mpsc::UnboundedSender<Message>,
}

impl Worker {
    /// Where servers of this project are found.
    pub(super) fn place(&self) -> Option<Place> {
        let paths = self.sources.as_ref()?.paths.as_ref()?;
        Some(Place::of(paths.state(), &self.folder))
    }

    /// That of this console.
    pub(super) fn door(&self) -> Door {
        let project = slot(&self.settings).project.bundle_name(&self.folder);
        Door {
            place: self.place(),
            project: project.unwrap_or_default(),
            folder: self.folder.clone(),
            capture: self.capture.clone(),
            breaks: self.breaks.clone(),
            recording: Arc::clone(&self.recording),
            gate: Arc::clone(&self.gate),
            runtime: self.runtime.clone(),
            messages: self.messages.clone(),
        }
    }
}

impl Door {
    /// Opens it. A server that nobody finds is one all the same.
    pub(super) fn open(&self, running: &Running, settings: &config::Server) {
        let Some(place) = &self.place else { return };
        let address = running.address().to_string();
        let (folder, since) = (self.folder.clone(), running.since());
        let hello = Hello::of_this_process(&self.project, folder, address, since, true, settings);
        let recording = Arc::clone(&self.recording);
        let session = move || {
            let path = slot(&recording).as_ref().map(|recording| recording.path().to_owned())?;
            std::path::absolute(path).ok()
        };
        let served = Served {
            gauges: running.gauges(),
            capture: self.capture.clone(),
            session: Arc::new(session),
            breaks: self.breaks.clone(),
        };
        // Held until it is open: who ends the console waits for that, and closes it.
        let mut gate = slot(&self.gate);
        if gate.over {
            return;
        }
        let control = match control::open(place, hello, served) {
            Ok(control) => control,
            Err(problem) => {
                tracing::warn!("no other console can attach to the plugin server: {problem}");
                return;
            }
        };
        let (stopped, messages) = (control.stopped(), self.messages.clone());
        self.runtime.spawn(async move {
            if stopped.await {
                let _ = messages.send(Message::StopAsked);
            }
        });
        let (mut onlookers, messages) = (control.onlookers(), self.messages.clone());
        self.runtime.spawn(async move {
            while onlookers.changed().await.is_ok() {
                let _ = messages.send(Message::Onlookers(*onlookers.borrow_and_update()));
            }
            let _ = messages.send(Message::Onlookers(0));
        });
        gate.control = Some(control);
    }

    /// As [`Gate::leave`].
    pub(super) fn leave(&self) {
        slot(&self.gate).leave();
    }

    /// Closes it: who looks on is told that the server has ended.
    pub(super) fn close(&self) {
        slot(&self.gate).control = None;
    }
}

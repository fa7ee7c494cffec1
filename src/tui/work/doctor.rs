//! Doctor, in the background.

use super::{Worker, slot};
use crate::flows::doctor::{Patient, Wanted, examine};
use crate::tui::message::Message;

impl Worker {
    pub(super) fn examine(&self, probe: bool) {
        let (settings, runtime) = (slot(&self.settings).clone(), self.runtime.clone());
        // The secret's command and the files may take a while.
        self.blocking(move || {
            let wanted = Wanted { probe, ..Wanted::default() };
            let allowed =
                if probe { settings.writes_outside("have a Gateway call plugins") } else { Ok(()) };
            let patient = allowed.and_then(|()| Patient::of(&wanted, &settings));
            Message::Examined(patient.and_then(|patient| runtime.block_on(examine(&patient))))
        });
    }
}

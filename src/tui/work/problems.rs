//! Lint in the background, and its fixes in files that are not open.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::{PAUSE, Worker, slot};
use crate::config::Settings;
use crate::domain::lint::Finding;
use crate::domain::schema::Schemas;
use crate::domain::task::Problem;
use crate::flows::edit::{Base, Desk};
use crate::flows::survey::{self, Unsaved};
use crate::services::files;
use crate::tui::message::{Mended, Message};

impl Worker {
    /// Says when nothing has changed for a moment.
    pub(super) fn lint_soon(&self) {
        let asked = self.changed.fetch_add(1, Ordering::Relaxed) + 1;
        let (messages, changed) = (self.messages.clone(), Arc::clone(&self.changed));
        self.runtime.spawn(async move {
            tokio::time::sleep(PAUSE).await;
            if changed.load(Ordering::Relaxed) == asked {
                let _ = messages.send(Message::LintDue);
            }
        });
    }

    pub(super) fn lint(&self, texts: Unsaved) {
        let (folder, settings) = (self.folder.clone(), slot(&self.settings).clone());
        let schemas = self.servers.schemas();
        self.blocking(move || Message::Linted(survey::look(&folder, &settings, &texts, schemas)));
    }

    pub(super) fn mend(&self, finding: Finding, texts: Unsaved) {
        let (folder, settings) = (self.folder.clone(), slot(&self.settings).clone());
        let (desk, messages) = (self.desk(), self.messages.clone());
        self.files.give(move || {
            let mended = mend(&desk, &folder, &settings, &texts, &finding);
            let _ = messages.send(Message::Mended(mended));
        });
    }
}

/// Makes a finding's fix in its file, over what the file holds now; `None` where it is not found there any more.
fn mend(
    desk: &Desk,
    folder: &Path,
    settings: &Settings,
    texts: &Unsaved,
    finding: &Finding,
) -> Result<Option<Mended>, Problem> {
    let Some(named) = &finding.fix else { return Ok(None) };
    let path = folder.join(&named.file);
    // Read before it is looked at: a change between the two is noticed when it is saved.
    let before = files::read(&path, files::LARGEST, "cannot read it")?;
    // What a Gateway's schema finds has no fix.
    let found = survey::look(folder, settings, texts, Schemas::default())?;
    let same = |it: &&Finding| it.file == finding.file && crate::tui::wrong::same(it, finding);
    let fix = found.iter().map(|found| &found.finding).find(same).and_then(|it| it.fix.as_ref());
    let fits = |end: usize| end <= before.len();
    let Some(fix) = fix.filter(|fix| fix.edits.iter().all(|edit| fits(edit.span.end))) else {
        return Ok(None);
    };
    let after = fix.apply(&before);
    let saved = desk.save(&path, &after, &Base::Read(before.clone()), "it")?;
    for warning in saved.warnings {
        tracing::warn!("{warning}");
    }
    Ok(Some(Mended { path, title: fix.title.clone(), before, after }))
}

//! Editing a file of the user's: opened, saved, a previous version brought back.
//!
//! Nothing is ever lost: a save replaces the file whole or not at all, keeps what it replaces in the state directory,
//! and does not happen where another program changed the file meanwhile.

mod create;
mod save;

use std::path::Path;

use crate::domain::task::Problem;
use crate::services::files::{self, Backups, Journal, LARGEST};

pub use crate::services::files::{BackedUp, Unsaved, Version};
pub use save::{NotSaved, Saved};

/// What a file held when it was read, to notice others' changes before it is written over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Base {
    /// Whatever it holds.
    Any,
    /// Nothing: there was no file.
    Missing,
    /// This.
    Read(Vec<u8>),
}

/// A file that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// What it holds; `None` where there is no such file.
    pub text: Option<Vec<u8>>,
    /// Edits of it that were not saved when the program last ended.
    pub unsaved: Option<Unsaved>,
}

/// How files are edited: with previous versions and unsaved edits kept in the state directory, where there is one.
#[derive(Clone, Debug)]
pub struct Desk {
    kept: Option<(Backups, Journal)>,
}

impl Desk {
    /// With this state directory; without one (the home folder is unknown) nothing is kept, and each save warns.
    pub fn new(state: Option<&Path>) -> Self {
        Self { kept: state.map(|state| (Backups::in_state(state), Journal::in_state(state))) }
    }

    /// Opens a file; `what` says what it is in messages (`the manifest`).
    pub fn open(&self, path: &Path, what: &str) -> Result<Opened, Problem> {
        let text = files::read_if_there(path, LARGEST, &format!("cannot read {what}"))?;
        // Edits that equal what is there were saved, and the program ended before it forgot them.
        let unsaved = match &self.kept {
            Some((_, journal)) => journal.of(path)?.filter(|it| Some(&it.text) != text.as_ref()),
            None => None,
        };
        Ok(Opened { text, unsaved })
    }

    /// Keeps edits that are not saved, so that they come back. It waits for the disk: call it when the typing pauses.
    pub fn keep_unsaved(
        &self,
        path: &Path,
        base: Option<&[u8]>,
        text: &[u8],
    ) -> Result<(), Problem> {
        match &self.kept {
            Some((_, journal)) => journal.keep(path, base, text),
            None => Err(no_state("unsaved edits are not kept")),
        }
    }

    /// Forgets a file's unsaved edits: the user gave them up.
    pub fn discard_unsaved(&self, path: &Path) -> Result<(), Problem> {
        self.kept.as_ref().map_or(Ok(()), |(_, journal)| journal.forget(path))
    }

    /// Every file's edits that were not saved when the program last ended.
    pub fn unsaved(&self) -> Result<Vec<Unsaved>, Problem> {
        self.kept.as_ref().map_or(Ok(Vec::new()), |(_, journal)| journal.all())
    }

    /// The previous versions of files.
    pub fn backups(&self) -> Result<&Backups, Problem> {
        let backups = self.kept.as_ref().map(|(backups, _)| backups);
        backups.ok_or_else(|| no_state("there are no previous versions"))
    }

    /// Puts a previous version in a file's place; what the file holds now is kept as a version too.
    pub fn restore(&self, path: &Path, version: &Version) -> Result<Saved, Problem> {
        let text = self.backups()?.read(version)?;
        self.save(path, &text, &Base::Any, "the file").map_err(Problem::from)
    }
}

fn no_state(what: &str) -> Problem {
    Problem::failed(format!("{what}: your home folder is unknown")).help("set HOME")
}

#[cfg(test)]
mod tests;

//! Saving: noticed changes of others, the previous version kept, the file replaced whole.

use std::fs::{self, OpenOptions};
use std::path::Path;

use super::{Base, Desk, no_state};
use crate::domain::diff::{self, Line};
use crate::domain::task::Problem;
use crate::services::files::{self, LARGEST, Mode, Version, problem};

/// What a save came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saved {
    /// The version that was replaced and kept; `None` where there was none, or where the file held this text already
    /// and was left alone.
    pub replaced: Option<Version>,
    /// What could not be done besides: the file is saved all the same.
    pub warnings: Vec<Problem>,
}

/// Why nothing was saved; the file is as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotSaved {
    /// Another program changed the file since it was read.
    Changed {
        /// What it holds now; `None` where it is gone.
        there: Option<Vec<u8>>,
        /// What was to be saved.
        ours: Vec<u8>,
        /// The file.
        place: String,
    },
    /// It could not be done.
    Problem(Problem),
    /// Whether it was done is not known: a server's answer was lost.
    Unknown(Problem),
}

impl NotSaved {
    /// Where another program changed the file: how what is to be saved differs from what is there.
    pub fn diff(&self) -> Vec<Line> {
        match self {
            Self::Changed { there, ours, .. } => {
                diff::lines(there.as_deref().unwrap_or_default(), ours)
            }
            Self::Problem(_) | Self::Unknown(_) => Vec::new(),
        }
    }
}

impl From<Problem> for NotSaved {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<NotSaved> for Problem {
    /// For a caller that cannot ask.
    fn from(not_saved: NotSaved) -> Self {
        match not_saved {
            NotSaved::Problem(problem) | NotSaved::Unknown(problem) => problem,
            NotSaved::Changed { there: None, place, .. } => {
                Self::failed("it is gone: another program moved or removed it; nothing was written")
                    .at(place)
                    .help("run this again to write it anew")
            }
            NotSaved::Changed { place, .. } => {
                Self::failed("another program changed it meanwhile; nothing was written")
                    .at(place)
                    .help("look at the change and run this again")
            }
        }
    }
}

impl Desk {
    /// Saves a text: over what the file held when it was read, and over nothing else. A file that holds the text
    /// already is left alone. What is replaced is kept as a version first; where that fails the file is saved all the
    /// same, and the result has a warning.
    pub fn save(
        &self,
        path: &Path,
        text: &[u8],
        base: &Base,
        what: &str,
    ) -> Result<Saved, NotSaved> {
        let there = files::read_if_there(path, LARGEST, &format!("cannot read {what}"))?;
        let mut saved = Saved::default();
        if there.as_deref() != Some(text) {
            let expected = match base {
                Base::Any => true,
                Base::Missing => there.is_none(),
                Base::Read(read) => there.as_ref() == Some(read),
            };
            if !expected {
                let (ours, place) = (text.to_vec(), path.display().to_string());
                return Err(NotSaved::Changed { there, ours, place });
            }
            if let Some(there) = &there {
                is_writable(path, what)?;
                match self.keep(path, there) {
                    Ok(version) => saved.replaced = Some(version),
                    Err(problem) => saved.warnings.push(problem),
                }
            }
            files::write(path, text, Mode::Kept, what)?;
        }
        saved.warnings.extend(self.discard_unsaved(path).err());
        Ok(saved)
    }

    /// Keeps what something held that is about to be replaced.
    pub fn keep(&self, path: &Path, text: &[u8]) -> Result<Version, Problem> {
        match &self.kept {
            Some((backups, _)) => backups.keep(path, text),
            None => Err(no_state("the previous version was not kept")),
        }
    }
}

/// A rename replaces a file that may not be written, too; whoever made it read-only meant it.
fn is_writable(path: &Path, what: &str) -> Result<(), Problem> {
    let cannot = format!("cannot write {what}");
    let failed = |error: &std::io::Error| problem(&cannot, path, error);
    // Root may write anything; the mode says what was meant.
    if fs::metadata(path).map_err(|error| failed(&error))?.permissions().readonly() {
        return Err(Problem::failed(format!("{cannot}: it is read-only"))
            .at(path.display())
            .help("allow it (chmod u+w), or save under another name"));
    }
    OpenOptions::new().write(true).open(path).map(drop).map_err(|error| failed(&error))
}

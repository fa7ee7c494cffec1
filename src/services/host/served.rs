//! Which content was served under which name.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::folder::{Bundle, Facts};

#[derive(Debug, Default)]
pub(super) struct Served(Mutex<Names>);

#[derive(Debug, Default)]
struct Names {
    /// The digest of a file that has not changed since it was read, so that each download does not read it twice.
    digests: HashMap<PathBuf, (Facts, String)>,
    /// The first content that was sent under a name.
    first: HashMap<PathBuf, String>,
}

impl Served {
    /// The digest of a bundle; reads it where that was not done since it changed.
    pub(super) fn digest(&self, name: &Path, bundle: &Bundle) -> std::io::Result<String> {
        if let Some((facts, digest)) = self.lock().digests.get(name)
            && *facts == bundle.facts
        {
            return Ok(digest.clone());
        }
        let digest = bundle.digest()?;
        // Kept only where it did not change while it was read, and not so recently that a second write could fall
        // into the same tick of the file system's clock.
        if bundle.facts.is_settled() && Facts::of(&bundle.file)? == bundle.facts {
            self.lock().digests.insert(name.to_owned(), (bundle.facts, digest.clone()));
        }
        Ok(digest)
    }

    /// Whether this content may be sent under this name: nothing else was.
    pub(super) fn allows(&self, name: &Path, digest: &str) -> bool {
        self.lock().first.get(name).is_none_or(|first| first == digest)
    }

    /// Remembers the content, unless other content was remembered meanwhile: then `false`.
    pub(super) fn remember(&self, name: &Path, digest: &str) -> bool {
        self.lock().first.entry(name.to_owned()).or_insert_with(|| digest.to_owned()) == digest
    }

    fn lock(&self) -> MutexGuard<'_, Names> {
        // A panic elsewhere cannot leave a map half written.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

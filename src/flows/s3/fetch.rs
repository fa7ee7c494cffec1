//! Fetching a bundle: it is a file only once it was verified.

use std::path::{Path, PathBuf};

use super::{Desk, cancelled};
use crate::domain::task::Problem;
use crate::flows::sound::{Bundle, check_signed_file};
use crate::services::files::{Atomic, Mode};

/// A bundle that was fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// The file.
    pub path: PathBuf,
    /// What it is.
    pub bundle: Bundle,
}

impl Desk {
    /// Fetches a bundle into a file.
    pub async fn fetch(&self, key: &str, path: &Path) -> Result<Fetched, Problem> {
        let mut file = Atomic::create(path, Mode::Kept, "the bundle")?;
        let told = self.told("fetching");
        self.until_cancelled(self.store.fetch(key, &mut file, &told)).await?;
        let place = self.place(key);
        let bundle = check_signed_file(Path::new(&place), &mut file, self.key.as_ref())?;
        if self.cancel.is_cancelled() {
            return Err(cancelled("nothing was written"));
        }
        file.commit()?;
        Ok(Fetched { path: path.to_owned(), bundle })
    }
}

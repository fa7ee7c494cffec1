//! Downloading a bundle: it is a file only once it was verified.

use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::{Desk, cancelled};
use crate::domain::task::Problem;
use crate::flows::sound::{Bundle, check_signed_file};
use crate::services::files::{Atomic, Mode};

/// A bundle that was downloaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Downloaded {
    /// The file.
    pub path: PathBuf,
    /// What it is.
    pub bundle: Bundle,
}

impl Desk {
    /// Downloads a bundle into a file.
    pub async fn download(&self, id: &str, path: &Path) -> Result<Downloaded, Problem> {
        let mut file = Atomic::create(path, Mode::Kept, "the bundle")?;
        let bundle = self.fetched(id, &mut file).await?;
        if self.cancel.is_cancelled() {
            return Err(cancelled("nothing was written"));
        }
        file.commit()?;
        Ok(Downloaded { path: path.to_owned(), bundle })
    }

    /// Whether mserv gives out this very bundle under this id.
    pub async fn gives_out(&self, id: &str, ours: &Bundle) -> Result<(), Problem> {
        let mut file = tempfile::tempfile()
            .map_err(|error| Problem::failed(format!("cannot make a temporary file: {error}")))?;
        self.fetched(id, &mut file).await?;
        if ours.is_in(&mut file) {
            return Ok(());
        }
        Err(Problem::no(format!(
            "mserv gives out another bundle as {id} than the one that was pushed"
        ))
        .at(self.server.address())
        .help("push it under a new id: tyk-tui mserv push"))
    }

    /// Downloads a bundle and looks at what came.
    async fn fetched(
        &self,
        id: &str,
        file: &mut (impl Read + Write + Seek + Send),
    ) -> Result<Bundle, Problem> {
        let told = self.told("downloading");
        self.until_cancelled(self.server.download(id, file, &told)).await?;
        let place = format!("{}/api/mw/bundle/{id}", self.server.address());
        // mserv answers 200 with half a file now and then.
        check_signed_file(Path::new(&place), file, self.key.as_ref()).map_err(|problem| {
            let what = format!("what mserv gave out is no good: {}", problem.what);
            Problem { what, ..problem }.help(
                "download it again; where that is no better, mserv was given a bad bundle: push it anew",
            )
        })
    }
}

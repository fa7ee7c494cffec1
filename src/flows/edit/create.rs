//! A new file, never over one that is there.

use std::fs;
use std::path::Path;

use super::{Base, Desk, Saved};
use crate::domain::task::Problem;
use crate::services::files::problem;

impl Desk {
    /// Writes a new file, with the folder that it is to be in. Where there is something of its name, a link that leads
    /// nowhere too, nothing is written.
    pub fn create(&self, path: &Path, text: &[u8], what: &str) -> Result<Saved, Problem> {
        if path.symlink_metadata().is_ok() {
            return Err(Problem::failed("there is a file of this name already")
                .at(path.display())
                .help("choose another name, or remove it"));
        }
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir_all(folder)
                .map_err(|error| problem("cannot make the folder", folder, &error))?;
        }
        self.save(path, text, &Base::Missing, what).map_err(Problem::from)
    }
}

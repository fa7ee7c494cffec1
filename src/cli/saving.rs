//! How commands change the user's files: through the same desk as the console, and what there is to say of it.

use std::path::Path;

use super::output;
use crate::config::Paths;
use crate::domain::diff::Line;
use crate::domain::task::Problem;
use crate::flows::edit::{Base, Desk, NotSaved, Saved};

/// The user's desk: previous versions are kept in the state directory.
pub(super) fn desk() -> Desk {
    Desk::new(Paths::of_user().ok().as_ref().map(Paths::state))
}

/// Saves a text over what the file held when the command read it. Warnings, and what another program changed
/// meanwhile, are printed on stderr.
pub(super) fn save(path: &Path, text: &[u8], base: &Base, what: &str) -> Result<Saved, Problem> {
    let saved = desk().save(path, text, base, what).map_err(|not_saved| {
        if let NotSaved::Changed { there: Some(_), .. } = &not_saved {
            not_saved.diff().iter().for_each(output::remark);
        }
        Problem::from(not_saved)
    })?;
    saved.warnings.iter().for_each(output::warning);
    Ok(saved)
}

/// The lines of a difference, as text that people and `patch` read.
pub(super) fn unified(lines: &[Line]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect::<Vec<_>>().concat()
}

//! The columns that were chosen for the list of Dispatches, kept from one console to the next in the state directory.

use std::path::{Path, PathBuf};

use crate::config::Column;
use crate::domain::task::Problem;
use crate::services::files::{self, Mode};

/// The largest file that is read.
const LARGEST: u64 = 4 << 10;

/// What the file is, in what is said of it.
const WHAT: &str = "the choice of columns";

/// Where they are kept.
fn path(state: &Path) -> PathBuf {
    state.join("columns")
}

/// Those that were chosen; none where nothing was.
pub fn read(state: &Path) -> Result<Vec<Column>, Problem> {
    let path = path(state);
    let read = files::read_if_there(&path, LARGEST, "cannot read the choice of columns")?;
    let text = String::from_utf8(read.unwrap_or_default()).unwrap_or_default();
    Column::parse_all(text.split_whitespace())
        .map_err(|what| Problem::failed(format!("{WHAT}: {what}")).at(path.display()))
}

/// Keeps a choice; an empty one is that of the configuration.
pub fn keep(state: &Path, columns: &[Column]) -> Result<(), Problem> {
    let words: Vec<&str> = columns.iter().map(|column| column.word()).collect();
    let text = words.join("\n") + "\n";
    let path = path(state);
    files::make_private(state)
        .map_err(|error| files::problem("cannot keep the choice of columns", &path, &error))?;
    files::write(&path, text.as_bytes(), Mode::Private, WHAT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_chosen_is_there_again_and_what_is_none_is_told_of() {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path().join("state");
        assert_eq!(read(&state).unwrap(), []);
        keep(&state, &[Column::Size, Column::Hook]).unwrap();
        assert_eq!(read(&state).unwrap(), [Column::Size, Column::Hook]);
        keep(&state, &[]).unwrap();
        assert_eq!(read(&state).unwrap(), []);
        std::fs::write(path(&state), "size\nnothing\n").unwrap();
        assert!(read(&state).unwrap_err().what.contains("`nothing` is no column"));
    }
}

//! How the list of Dispatches is to be shown, as it was chosen: kept from one console to the next in the state directory.

use std::path::{Path, PathBuf};

use crate::config::Column;
use crate::domain::task::Problem;
use crate::services::files::{self, Mode};

/// The largest file that is read.
const LARGEST: u64 = 4 << 10;

/// What the file is, in what is said of it.
const WHAT: &str = "the choice of columns";

/// Beside the columns: that the calls of each request are together, or are not.
const BY_REQUEST: &str = "by_request";
const AS_CAPTURED: &str = "as_captured";

/// What was chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Which columns; none: those of the configuration.
    pub columns: Vec<Column>,
    /// Whether the calls of each HTTP request are together; `None`: as the configuration says.
    pub by_request: Option<bool>,
}

/// Where they are kept.
fn path(state: &Path) -> PathBuf {
    state.join("columns")
}

/// What was chosen, as far as anything was.
pub fn read(state: &Path) -> Result<Kept, Problem> {
    let path = path(state);
    let read = files::read_if_there(&path, LARGEST, "cannot read the choice of columns")?;
    let text = String::from_utf8(read.unwrap_or_default()).unwrap_or_default();
    let words = text.split_whitespace();
    let is_order = |word: &&str| matches!(*word, BY_REQUEST | AS_CAPTURED);
    let by_request = words.clone().find(is_order).map(|word| word == BY_REQUEST);
    let columns = Column::parse_all(words.filter(|word| !is_order(word)))
        .map_err(|what| Problem::failed(format!("{WHAT}: {what}")).at(path.display()))?;
    Ok(Kept { columns, by_request })
}

/// Keeps a choice.
pub fn keep(state: &Path, kept: &Kept) -> Result<(), Problem> {
    let order = kept.by_request.map(|is| if is { BY_REQUEST } else { AS_CAPTURED });
    let words = kept.columns.iter().map(|column| column.word()).chain(order);
    let text = words.collect::<Vec<_>>().join("\n") + "\n";
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
        assert_eq!(read(&state).unwrap(), Kept::default());
        let columns = vec![Column::Size, Column::Hook];
        for kept in [
            Kept { columns: columns.clone(), by_request: None },
            Kept { columns, by_request: Some(true) },
            Kept { columns: Vec::new(), by_request: Some(false) },
            Kept::default(),
        ] {
            keep(&state, &kept).unwrap();
            assert_eq!(read(&state).unwrap(), kept);
        }
        std::fs::write(path(&state), "size\nnothing\n").unwrap();
        assert!(read(&state).unwrap_err().what.contains("`nothing` is no column"));
    }
}

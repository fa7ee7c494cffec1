//! The server that was replayed against last, kept in the state directory.

use std::path::{Path, PathBuf};

use crate::domain::task::Problem;
use crate::services::files::{self, Mode};

/// An address is no longer than that.
const LARGEST: u64 = 4 << 10;

/// Where it is kept.
#[derive(Clone, Debug)]
pub struct Remembered {
    path: PathBuf,
}

impl Remembered {
    /// In the `state` folder.
    pub fn of(state: &Path) -> Self {
        Self { path: state.join("replay-against") }
    }

    /// The address, where there is one.
    pub fn read(&self) -> Option<String> {
        let bytes = files::read_if_there(&self.path, LARGEST, "cannot read").ok()??;
        let text = String::from_utf8(bytes).ok()?;
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    /// Keeps another.
    pub fn write(&self, address: &str) -> Result<(), Problem> {
        let folder = files::folder_of(&self.path);
        files::make_private(folder)
            .map_err(|error| files::problem("cannot make", folder, &error))?;
        files::write(&self.path, address.as_bytes(), Mode::Private, "the address")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_address_is_remembered_and_what_is_none_is_not() {
        let state = tempfile::tempdir().unwrap();
        let state = state.path().join("state");
        let remembered = Remembered::of(&state);
        assert_eq!(remembered.read(), None);
        for address in ["127.0.0.1:50052", "unix:/run/x.sock"] {
            remembered.write(address).unwrap();
            assert_eq!(Remembered::of(&state).read().as_deref(), Some(address));
        }
        std::fs::write(state.join("replay-against"), [0xff]).unwrap();
        assert_eq!(remembered.read(), None);
    }
}

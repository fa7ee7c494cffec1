//! Edits that are not saved, in the state directory: what was being typed when the program or the machine died.
//!
//! A file for each of the user's files. Its first line has the content that the edits began from (16 hex digits of its
//! SHA-256, `-` where there was no file) and the user's path, percent-encoded; what follows is the edited text.

use std::fs;
use std::io;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use percent_encoding::{NON_ALPHANUMERIC, percent_decode, percent_encode};

use super::atomic::{Mode, write};
use super::errors::problem;
use super::state::{digest, key, make_private, names, path_of, real};
use crate::domain::task::Problem;

/// Where unsaved edits are kept.
#[derive(Clone, Debug)]
pub struct Journal {
    folder: PathBuf,
}

/// Edits of a file that were not saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsaved {
    /// The file, absolute.
    pub path: PathBuf,
    /// The text as it was edited.
    pub text: Vec<u8>,
    /// When it was kept.
    pub at: SystemTime,
    /// The digest of what the file held when it was read; `None` where there was none.
    base: Option<String>,
}

impl Unsaved {
    /// Whether the edits began from this content of the file (`None`: from no file).
    pub fn began_from(&self, content: Option<&[u8]>) -> bool {
        self.base == content.map(digest)
    }
}

impl Journal {
    /// The one in this state directory.
    pub fn in_state(state: &Path) -> Self {
        Self { folder: state.join("unsaved") }
    }

    /// Keeps the text that a file's edits came to, in place of what was kept of it before; `base` is what the file
    /// held when it was read. It is on the disk when this returns, so call it when the typing pauses, not at each key.
    pub fn keep(&self, path: &Path, base: Option<&[u8]>, text: &[u8]) -> Result<(), Problem> {
        let path = real(path);
        make_private(&self.folder)
            .map_err(|error| problem("cannot keep unsaved edits", &self.folder, &error))?;
        let base = base.map_or_else(|| "-".to_owned(), digest);
        let name = percent_encode(path.as_os_str().as_bytes(), NON_ALPHANUMERIC);
        let entry = [format!("{base} {name}\n").as_bytes(), text].concat();
        write(&self.entry(&path), &entry, Mode::Private, "unsaved edits")
    }

    /// Forgets a file's edits: they were saved or given up.
    pub fn forget(&self, path: &Path) -> Result<(), Problem> {
        let entry = self.entry(&real(path));
        match fs::remove_file(&entry) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(problem("cannot forget unsaved edits", &entry, &error))
            }
            _ => Ok(()),
        }
    }

    /// A file's edits that were not saved.
    pub fn of(&self, path: &Path) -> Result<Option<Unsaved>, Problem> {
        let entry = self.entry(&real(path));
        match read(&entry) {
            Ok(unsaved) => Ok(unsaved),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(problem("cannot read unsaved edits", &entry, &error)),
        }
    }

    /// All edits that were not saved, by path.
    pub fn all(&self) -> Result<Vec<Unsaved>, Problem> {
        let failed = |error: &io::Error| problem("cannot list unsaved edits", &self.folder, error);
        let names = names(&self.folder).map_err(|error| failed(&error))?;
        let mut all = names
            .into_iter()
            .filter_map(|name| read(&self.folder.join(name)).transpose())
            .collect::<io::Result<Vec<_>>>()
            .map_err(|error| failed(&error))?;
        all.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(all)
    }

    fn entry(&self, real: &Path) -> PathBuf {
        self.folder.join(key(real))
    }
}

/// An entry; `None` where the file is none of ours, such as a temporary one that a killed program left.
fn read(entry: &Path) -> io::Result<Option<Unsaved>> {
    let at = fs::metadata(entry)?.modified()?;
    let bytes = fs::read(entry)?;
    Ok(parse(&bytes, at).filter(|unsaved| entry.ends_with(key(&unsaved.path))))
}

fn parse(bytes: &[u8], at: SystemTime) -> Option<Unsaved> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let (base, name) = std::str::from_utf8(&bytes[..end]).ok()?.split_once(' ')?;
    let path = path_of(&percent_decode(name.as_bytes()).collect::<Vec<u8>>());
    let base = (base != "-").then(|| base.to_owned());
    Some(Unsaved { path, text: bytes[end + 1..].to_vec(), at, base })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_come_back_until_they_are_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::in_state(folder.path());
        let file = folder.path().join("a b\n.json");
        assert_eq!(journal.of(&file).unwrap(), None);
        assert!(journal.all().unwrap().is_empty());
        journal.keep(&file, Some(b"old"), b"first").unwrap();
        journal.keep(&file, Some(b"old"), b"half typed\n\xff").unwrap();
        journal.keep(&folder.path().join("new"), None, b"").unwrap();
        // A killed program's temporary file is no entry.
        fs::write(folder.path().join("unsaved/.tyk-tui-x.tmp"), "- %2Fx\n").unwrap();
        let all = journal.all().unwrap();
        assert_eq!(all.len(), 2);
        assert_eq!(all[0], journal.of(&file).unwrap().unwrap());
        assert_eq!((&all[0].path, &all[0].text[..]), (&real(&file), &b"half typed\n\xff"[..]));
        assert!(all[0].began_from(Some(b"old")) && !all[0].began_from(Some(b"other")));
        assert!(all[1].began_from(None) && !all[1].began_from(Some(b"")));
        journal.forget(&file).unwrap();
        journal.forget(&file).unwrap();
        assert_eq!(journal.all().unwrap().len(), 1);
    }
}

//! The listed files: found, watched, read.

use std::fs::{self, File, Metadata};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use crate::domain::bundle::{EntryError, clean};
use crate::domain::task::Problem;
use crate::services::files::problem;

/// What tells that a file is still the one that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Identity {
    length: u64,
    modified: Option<std::time::SystemTime>,
    #[cfg(unix)]
    inode: (u64, u64),
}

impl Identity {
    fn of(metadata: &Metadata) -> Self {
        #[cfg(unix)]
        use std::os::unix::fs::MetadataExt as _;
        Self {
            length: metadata.len(),
            modified: metadata.modified().ok(),
            #[cfg(unix)]
            inode: (metadata.dev(), metadata.ino()),
        }
    }
}

/// A file of the list, as it was when the build began.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    /// Links followed.
    path: PathBuf,
    /// As the list has it.
    name: String,
    /// Where the list has it.
    place: String,
    identity: Identity,
}

impl Listed {
    /// Finds a listed file in the manifest's folder, whose links are followed already.
    pub(super) fn find(name: &str, place: String, folder: &Path) -> Result<Self, Problem> {
        let refused = |error| refusal(name, &place, folder, error);
        let path = match clean(name) {
            // Of an absolute name only the disk can say whether it is in the folder.
            Ok(_) if name.starts_with('/') => PathBuf::from(name),
            Ok(clean) => folder.join(clean),
            Err(error @ (EntryError::Outside | EntryError::Manifest)) => {
                return Err(refused(error));
            }
            Err(error) => {
                let named = folder.join(name);
                let there = !name.is_empty() && !name.contains('\0') && named.exists();
                return Err(match error {
                    _ if !there => missing(name, &place, folder, None),
                    EntryError::NoFile => not_a_file(name, &place, named.is_dir()),
                    error => refused(error),
                });
            }
        };
        let path =
            fs::canonicalize(&path).map_err(|error| missing(name, &place, folder, Some(&error)))?;
        if !path.starts_with(folder) {
            return Err(refused(EntryError::Outside));
        }
        let metadata =
            fs::metadata(&path).map_err(|error| missing(name, &place, folder, Some(&error)))?;
        if !metadata.is_file() {
            return Err(not_a_file(name, &place, metadata.is_dir()));
        }
        Ok(Self { identity: Identity::of(&metadata), path, name: name.to_owned(), place })
    }

    /// Bytes.
    pub(super) fn length(&self) -> u64 {
        self.identity.length
    }

    /// Begins to read it.
    pub(super) fn open(&self) -> Result<Reading<'_>, Problem> {
        let file = File::open(&self.path).map_err(|error| self.unreadable(&error))?;
        let reading = Reading { listed: self, file, read: 0 };
        reading.unchanged()?;
        Ok(reading)
    }

    fn unreadable(&self, error: &io::Error) -> Problem {
        let Problem { what, help, .. } =
            problem(&format!("cannot read {}", self.name), &self.path, error);
        let said = Problem::failed(what).at(&self.place);
        match help {
            Some(help) => said.help(help),
            None => said,
        }
    }

    fn changed(&self) -> Problem {
        Problem::failed(format!("{} changed while it was read", self.name))
            .at(&self.place)
            .help("build again when nothing writes to it")
    }
}

/// A listed file being read.
pub(super) struct Reading<'a> {
    listed: &'a Listed,
    file: File,
    read: u64,
}

impl Reading<'_> {
    /// The next bytes, as many as fit; none at the end.
    pub(super) fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Problem> {
        let mut filled = 0;
        while filled < buffer.len() {
            match self.file.read(&mut buffer[filled..]) {
                Ok(0) => break,
                Ok(length) => filled += length,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(self.listed.unreadable(&error)),
            }
        }
        self.read += filled as u64;
        // A file that grows for ever must not fill the disk before that is seen.
        if self.read > self.listed.length() { Err(self.listed.changed()) } else { Ok(filled) }
    }

    /// Checks that what was read is the file that is there.
    pub(super) fn finish(self) -> Result<(), Problem> {
        if self.read != self.listed.length() {
            return Err(self.listed.changed());
        }
        self.unchanged()
    }

    /// The open file and the one that now has its name are the one that the build began with.
    fn unchanged(&self) -> Result<(), Problem> {
        let open = self.file.metadata().map_err(|error| self.listed.unreadable(&error))?;
        let named = fs::metadata(&self.listed.path).map_err(|_| self.listed.changed())?;
        let same = |metadata| Identity::of(metadata) == self.listed.identity;
        if same(&open) && same(&named) { Ok(()) } else { Err(self.listed.changed()) }
    }
}

/// The output must be none of what is read.
pub(super) fn spare(output: &Path, manifest: &Path, files: &[Listed]) -> Result<(), Problem> {
    let Ok(output_path) = fs::canonicalize(output) else { return Ok(()) };
    let is_manifest = fs::canonicalize(manifest).is_ok_and(|manifest| manifest == output_path);
    let what = if is_manifest {
        "the manifest"
    } else if files.iter().any(|listed| listed.path == output_path) {
        "a file that the manifest lists"
    } else {
        return Ok(());
    };
    Err(Problem::usage(format!("the bundle would replace {what}"))
        .at(output.display())
        .help("name another file with --output"))
}

fn not_a_file(name: &str, place: &str, is_folder: bool) -> Problem {
    let what = if is_folder { "a folder" } else { "no regular file" };
    Problem::failed(format!("Referencing {what}, where a file is needed: {name}"))
        .at(place)
        .help("list each file of a folder by its own name")
}

fn missing(name: &str, place: &str, folder: &Path, error: Option<&io::Error>) -> Problem {
    // The reference tool says the same of every file that it cannot look at.
    let why = match error.map(io::Error::kind) {
        None | Some(io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => String::new(),
        _ => error.map(|error| format!(" ({error})")).unwrap_or_default(),
    };
    Problem::failed(format!("Referencing a nonexistent file: {name}{why}")).at(place).help(format!(
        "file_list is relative to the manifest's folder, {}: add the file, or take it off the list",
        folder.display()
    ))
}

/// A listed name that a bundle cannot hold.
pub(super) fn refusal(name: &str, place: &str, folder: &Path, error: EntryError) -> Problem {
    let (what, help) = match error {
        EntryError::Outside => (
            format!("Referencing a file outside the manifest's folder: {name}"),
            format!("copy it into {} and list it from there", folder.display()),
        ),
        EntryError::Manifest => (
            format!("Referencing the manifest itself: {name}"),
            "take it off file_list: it is in every bundle, last, and a checksum over it cannot hold"
                .to_owned(),
        ),
        EntryError::FileAndFolder => (
            format!("Referencing a file that is also a folder of other files: {name}"),
            "list it once".to_owned(),
        ),
        EntryError::NoFile | EntryError::Unusable => (
            format!("Referencing what no bundle can hold: {name} ({error})"),
            "list each file by its own name".to_owned(),
        ),
    };
    Problem::failed(what).at(place).help(help)
}

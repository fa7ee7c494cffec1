//! Atomic writing: temporary file in the same folder, sync, rename.

use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use tempfile::NamedTempFile;

use super::errors::problem;
use super::leftover;
use crate::domain::task::Problem;

/// Who may read a new file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// As the user's umask has it.
    Shared,
    /// The user alone (0600).
    Private,
    /// As the file that is replaced has it, its owner too where that is allowed; where there is none, as [`Mode::Shared`].
    Kept,
}

/// A file being written; dropped without [`Atomic::commit`], nothing has happened.
#[derive(Debug)]
pub struct Atomic {
    temporary: NamedTempFile,
    target: Target,
    what: String,
}

/// What came of a file that was to be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Published {
    /// It is there now.
    New,
    /// The same content was there before.
    Same,
    /// Something else is there, and stays.
    Other,
}

#[derive(Debug)]
enum Target {
    /// Takes the temporary file's place.
    File(PathBuf),
    /// A device or a pipe: gets a copy, because a rename would put a file in its place.
    Device(PathBuf),
}

impl Atomic {
    /// Begins to write `path`; `what` says what it is in messages (`the bundle`). A symbolic link is kept, what it
    /// points at is replaced.
    pub fn create(path: &Path, mode: Mode, what: &str) -> Result<Self, Problem> {
        let cannot = format!("cannot write {what}");
        let failed = |error: &io::Error| problem(&cannot, path, error);
        // Of a link that leads nowhere, the link itself is replaced.
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let existing = fs::metadata(&target).ok();
        if existing.as_ref().is_some_and(fs::Metadata::is_dir) {
            return Err(Problem::failed(format!("{cannot}: it is a folder"))
                .at(path.display())
                .help("name a file in it"));
        }
        if existing.as_ref().is_some_and(|existing| !existing.is_file()) {
            let temporary = NamedTempFile::new().map_err(|error| failed(&error))?;
            return Ok(Self { temporary, target: Target::Device(target), what: cannot });
        }
        let folder = folder_of(&target);
        leftover::sweep(folder, SystemTime::now());
        let kept = existing.filter(|_| mode == Mode::Kept);
        let mut builder = tempfile::Builder::new();
        builder.prefix(leftover::MARKS.0).suffix(leftover::MARKS.1);
        if mode != Mode::Private {
            shared(&mut builder);
        }
        let temporary = builder.tempfile_in(folder).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => {
                Problem::failed(format!("{cannot}: its folder does not exist"))
                    .at(path.display())
                    .help(format!("make it first: mkdir -p {}", folder.display()))
            }
            _ => failed(&error),
        })?;
        if let Some(kept) = kept {
            keep(&kept, temporary.as_file()).map_err(|error| failed(&error))?;
        }
        Ok(Self { temporary, target: Target::File(target), what: cannot })
    }

    /// As [`Atomic::commit`], but fails where something lies there by now.
    pub fn commit_new(self) -> Result<(), Problem> {
        let Self { temporary, target, what } = self;
        let (Target::File(path) | Target::Device(path)) = target;
        let failed = |error: &io::Error| problem(&what, &path, error);
        temporary.as_file().sync_all().map_err(|error| failed(&error))?;
        temporary.persist_noclobber(&path).map_err(|error| failed(&error.error))?;
        sync_folder_of(&path);
        Ok(())
    }

    /// Puts the file in its place where nothing lies there; what lies there stays, and is compared.
    pub fn publish(self) -> Result<Published, Problem> {
        let Self { temporary, target, what } = self;
        let (Target::File(path) | Target::Device(path)) = target;
        let failed = |error: &io::Error| problem(&what, &path, error);
        temporary.as_file().sync_all().map_err(|error| failed(&error))?;
        match temporary.persist_noclobber(&path) {
            Ok(_) => {
                sync_folder_of(&path);
                Ok(Published::New)
            }
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {
                let same = same_content(error.file.path(), &path).map_err(|it| failed(&it))?;
                Ok(if same { Published::Same } else { Published::Other })
            }
            Err(error) => Err(failed(&error.error)),
        }
    }

    /// Puts the file in its place, once all of it is on the disk.
    pub fn commit(self) -> Result<(), Problem> {
        let Self { mut temporary, target, what } = self;
        match target {
            Target::File(path) => {
                let failed = |error: &io::Error| problem(&what, &path, error);
                temporary.as_file().sync_all().map_err(|error| failed(&error))?;
                // A failed rename gives the temporary file back, and dropping it removes it.
                temporary.persist(&path).map_err(|error| failed(&error.error))?;
                sync_folder_of(&path);
                Ok(())
            }
            Target::Device(path) => {
                let copied = temporary.rewind().and_then(|()| {
                    let mut device = File::options().write(true).open(&path)?;
                    io::copy(temporary.as_file_mut(), &mut device)?;
                    device.flush()
                });
                copied.map_err(|error| problem(&what, &path, &error))
            }
        }
    }

    /// A failure while writing it, as a problem.
    pub fn failed(&self, error: &io::Error) -> Problem {
        let (Target::File(path) | Target::Device(path)) = &self.target;
        problem(&self.what, path, error)
    }
}

impl Write for Atomic {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.temporary.as_file_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.temporary.as_file_mut().flush()
    }
}

impl Read for Atomic {
    /// What was written so far, from where it was sought to: to look at it before it takes its place.
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.temporary.as_file_mut().read(bytes)
    }
}

impl Seek for Atomic {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.temporary.as_file_mut().seek(to)
    }
}

/// Writes a whole file; `what` says what it is in messages (`the manifest`).
pub fn write(path: &Path, bytes: &[u8], mode: Mode, what: &str) -> Result<(), Problem> {
    let mut file = Atomic::create(path, mode, what)?;
    file.write_all(bytes).map_err(|error| file.failed(&error))?;
    file.commit()
}

/// Whether two files hold the same; what is no regular file holds nothing that could be compared.
fn same_content(one: &Path, other: &Path) -> io::Result<bool> {
    let (facts, others) = (one.metadata()?, other.symlink_metadata()?);
    if !others.is_file() || facts.len() != others.len() {
        return Ok(false);
    }
    let mut one = BufReader::new(File::open(one)?);
    let mut other = BufReader::new(File::open(other)?);
    loop {
        let (ours, theirs) = (one.fill_buf()?, other.fill_buf()?);
        let common = ours.len().min(theirs.len());
        if common == 0 {
            return Ok(ours.len() == theirs.len());
        }
        if ours[..common] != theirs[..common] {
            return Ok(false);
        }
        one.consume(common);
        other.consume(common);
    }
}

/// The folder that a file of this name lies in.
pub fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

/// A rename is on the disk once its folder is; not every file system can be asked.
fn sync_folder_of(path: &Path) {
    let _ = File::open(folder_of(path)).and_then(|folder| folder.sync_all());
}

/// Gives a new file the mode of the one that it replaces, and its owner and group where this user may: a definition that
/// root edits must stay one that the Gateway's user can read.
fn keep(replaced: &fs::Metadata, file: &File) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt as _, fchown};
        let new = file.metadata()?;
        if (new.uid(), new.gid()) != (replaced.uid(), replaced.gid()) {
            // Before the mode: a change of owner takes bits of it away.
            let _ = fchown(file, Some(replaced.uid()), Some(replaced.gid()));
        }
    }
    file.set_permissions(replaced.permissions())
}

/// Writes a whole file where there is none; one that is there is an error.
pub fn write_new(path: &Path, bytes: &[u8], mode: Mode, what: &str) -> Result<(), Problem> {
    let mut file = Atomic::create(path, mode, what)?;
    file.write_all(bytes).map_err(|error| file.failed(&error))?;
    file.commit_new()
}

#[cfg(unix)]
fn shared(builder: &mut tempfile::Builder<'_, '_>) {
    use std::os::unix::fs::PermissionsExt as _;
    // The system takes the umask off.
    builder.permissions(fs::Permissions::from_mode(0o666));
}

#[cfg(not(unix))]
fn shared(_builder: &mut tempfile::Builder<'_, '_>) {}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn replaces_once_it_is_whole_and_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("f");
        write(&path, b"old", Mode::Shared, "it").unwrap();
        let mut file = Atomic::create(&path, Mode::Shared, "it").unwrap();
        file.write_all(b"half").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"old");
        drop(file);
        assert_eq!(names(folder.path()), ["f"]);
        write(&path, b"new", Mode::Shared, "it").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(names(folder.path()), ["f"]);
    }

    #[test]
    fn what_was_published_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("f");
        let publish = |text: &[u8]| {
            let mut file = Atomic::create(&path, Mode::Shared, "it").unwrap();
            file.write_all(text).unwrap();
            file.publish()
        };
        let long = vec![7; 100_000];
        assert_eq!(publish(&long), Ok(Published::New));
        assert_eq!(publish(&long), Ok(Published::Same));
        let mut other = long.clone();
        other[99_999] = 8;
        for other in [&other[..], b"", &long[1..]] {
            assert_eq!(publish(other), Ok(Published::Other));
        }
        assert_eq!(fs::read(&path).unwrap(), long);
        assert_eq!(names(folder.path()), ["f"]);
    }

    #[test]
    fn what_a_kill_left_there_long_ago_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let left = |name: &str, hours: u64| {
            let file = File::create(folder.path().join(name)).unwrap();
            let then = SystemTime::now() - std::time::Duration::from_hours(hours);
            file.set_modified(then).unwrap();
        };
        left(".tyk-tui-old.tmp", 2);
        left(".tyk-tui-new.tmp", 0);
        write(&folder.path().join("f"), b"1", Mode::Kept, "it").unwrap();
        assert_eq!(names(folder.path()), [".tyk-tui-new.tmp", "f"]);
    }

    #[test]
    fn says_what_is_wrong_with_the_target() {
        let folder = tempfile::tempdir().unwrap();
        let said = write(folder.path(), b"", Mode::Shared, "the bundle").unwrap_err();
        assert!(said.what.contains("cannot write the bundle: it is a folder"), "{said}");
        let said = write(&folder.path().join("none/f"), b"", Mode::Shared, "it").unwrap_err();
        assert!(said.what.contains("its folder does not exist"), "{said}");
    }

    #[cfg(unix)]
    #[test]
    fn modes_and_links_are_kept() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("f");
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        write(&path, b"1", Mode::Private, "it").unwrap();
        assert_eq!(mode(&path), 0o600);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        write(&path, b"2", Mode::Kept, "it").unwrap();
        assert_eq!(mode(&path), 0o640);
        let link = folder.path().join("link");
        std::os::unix::fs::symlink("f", &link).unwrap();
        write(&link, b"3", Mode::Kept, "it").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&path).unwrap(), b"3");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_device_is_a_clear_error() {
        let said = write(Path::new("/dev/full"), b"x", Mode::Shared, "the bundle").unwrap_err();
        assert!(said.what.contains("the disk is full"), "{said}");
        assert!(!fs::metadata("/dev/full").unwrap().is_file());
    }
}

//! A folder of bundles: that of the bundle host, or one that a server of the user's serves.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Component, Path, PathBuf};

use jiff::Timestamp;
use tokio_util::sync::CancellationToken;

use super::{Pushed, Stored, blocking, cancelled, needed};
use crate::config;
use crate::domain::task::{Problem, Progress};
use crate::flows::sound::{Bundle, check_signed_file};
use crate::net::http::Told;
use crate::services::bundle::inspect::inspect;
use crate::services::bundle::keys::PublicKey;
use crate::services::bundle::read::Limits;
use crate::services::files::{self, Atomic, Mode, Published};

/// So many bundles are listed at most.
const MOST: usize = 10_000;

/// Bytes that are copied at once.
const PIECE: usize = 64 << 10;

#[derive(Clone)]
pub(super) struct Folder {
    dir: PathBuf,
}

impl Folder {
    pub(super) fn new(name: &str, set: &config::Target) -> Result<Self, Problem> {
        Ok(Self { dir: needed(set.dir.as_ref(), "dir", name)?.clone() })
    }

    pub(super) fn dir(&self) -> &Path {
        &self.dir
    }

    pub(super) async fn health(&self) -> Result<String, Problem> {
        let dir = self.dir.clone();
        blocking(move || {
            match fs::read_dir(&dir) {
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    return Ok("not there yet: the first push makes it".to_owned());
                }
                Err(error) => {
                    return Err(files::problem("cannot read the folder", &dir, &error));
                }
            }
            let writes = rustix::fs::access(&dir, rustix::fs::Access::WRITE_OK);
            Ok(match writes {
                Ok(()) => "is there, and can be written".to_owned(),
                Err(_) => "is there; you may not write into it".to_owned(),
            })
        })
        .await
    }

    pub(super) async fn list(&self) -> Result<Vec<Stored>, Problem> {
        let dir = self.dir.clone();
        blocking(move || {
            let entries = match fs::read_dir(&dir) {
                Ok(entries) => entries,
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
                Err(error) => {
                    return Err(files::problem("cannot read the folder", &dir, &error));
                }
            };
            Ok(entries.flatten().filter_map(|entry| stored(&entry.path())).take(MOST).collect())
        })
        .await
    }

    /// Copies a bundle beside its place, sees that the copy is it, and gives it its name.
    pub(super) async fn push(
        &self,
        bundle: &Bundle,
        name: &str,
        told: Told,
        cancel: &CancellationToken,
    ) -> Result<Pushed, Problem> {
        let path = self.path(name)?;
        let (bundle, dir, cancel) = (bundle.clone(), self.dir.clone(), cancel.clone());
        let already_there = blocking(move || {
            fs::create_dir_all(&dir)
                .map_err(|error| files::problem("cannot make the folder", &dir, &error))?;
            let mut copy = Atomic::create(&path, Mode::Shared, "the bundle")?;
            copied(&bundle.file, &mut copy, &told, &cancel, "nothing was published")?;
            if !bundle.is_in(&mut copy) {
                return Err(Problem::failed("the bundle was changed while it was pushed")
                    .at(bundle.file.display())
                    .help("push it again"));
            }
            if cancel.is_cancelled() {
                return Err(cancelled("nothing was published"));
            }
            match copy.publish()? {
                Published::New => Ok(false),
                Published::Same => Ok(true),
                Published::Other => Err(Problem::failed("other content is published under this name")
                    .at(path.display())
                    .help("a Gateway that has this name would keep the old content: remove the file if no Gateway has it")),
            }
        })
        .await?;
        Ok(Pushed { id: name.to_owned(), bundle: name.to_owned(), already_there, url: None })
    }

    pub(super) async fn fetch(
        &self,
        id: &str,
        into: &Path,
        signed_by: Option<PublicKey>,
        told: Told,
        cancel: &CancellationToken,
    ) -> Result<(), Problem> {
        let (path, into, cancel) = (self.path(id)?, into.to_owned(), cancel.clone());
        blocking(move || {
            let mut copy = Atomic::create(&into, Mode::Kept, "the bundle")?;
            copied(&path, &mut copy, &told, &cancel, "nothing was written")?;
            check_signed_file(&path, &mut copy, signed_by.as_ref())?;
            if cancel.is_cancelled() {
                return Err(cancelled("nothing was written"));
            }
            copy.commit()
        })
        .await
    }

    pub(super) async fn delete(&self, id: &str) -> Result<(), Problem> {
        let path = self.path(id)?;
        blocking(move || {
            regular(&path)?;
            fs::remove_file(&path)
                .map_err(|error| files::problem("cannot delete the bundle", &path, &error))
        })
        .await
    }

    /// Where a name is; nothing outside the folder.
    fn path(&self, name: &str) -> Result<PathBuf, Problem> {
        let mut parts = Path::new(name).components();
        match (parts.next(), parts.next()) {
            (Some(Component::Normal(part)), None) if part == name && !files::is_temporary(name) => {
                Ok(self.dir.join(name))
            }
            _ => Err(Problem::usage(format!("{name:?} cannot be a bundle's name in a folder"))
                .at(self.dir.display())),
        }
    }
}

/// What there is to say of a file; `None` where it is no bundle.
fn stored(path: &Path) -> Option<Stored> {
    let name = path.file_name()?.to_str()?.to_owned();
    // Before it is opened: opening a named pipe waits for its writer.
    let facts = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    if files::is_temporary(&name) {
        return None;
    }
    let contents = inspect(File::open(path).ok()?, Limits::default()).ok()?;
    let manifest = contents.manifest.as_ref().ok();
    let hooks = manifest.map(|manifest| {
        let hooks = manifest.hooks();
        hooks.map(|(hook, it)| format!("{} {}", hook.word(), it.name)).collect()
    });
    Some(Stored {
        id: name.clone(),
        bundle: name.clone(),
        name,
        bytes: Some(facts.len()),
        at: facts.modified().ok().and_then(|at| Timestamp::try_from(at).ok()),
        checksum: manifest.map(|manifest| manifest.checksum.clone()),
        hooks: hooks.unwrap_or_default(),
        note: manifest.is_none().then_some("no Gateway loads it: its manifest cannot be read"),
    })
}

/// Copies a file in pieces, until it is cancelled.
fn copied(
    from: &Path,
    copy: &mut Atomic,
    told: &Told,
    cancel: &CancellationToken,
    so: &str,
) -> Result<(), Problem> {
    let total = regular(from)?;
    let unread = |error: &io::Error| files::problem("cannot read the bundle", from, error);
    let mut file = File::open(from).map_err(|error| unread(&error))?;
    let (mut piece, mut done) = (vec![0; PIECE], 0);
    loop {
        if cancel.is_cancelled() {
            return Err(cancelled(so));
        }
        let read = file.read(&mut piece).map_err(|error| unread(&error))?;
        if read == 0 {
            return Ok(());
        }
        copy.write_all(&piece[..read]).map_err(|error| copy.failed(&error))?;
        done += read as u64;
        told(Progress { done, total: Some(total) });
    }
}

/// The size of a bundle, which must be a regular file.
fn regular(path: &Path) -> Result<u64, Problem> {
    let facts = fs::metadata(path)
        .map_err(|error| files::problem("cannot read the bundle", path, &error))?;
    if facts.is_file() {
        return Ok(facts.len());
    }
    let what = if facts.is_dir() { "a folder" } else { "no regular file" };
    Err(Problem::failed(format!("this is {what}, not a bundle")).at(path.display()))
}

//! Those that are there.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use jiff::Timestamp;

use crate::capture::session::{Caps, EXTENSION, Facts, Reader, SessionError, is_growing};
use crate::domain::nearest::nearest;
use crate::domain::task::Problem;
use crate::services::files;

/// A session, as a list shows it.
#[derive(Debug)]
pub struct Listed {
    /// What it is called: the file's name without what it ends in.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
    /// When it was begun, and by what.
    pub facts: Facts,
    /// Times of its first and last record.
    pub span: Option<(Timestamp, Timestamp)>,
    /// How many records it has.
    pub records: u64,
    /// Bytes on the disk that hold something.
    pub bytes: u64,
    /// Whether a server writes it just now.
    pub growing: bool,
}

/// All of the folder, the one that was written last comes last; what is there and cannot be read is a problem.
pub fn list(folder: &Path) -> Result<(Vec<Listed>, Vec<Problem>), Problem> {
    let mut listed = Vec::new();
    let mut problems = Vec::new();
    for path in paths(folder)? {
        match look(&path) {
            Ok(session) => listed.push(session),
            Err(error) => problems.push(error.problem(&path)),
        }
    }
    Ok((listed, problems))
}

/// What one session is.
fn look(path: &Path) -> Result<Listed, SessionError> {
    let growing = is_growing(path);
    let reader = Reader::open(path)?;
    Ok(Listed {
        name: name(path),
        path: path.to_owned(),
        facts: reader.facts()?,
        span: reader.span()?,
        records: reader.count()?,
        bytes: reader.bytes()?,
        growing,
    })
}

/// The session that is meant: a file's path, the name of one in the folder, or the newest where none is named.
pub fn find(folder: &Path, named: Option<&Path>) -> Result<PathBuf, Problem> {
    let kept = paths(folder)?;
    let Some(named) = named else {
        return kept.last().cloned().ok_or_else(|| {
            Problem::failed("there is no session yet")
                .at(folder.display())
                .help("`tyk-tui serve --record` makes one")
        });
    };
    if named.exists() {
        return Ok(named.to_owned());
    }
    let wanted = named.to_string_lossy();
    let wanted = wanted.trim_end_matches(&format!(".{EXTENSION}"));
    if let Some(path) = kept.iter().find(|path| name(path) == wanted) {
        return Ok(path.clone());
    }
    let known: Vec<String> = kept.iter().map(|path| name(path)).collect();
    let problem = Problem::failed("there is no such session").at(named.display());
    Err(match nearest(wanted, known.iter().map(String::as_str)) {
        Some(nearest) => problem.help(format!("did you mean `{nearest}`?")),
        None => problem.help("`tyk-tui session list` shows those that are kept here"),
    })
}

/// Deletes a session and what lies beside it.
pub fn delete(path: &Path) -> Result<(), Problem> {
    if is_growing(path) {
        return Err(Problem::failed("a server writes this session just now")
            .at(path.display())
            .help("end that server first"));
    }
    std::fs::remove_file(path).map_err(|error| files::problem("cannot delete", path, &error))?;
    for beside in ["-wal", "-shm", ".lock"] {
        let mut name = path.as_os_str().to_owned();
        name.push(beside);
        // Only there where its writer was killed.
        drop(std::fs::remove_file(name));
    }
    Ok(())
}

/// Deletes those that are too old, then the oldest until the others are within the size of one. None that a server
/// writes; what cannot be deleted stays.
pub(super) fn make_room(folder: &Path, caps: &Caps) {
    let Ok(kept) = paths(folder) else { return };
    let mut total = 0_u64;
    for path in kept.iter().rev() {
        let Ok(facts) = std::fs::metadata(path) else { continue };
        total = total.saturating_add(facts.len());
        let age = facts.modified().ok().and_then(|at| SystemTime::now().duration_since(at).ok());
        let old = age.is_some_and(|age| age > caps.age);
        if (old || total > caps.bytes) && !is_growing(path) {
            match delete(path) {
                Ok(()) => tracing::info!("made room: deleted the session {}", path.display()),
                Err(problem) => tracing::warn!("{problem}"),
            }
        }
    }
}

/// The files, the one that was written last comes last.
fn paths(folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(files::problem("cannot read", folder, &error)),
    };
    let mut found: Vec<(SystemTime, PathBuf)> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == EXTENSION))
        .map(|path| {
            let at = path.metadata().and_then(|facts| facts.modified());
            (at.unwrap_or(SystemTime::UNIX_EPOCH), path)
        })
        .collect();
    found.sort();
    Ok(found.into_iter().map(|(_, path)| path).collect())
}

fn name(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

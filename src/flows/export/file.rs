//! An export into a file, whole or not at all.

use std::io::{BufWriter, Write as _};
use std::path::Path;

use super::Source;
use super::hidden::hidden;
use super::stream::{Heard, to_stream};
use crate::capture::session::{Copy, Facts, SessionError};
use crate::capture::{Judge, Noted, SharedView};
use crate::domain::address::Listen;
use crate::domain::export::{Exported, Exporter, Format};
use crate::domain::redact::hides;
use crate::domain::task::Problem;
use crate::services::files::{self, Atomic, Mode};

/// What is exported, and how.
#[derive(Clone)]
pub struct Job {
    /// As what.
    pub format: Format,
    /// Through which view.
    pub view: SharedView,
    /// Whether that view shows secrets.
    pub shows_secrets: bool,
    /// Where grpcurl calls.
    pub server: Listen,
    /// One record alone is meant.
    pub alone: bool,
    /// What the session says of itself that is written.
    pub facts: Facts,
}

impl Job {
    /// Writes it as text.
    pub fn exporter(&self) -> Exporter {
        Exporter::new(self.format, self.server.clone(), self.alone)
    }
}

/// Writes records into a file of the user alone, as they hold what callers sent; one that is there stays, unless it is
/// to be replaced.
pub fn to_file(
    records: impl Source,
    job: &Job,
    path: &Path,
    replace: bool,
    heard: &mut Heard<'_>,
) -> Result<Exported, Problem> {
    if !replace && path.symlink_metadata().is_ok() {
        return Err(taken(path));
    }
    if job.format == Format::Session {
        return to_session(records, job, path, replace, heard);
    }
    let mut file = Atomic::create(path, Mode::Private, "the export")?;
    let mut out = BufWriter::new(&mut file);
    let cannot = |error: &std::io::Error| files::problem("cannot write the export", path, error);
    let exported = to_stream(records, job.exporter(), &*job.view, &mut out, &cannot, heard)?;
    out.flush().map_err(|error| cannot(&error))?;
    drop(out);
    let done = if replace { file.commit() } else { file.commit_new() };
    done.map(|()| exported)
}

/// A session is made in a folder of its own beside the file, as its database has files beside it while it is written.
fn to_session(
    records: impl Iterator<Item = Result<Noted, Problem>>,
    job: &Job,
    path: &Path,
    replace: bool,
    heard: &mut Heard<'_>,
) -> Result<Exported, Problem> {
    let cannot = |error: &std::io::Error| files::problem("cannot write the session", path, error);
    let failed = |error: SessionError| error.problem(path);
    let folder = files::temporary_folder(files::folder_of(path)).map_err(|it| cannot(&it))?;
    let made = folder.path().join("session.tyks");
    let redacted = !job.shows_secrets;
    // What was hidden before stays so.
    let facts = Facts { redacted: redacted || job.facts.redacted, ..job.facts.clone() };
    let judge = Judge { view: job.view.clone(), answer_limit: facts.answer_limit };
    let mut copy = Copy::create(&made, &facts).map_err(failed)?;
    let mut exported = Exported::default();
    for record in records {
        let record = record?;
        if redacted {
            let line = record.to_json(&*job.view);
            let without = hidden(&record.record, &line, &judge);
            exported.redacted += u64::from(hides(&line));
            copy.add(&without, line["note"].as_str()).map_err(failed)?;
        } else {
            copy.add(&record.record, record.note.as_deref()).map_err(failed)?;
        }
        exported.records += 1;
        exported.written += 1;
        heard.after(exported.records)?;
    }
    copy.finish().map_err(failed)?;
    if replace {
        std::fs::rename(&made, path).map_err(|error| cannot(&error))?;
    } else {
        // A link is refused where something is there by now.
        std::fs::hard_link(&made, path).map_err(|error| match error.kind() {
            std::io::ErrorKind::AlreadyExists => taken(path),
            _ => cannot(&error),
        })?;
    }
    Ok(exported)
}

fn taken(path: &Path) -> Problem {
    Problem::failed("there is a file already")
        .at(path.display())
        .help("name another; nothing is written over")
}

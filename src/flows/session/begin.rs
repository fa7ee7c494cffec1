//! Begins a session, after room was made for it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;

use super::kept;
use crate::capture::Capture;
use crate::capture::session::{Caps, EXTENSION, Facts, Recording};
use crate::config;
use crate::domain::task::Problem;
use crate::services::files;

/// Records whatever `capture` gets from now on: into `file`, which must not be there, else into a new one of the
/// sessions' folder, whose oldest sessions make room. `server` is where the plugin server listens.
pub fn begin(
    file: Option<&Path>,
    folder: &Path,
    project: &str,
    server: &str,
    settings: &config::Settings,
    capture: Capture,
) -> Result<Recording, Problem> {
    let limits = &settings.capture;
    let caps = Caps {
        records: limits.session_records as u64,
        bytes: limits.session_bytes as u64,
        age: Duration::from_hours(24)
            .saturating_mul(u32::try_from(limits.session_days).unwrap_or(u32::MAX)),
    };
    let began = Timestamp::now();
    let path = if let Some(file) = file {
        file.to_owned()
    } else {
        files::make_private(folder)
            .map_err(|error| files::problem("cannot make", folder, &error))?;
        kept::make_room(folder, &caps);
        free(folder, project, began)
    };
    let facts = Facts {
        began,
        by: env!("CARGO_PKG_VERSION").to_owned(),
        server: server.to_owned(),
        answer_limit: settings.server.answer_limit,
        redacted: false,
        hidden: capture.hidden(),
    };
    Recording::start(&path, &facts, caps, capture).map_err(|error| error.problem(&path))
}

/// A name that tells when it was, and is not taken.
fn free(folder: &Path, project: &str, began: Timestamp) -> PathBuf {
    // A project's name may hold anything.
    let safe = |c: char| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '-' };
    let project: String = project.trim_start_matches('.').chars().map(safe).take(60).collect();
    let stem = format!("{project}-{}", began.strftime("%Y%m%dT%H%M%SZ"));
    let first = folder.join(format!("{stem}.{EXTENSION}"));
    // More in one second than that are refused, as the name is taken.
    let others = (2..100).map(|number| folder.join(format!("{stem}-{number}.{EXTENSION}")));
    std::iter::once(first.clone()).chain(others).find(|path| !path.exists()).unwrap_or(first)
}

//! Step 1: every rule over the project. An error in what the bundle is made of stops; the rest is told: an API definition
//! or a `tyk.conf` is not shipped, and the bundle is right without it.

use std::path::Path;

use crate::config::Settings;
use crate::domain::lint::{Facts, Finding};
use crate::domain::task::{Problem, Severity};
use crate::flows::survey::{self, Unsaved};
use crate::services::files;

/// What was found that does not stop it.
pub(super) fn lint(folder: &Path, settings: &Settings) -> Result<Vec<Finding>, Problem> {
    let manifest = folder.join(&settings.project.manifest);
    std::fs::metadata(&manifest)
        .map_err(|error| files::problem("cannot read the manifest", &manifest, &error))?;
    let facts = survey::project(folder, settings, &Unsaved::new())?;
    let findings = survey::findings(&facts);
    let stops = |finding: &&Finding| {
        finding.severity == Severity::Error && is_of_bundle(&facts, &finding.file)
    };
    let mut errors = findings.iter().filter(stops);
    let Some(first) = errors.next() else { return Ok(findings) };
    let place = first.place.map_or_else(String::new, |place| format!(":{place}"));
    let place = format!("{}{place}", folder.join(&first.file).display());
    let problem = Problem::no(first.message.clone()).at(place);
    Err(match errors.count() {
        0 => problem,
        1 => problem.help("`tyk-tui lint` has one more error"),
        more => problem.help(format!("`tyk-tui lint` has {more} more errors")),
    })
}

/// Whether a file is one that the bundle is made of. Definitions and settings are a Gateway's; what is wrong with keys the
/// steps that use them say better.
fn is_of_bundle(facts: &Facts, file: &str) -> bool {
    let is_api = facts.apis.iter().any(|api| api.file == file);
    let is_conf = facts.confs.iter().any(|conf| conf.file.as_deref() == Some(file));
    let is_key = facts.keys.iter().any(|key| key.file == file);
    !is_api && !is_conf && !is_key
}

/// In a few words.
pub(super) fn words(findings: &[Finding]) -> String {
    let count = |severity, one: &str, many: &str| match findings
        .iter()
        .filter(|finding| finding.severity == severity)
        .count()
    {
        0 => None,
        1 => Some(format!("1 {one}")),
        more => Some(format!("{more} {many}")),
    };
    let told: Vec<_> = [
        count(Severity::Error, "error", "errors"),
        count(Severity::Warning, "warning", "warnings"),
        count(Severity::Hint, "hint", "hints"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if told.is_empty() { "nothing found".into() } else { told.join(" · ") }
}

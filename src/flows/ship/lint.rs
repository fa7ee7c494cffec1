//! Step 1: the manifest's rules. An error stops; warnings and hints are told, and the bundle is built.

use std::path::Path;

use crate::domain::lint::{self, Finding};
use crate::domain::task::{Problem, Severity};
use crate::services::files;

/// What was found that does not stop it.
pub(super) fn lint(manifest: &Path) -> Result<Vec<Finding>, Problem> {
    let source = std::fs::read(manifest)
        .map_err(|error| files::problem("cannot read the manifest", manifest, &error))?;
    let findings = lint::manifest(&source);
    let mut errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
    let Some(first) = errors.next() else { return Ok(findings) };
    let place = first.place.map_or_else(String::new, |place| format!(":{place}"));
    let place = format!("{}{place}", manifest.display());
    let problem = Problem::no(first.message.clone()).at(place);
    Err(match errors.count() {
        0 => problem,
        1 => problem.help("one more error is marked in the manifest"),
        more => problem.help(format!("{more} more errors are marked in the manifest")),
    })
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
    let told: Vec<_> =
        [count(Severity::Warning, "warning", "warnings"), count(Severity::Hint, "hint", "hints")]
            .into_iter()
            .flatten()
            .collect();
    if told.is_empty() { "nothing found".into() } else { told.join(" · ") }
}

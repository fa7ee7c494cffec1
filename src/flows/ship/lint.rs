//! Step 1: every rule over the project. An error in manifest or code stops, on request a warning too; the rest is told. An API definition or a
//! `tyk.conf` is not shipped, and the bundle is right without it; what is wrong with a key is said by the step that uses
//! it, which knows the passphrase.

use std::collections::BTreeSet;
use std::path::Path;

use crate::config::Settings;
use crate::domain::lint::{self, Facts, Finding};
use crate::domain::task::{Problem, Severity};
use crate::flows::survey;
use crate::services::files;

/// What was found that does not stop it: less than `least`, or not in what is shipped.
pub(super) fn lint(
    folder: &Path,
    settings: &Settings,
    least: Severity,
) -> Result<Vec<Finding>, Problem> {
    let manifest = folder.join(&settings.project.manifest);
    std::fs::metadata(&manifest)
        .map_err(|error| files::problem("cannot read the manifest", &manifest, &error))?;
    let facts = survey::sources(folder, settings)?;
    let findings = lint::run(&facts);
    let shipped = shipped(survey::shown(folder, &manifest), &facts);
    let mut errors = findings
        .iter()
        .filter(|finding| finding.severity >= least && shipped.contains(&finding.file));
    let Some(first) = errors.next() else { return Ok(findings) };
    let place = first.place.map_or_else(String::new, |place| format!(":{place}"));
    let place = format!("{}{place}", folder.join(&first.file).display());
    let problem = Problem::no(first.message.clone()).at(place);
    Err(match errors.count() {
        0 => problem,
        1 => problem.help("`tyk-tui lint` has one more"),
        more => problem.help(format!("`tyk-tui lint` has {more} more")),
    })
}

/// The files that the bundle is made of, as findings name them.
fn shipped(manifest: String, facts: &Facts) -> BTreeSet<String> {
    let code = facts
        .manifests
        .iter()
        .flat_map(|manifest| manifest.code.iter().map(|source| manifest.shown(&source.file)));
    code.chain([manifest]).collect()
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

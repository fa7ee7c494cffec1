//! A project looked at as a whole, for people who want to see what is wrong and mend it one by one.

use std::cmp::Reverse;
use std::path::Path;

use super::{Unsaved, project};
use crate::config::Settings;
use crate::domain::diff::{self, Line};
use crate::domain::lint::{self, Facts, Finding, Fix};
use crate::domain::schema::Schemas;
use crate::domain::task::Problem;

/// Bytes of a text that are compared to show what a fix does.
const LARGEST_PREVIEW: usize = 64 << 10;

/// Something that lint found, and what mending it would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What was found.
    pub finding: Finding,
    /// What its fix changes in the text as it was looked at; empty where it has none, or that is too much to show.
    pub change: Vec<Line>,
}

/// Everything that is wrong in a project, also by the schemas of a Gateway that was asked: the gravest first, then by
/// file and place.
pub fn look(
    folder: &Path,
    settings: &Settings,
    unsaved: &Unsaved,
    schemas: Schemas,
) -> Result<Vec<Found>, Problem> {
    let facts = Facts { schemas, ..project(folder, settings, unsaved)? };
    let mut findings = lint::run(&facts);
    findings.sort_by_key(|finding| Reverse(finding.severity));
    let found = findings.into_iter().map(|finding| {
        let fix = finding.fix.as_ref();
        let change = fix.and_then(|fix| preview(&facts, fix)).unwrap_or_default();
        Found { finding, change }
    });
    Ok(found.collect())
}

/// The lines that a fix changes.
fn preview(facts: &Facts, fix: &Fix) -> Option<Vec<Line>> {
    let text = facts.text(&fix.file)?;
    let start = fix.edits.iter().map(|edit| edit.span.start).min()?;
    let end = fix.edits.iter().map(|edit| edit.span.end).max()?;
    let before = text.get(..start)?;
    let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let after = text.get(end..)?;
    let end = after.iter().position(|byte| *byte == b'\n').map_or(text.len(), |at| end + at + 1);
    let part = text.get(start..end).filter(|part| part.len() <= LARGEST_PREVIEW)?;
    let moved = fix.edits.iter().map(|edit| {
        let mut edit = edit.clone();
        edit.span = edit.span.start - start..edit.span.end - start;
        edit
    });
    let mended = Fix { edits: moved.collect(), ..fix.clone() }.apply(part);
    let first = text[..start].split(|byte| *byte == b'\n').count() - 1;
    let mut lines = diff::lines(part, &mended);
    for line in &mut lines {
        if let Line::At(old, new) = line {
            *line = Line::At(*old + first, *new + first);
        }
    }
    Some(lines)
}

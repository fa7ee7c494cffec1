//! `inspect` of two bundles: what differs.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value as Json, json};

use super::unreadable;
use crate::cli::{Answer, output, verify};
use crate::domain::diff::Line;
use crate::domain::task::{Kind, Problem};
use crate::services::bundle::compare::{Change, Comparison, How, Which, compare};
use crate::services::bundle::read::Limits;

pub(super) fn run(old: &Path, new: &Path, json: bool) -> Result<Answer, Problem> {
    let compared = compare(verify::open(old)?, verify::open(new)?, Limits::default());
    let comparison = compared.map_err(|(which, error)| {
        let problem = unreadable(if which == Which::Old { old } else { new }, &error);
        // "No" would say that they differ.
        Problem { kind: Kind::Failed, ..problem }
    })?;
    if json {
        output::line(as_json(old, new, &comparison))?;
    } else {
        output::line(output::printable(report(old, new, &comparison).trim_end()))?;
    }
    Ok(if comparison.is_same() { Answer::Yes } else { Answer::No })
}

fn as_json(old: &Path, new: &Path, comparison: &Comparison) -> Json {
    let differing = comparison.differing.iter().map(|it| {
        let (change, was, is, how) = match &it.change {
            Change::Added { bytes } => ("added", None, Some(bytes), None),
            Change::Removed { bytes } => ("removed", Some(bytes), None, None),
            Change::Changed { old, new, how } => ("changed", Some(old), Some(new), Some(how)),
        };
        let lines = how
            .and_then(lines)
            .map(|lines| lines.iter().map(ToString::to_string).collect::<Vec<_>>());
        json!({
            "name": it.name,
            "change": change,
            "old_bytes": was,
            "new_bytes": is,
            "how": how.map(word),
            "lines": lines,
        })
    });
    json!({
        "old": old.to_string_lossy(),
        "new": new.to_string_lossy(),
        "same": comparison.is_same(),
        "files": differing.collect::<Vec<_>>(),
        "same_files": comparison.same,
    })
}

fn word(how: &How) -> &'static str {
    match how {
        How::Lines(_) => "text",
        How::Json(_) => "json",
        How::Layout => "layout",
        How::Binary => "binary",
        How::TooLarge => "large",
    }
}

fn lines(how: &How) -> Option<&[Line]> {
    match how {
        How::Lines(lines) | How::Json(lines) => Some(lines),
        _ => None,
    }
}

/// What a person reads.
fn report(old: &Path, new: &Path, comparison: &Comparison) -> String {
    if comparison.is_same() {
        return format!("the same {} files", comparison.same);
    }
    let mut text = format!("--- {}\n+++ {}\n", old.display(), new.display());
    for differing in &comparison.differing {
        let _ = writeln!(text, "\n{}", differing.heading());
        if let Change::Changed { how, .. } = &differing.change {
            for line in lines(how).unwrap_or_default() {
                let _ = writeln!(text, "{line}");
            }
        }
    }
    let _ = writeln!(text, "\n{} files are the same", comparison.same);
    text
}

//! What is wrong with a manifest, with places: every rule that a Gateway lets slip silently, and every one that it
//! stops on.

mod extractor;
mod files;
mod hooks;
mod keys;

use super::Trailing;
use crate::domain::json::{Document, Place};
use crate::domain::task::{Finding, Severity};

/// Everything found in a manifest's text, by place; a text that is no JSON has one finding.
pub fn examine(source: impl AsRef<[u8]>) -> Vec<Finding> {
    match Document::parse(source, Trailing::Refused) {
        Ok(document) => check(&document),
        Err(error) => vec![finding(Severity::Error, error.place, error.message)],
    }
}

/// Everything found in a parsed manifest, by place.
pub fn check(document: &Document) -> Vec<Finding> {
    let (manifest, mismatches) = super::decode::decode(document, Trailing::Refused);
    let mut found: Vec<Finding> = mismatches
        .into_iter()
        .map(|mismatch| finding(Severity::Error, mismatch.place, mismatch.message))
        .collect();
    keys::check(document, &mut found);
    files::check(document, &mut found);
    hooks::check(document, &manifest, &mut found);
    extractor::check(document, &manifest, &mut found);
    found.sort_by_key(|finding| (finding.line, finding.column));
    found
}

fn finding(severity: Severity, place: Place, message: impl Into<String>) -> Finding {
    Finding { severity, message: message.into(), line: place.line, column: place.column }
}

#[cfg(test)]
mod tests;

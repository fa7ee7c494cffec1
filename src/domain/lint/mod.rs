//! Lint: rules over plain facts, one rule a file.
//!
//! A rule looks at [`Facts`] and says what it found, where, and where possible how to mend it. Facts are collected by
//! `flows::survey`; nothing here reads a file.

mod facts;
mod finding;
mod report;
mod rules;
mod text;

pub use facts::{ApiFile, Facts, Listed, ManifestFile, Unread};
pub use finding::{Finding, Fix};
pub use report::Report;
pub use rules::{Rule, all, find};

/// Runs every rule; what was found, by file and place.
pub fn run(facts: &Facts) -> Vec<Finding> {
    let mut found = Vec::new();
    for rule in all() {
        (rule.check)(facts, &mut Report::of(rule, &mut found));
    }
    found.sort_by(|a, b| {
        let place =
            |found: &Finding| found.place.map_or((0, 0), |place| (place.line, place.column));
        (&a.file, place(a), a.rule).cmp(&(&b.file, place(b), b.rule))
    });
    found
}

/// What is found in a manifest's text alone, by place.
pub fn manifest(source: impl AsRef<[u8]>) -> Vec<Finding> {
    let mut facts = Facts::default();
    match ManifestFile::open(crate::domain::manifest::FILE_NAME, source) {
        Ok(manifest) => facts.manifests.push(manifest),
        Err(unread) => facts.unread.push(unread),
    }
    run(&facts)
}

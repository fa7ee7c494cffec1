//! Lint: rules over plain facts, one rule a file.
//!
//! A rule looks at [`Facts`] and says what it found, where, and where possible how to mend it. Facts are collected by
//! `flows::survey`; nothing here reads a file.

mod facts;
mod finding;
mod report;
mod rules;
mod text;

use std::collections::HashSet;

pub use facts::{
    ApiFile, BundleFile, Facts, Key, KeyFile, KeyRole, Listed, ManifestFile, Unread, Unusable,
    WouldBe,
};
pub use finding::{Finding, Fix};
pub use report::Report;
pub use rules::{Rule, all, find};

/// The rule that tells what a Gateway's schema finds.
const SCHEMA: &str = "gateway-schema";

/// Runs every rule; what was found, by file and place.
pub fn run(facts: &Facts) -> Vec<Finding> {
    let mut found = Vec::new();
    for rule in all() {
        (rule.check)(facts, &mut Report::of(rule, &mut found));
    }
    // A rule of ours says better what the Gateway's schema finds too.
    let said = |found: &Finding| (found.file.clone(), found.path.clone());
    let ours: HashSet<_> = found.iter().filter(|it| it.rule != SCHEMA).map(said).collect();
    found.retain(|it| it.rule != SCHEMA || !ours.contains(&said(it)));
    found.sort_by(Finding::by_place);
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

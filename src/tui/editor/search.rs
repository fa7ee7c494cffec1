//! What is searched, and where it is.

use std::ops::Range;

use regex::bytes::{Regex, RegexBuilder};

/// A search under way.
#[derive(Clone, Debug, Default)]
pub(super) struct Search {
    needle: String,
    pattern: Option<Regex>,
    matches: Vec<Range<usize>>,
}

impl Search {
    /// Searches for another text. Without a capital in it, letters match in both cases.
    pub(super) fn set(&mut self, needle: &str, text: &[u8]) {
        needle.clone_into(&mut self.needle);
        let any_case = !needle.chars().any(char::is_uppercase);
        self.pattern =
            RegexBuilder::new(&regex::escape(needle)).case_insensitive(any_case).build().ok();
        self.find(text);
    }

    /// What is searched.
    pub(super) fn needle(&self) -> &str {
        &self.needle
    }

    /// Finds all places in the text as it stands.
    pub(super) fn find(&mut self, text: &[u8]) {
        self.matches.clear();
        if let Some(pattern) = self.pattern.as_ref().filter(|_| !self.needle.is_empty()) {
            self.matches.extend(pattern.find_iter(text).map(|found| found.range()));
        }
    }

    /// Forgets the places, and goes on knowing what was searched.
    pub(super) fn hide(&mut self) {
        self.pattern = None;
        self.matches.clear();
    }

    /// All places.
    pub(super) fn matches(&self) -> &[Range<usize>] {
        &self.matches
    }

    /// Those that begin in a span.
    pub(super) fn within(&self, span: Range<usize>) -> &[Range<usize>] {
        let first = self.matches.partition_point(|found| found.end <= span.start);
        let last = self.matches.partition_point(|found| found.start < span.end);
        &self.matches[first..last.max(first)]
    }

    /// The first place from an offset on, else the first of all.
    pub(super) fn from(&self, offset: usize) -> Option<Range<usize>> {
        let at = self.matches.partition_point(|found| found.start < offset);
        self.matches.get(at).or(self.matches.first()).cloned()
    }

    /// The last place before an offset, else the last of all.
    pub(super) fn before(&self, offset: usize) -> Option<Range<usize>> {
        let at = self.matches.partition_point(|found| found.start < offset);
        at.checked_sub(1).and_then(|at| self.matches.get(at)).or(self.matches.last()).cloned()
    }

    /// `3 of 12`, by the place that begins at an offset.
    pub(super) fn count(&self, offset: usize) -> String {
        let found = self.matches.binary_search_by_key(&offset, |found| found.start);
        match (self.matches.len(), found) {
            (0, _) => "not found".to_owned(),
            (all, Ok(at)) => format!("{} of {all}", at + 1),
            (1, Err(_)) => "1 place".to_owned(),
            (all, Err(_)) => format!("{all} places"),
        }
    }
}

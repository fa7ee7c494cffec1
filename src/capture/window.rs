//! Which rows a pane asks for, and what it gets: never more than it shows.

use super::Row;

/// Where a window begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// The newest rows (follow).
    End,
    /// The first row shown is the first that matches from this `seq` on.
    Seq(u64),
    /// The first row shown is this one of those that match, from 0 (the oldest in the ring).
    Index(usize),
}

/// What to show.
#[derive(Clone, Copy, Debug)]
pub struct Query<'a> {
    /// Only rows with this text in hook, name, api, method, path, outcome or status, without case; empty for all.
    pub search: &'a str,
    /// Nothing after this `seq`: where the pane was paused.
    pub until: Option<u64>,
    /// Where the window begins.
    pub from: From,
    /// How many rows are visible.
    pub rows: usize,
}

/// The visible rows.
#[derive(Clone, Debug, Default)]
pub struct Window {
    /// Oldest first, at most as many as asked for.
    pub rows: Vec<Row>,
    /// Which of those that match the first row is, from 0.
    pub first: usize,
    /// How many match.
    pub total: usize,
    /// How many there are in the ring up to `until`, matching or not.
    pub of: usize,
}

impl Row {
    /// Whether the text (lower case already) is in one of the indexed fields.
    pub(super) fn matches(&self, needle: &str) -> bool {
        let has = |text: &str| contains(text, needle);
        has(self.hook.word())
            || has(&self.name)
            || has(&self.api)
            || has(&self.method)
            || has(&self.path)
            || self.outcome.is_some_and(|outcome| has(outcome.word()))
            || self.status.is_some_and(|status| has(&status.to_string()))
    }
}

/// Whether `needle` (lower case already) is in `text`, without case.
fn contains(text: &str, needle: &str) -> bool {
    if !text.is_ascii() || !needle.is_ascii() {
        return text.to_lowercase().contains(needle);
    }
    // Without an allocation for the rows of most traffic.
    let (text, needle) = (text.as_bytes(), needle.as_bytes());
    text.windows(needle.len().max(1)).any(|part| part.eq_ignore_ascii_case(needle))
}

#[cfg(test)]
mod tests {
    use super::contains;

    #[test]
    fn case_does_not_matter() {
        assert!(contains("/Orders/v1", "orders"));
        assert!(contains("GRÜN", "grün"));
        assert!(!contains("GET", "post"));
        assert!(!contains("", "a"));
    }
}

//! Which rows a pane asks for, and what it gets: never more than it shows.

use super::{Member, Row, Search};

/// Where a window begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// The newest rows (follow).
    End,
    /// The first row shown is the first that matches from this `seq` on.
    Seq(u64),
    /// The first row shown is this one of those that match, from 0 (the oldest that is listed).
    Index(usize),
}

/// What to show.
#[derive(Clone, Copy, Debug)]
pub struct Query<'a> {
    /// Only what this search found.
    pub search: Option<&'a Search>,
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
    /// How many are listed up to `until`, matching or not.
    pub of: usize,
    /// All of them have been looked at.
    pub whole: bool,
    /// Where the calls of a request are together: of each of the rows, which it is of.
    pub members: Vec<Member>,
    /// Numbers of the rows that are not all there: the rest is in the session's file ([`super::Capture::read_rows`]).
    pub unread: Vec<u64>,
}

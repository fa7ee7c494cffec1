//! Where a filter is wrong, and what would be right.

use std::ops::Range;

use crate::domain::task::Problem;

/// A mistake in the text of a filter.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what}")]
pub struct FilterError {
    /// What is wrong.
    pub what: String,
    /// What to write instead.
    pub help: Option<String>,
    /// The bytes of the text that are wrong; empty at the text's end where something is missing.
    pub span: Range<usize>,
}

impl FilterError {
    pub(super) fn new(span: Range<usize>, what: impl Into<String>) -> Self {
        Self { what: what.into(), help: None, span }
    }

    pub(super) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// The first wrong character, counted from 1 as people count.
    pub fn character(&self, text: &str) -> usize {
        text.char_indices().take_while(|(at, _)| *at < self.span.start).count() + 1
    }

    /// The problem for a command's user.
    pub fn problem(&self, text: &str) -> Problem {
        let problem = Problem::usage(format!("the filter is wrong: {}", self.what))
            .at(format!("{text:?}, character {}", self.character(text)));
        match &self.help {
            Some(help) => problem.help(help.clone()),
            None => problem,
        }
    }
}

//! Whether a plugin answers today as it did when it was recorded: what differs between two answers, path by path.
//!
//! Answers hold JSON and JWTs inside of text; those are compared by what they say. What is new with every call (when a
//! token was issued, when it expires) is left out of account, and counted; so is when a session ends, where that is as long
//! after its call as it was then. What is sent may be edited before.

mod differences;
mod edited;
mod inner;
mod moments;

pub use differences::{Compared, Difference, compare};
pub use edited::{EditError, editable, taken};
pub use inner::{shown, unfolded};
pub use moments::{Moments, Span};

use super::json::Path;

/// Names whose values are new with every call.
pub const IGNORED: [&str; 3] = ["iat", "exp", "lastUpdated"];

/// What is left out of account: a name wherever it is, or a path, with all below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ignore(Vec<Path>);

impl Ignore {
    /// [`IGNORED`], and these.
    pub fn new(more: &[Path]) -> Self {
        let always = IGNORED.map(|name| Path::default().key(name));
        Self(always.into_iter().chain(more.iter().cloned()).collect())
    }

    /// Everything counts.
    pub fn nothing() -> Self {
        Self(Vec::new())
    }

    /// Whether one of them is a part of this path.
    fn covers(&self, path: &Path) -> bool {
        let steps = path.steps();
        self.0.iter().any(|ignored| {
            let ignored = ignored.steps();
            !ignored.is_empty() && steps.windows(ignored.len()).any(|part| part == ignored)
        })
    }
}

#[cfg(test)]
mod tests;

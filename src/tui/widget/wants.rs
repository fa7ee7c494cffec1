//! What a field takes, checked while it is typed.

use regex::Regex;

use crate::domain::bundle;
use crate::domain::task::Severity;

/// What is wanted in a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Wants {
    /// Any text.
    #[default]
    Anything,
    /// An index, from 0.
    Index,
    /// A regular expression of Go's.
    Regex,
    /// A file of a bundle, as `file_list` names it.
    File,
}

impl Wants {
    /// What is wrong with a text; an error where it cannot be taken. Nothing typed yet is no mistake.
    pub(crate) fn check(self, text: &str) -> Option<(Severity, String)> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        match self {
            Self::Anything => None,
            Self::Index => text
                .parse::<u32>()
                .err()
                .map(|_| (Severity::Error, format!("`{text}` is no index: 0, 1, 2, …"))),
            // Ours is not quite Go's, so this is no verdict.
            Self::Regex => Regex::new(text).err().map(|error| {
                let said = error.to_string();
                let last = said.lines().last().unwrap_or_default();
                (Severity::Warning, last.trim_start_matches("error: ").to_owned())
            }),
            Self::File => {
                let (_, error) = bundle::entries(&[text]).err()?;
                Some((Severity::Error, error.to_string()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_are_said_and_what_is_not_sure_is_taken() {
        let grave = |wants: Wants, text| wants.check(text).map(|(severity, _)| severity);
        assert_eq!(grave(Wants::Index, "3"), None);
        assert_eq!(grave(Wants::Index, "-1"), Some(Severity::Error));
        assert_eq!(grave(Wants::Index, " "), None);
        assert_eq!(grave(Wants::Regex, "^[a-z]+$"), None);
        assert_eq!(
            Wants::Regex.check("(a"),
            Some((Severity::Warning, "unclosed group".to_owned()))
        );
        assert_eq!(grave(Wants::File, "vendor/a.py"), None);
        assert_eq!(grave(Wants::File, "../a.py"), Some(Severity::Error));
        assert_eq!(grave(Wants::File, "manifest.json"), Some(Severity::Error));
        assert_eq!(grave(Wants::Anything, "("), None);
    }
}

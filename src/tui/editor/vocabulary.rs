//! What a kind of document may hold: its keys with what they mean, and the values that they take.

use crate::domain::json::{Path, Step, folds_to};

/// A key that readers of the document know.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    /// As it is written.
    pub(crate) name: &'static str,
    /// What it means, in one line.
    pub(crate) about: &'static str,
    /// What it takes.
    pub(crate) takes: Takes,
}

impl Word {
    /// A key.
    pub(crate) const fn new(name: &'static str, takes: Takes, about: &'static str) -> Self {
        Self { name, about, takes }
    }
}

/// What a key takes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Takes {
    /// Any text.
    Text,
    /// A number.
    Number,
    /// `true` or `false`.
    Switch,
    /// One of these texts, each with what it means.
    OneOf(fn() -> Vec<(&'static str, &'static str)>),
    /// An object with these keys.
    Object(&'static [Word]),
    /// A list of these.
    List(&'static Takes),
    /// An object whose keys are names that one gives; some are known, each with what it means.
    Map(fn() -> Vec<(&'static str, &'static str)>, &'static Takes),
    /// An object with whatever is in it.
    Anything,
}

impl Takes {
    /// An empty value of it, and how many bytes before its end one goes on typing.
    pub(super) fn blank(self) -> (&'static str, usize) {
        match self {
            Self::Text | Self::OneOf(_) => ("\"\"", 1),
            Self::Number => ("0", 0),
            Self::Switch => ("true", 0),
            Self::Object(_) | Self::Map(..) | Self::Anything => ("{}", 1),
            Self::List(_) => ("[]", 1),
        }
    }
}

/// The word of a key; keys count in any case, as Go's decoder reads them.
pub(super) fn word(words: &[Word], key: &str) -> Option<Word> {
    words.iter().find(|word| folds_to(key, word.name)).copied()
}

/// The words of an object: its keys, of a map those that are known.
pub(super) fn words(takes: Takes) -> Vec<Word> {
    match takes {
        Takes::Object(words) => words.to_vec(),
        Takes::Map(names, inner) => {
            names().into_iter().map(|(name, about)| Word::new(name, *inner, about)).collect()
        }
        _ => Vec::new(),
    }
}

/// What the last key of a path means, in a document with these keys.
pub(crate) fn about(keys: &'static [Word], path: &Path) -> Option<&'static str> {
    let (holder, last) = path.split_last()?;
    let Step::Key(key) = last else { return None };
    let holder = expected(keys, &holder)?;
    word(&words(holder), key).map(|word| word.about)
}

/// What is expected at a path of a document with these keys.
pub(super) fn expected(words: &'static [Word], path: &Path) -> Option<Takes> {
    let root = Takes::Object(words);
    path.steps().iter().try_fold(root, |takes, step| match (takes, step) {
        (Takes::Object(words), Step::Key(key)) => word(words, key).map(|word| word.takes),
        (Takes::List(inner), Step::Index(_)) | (Takes::Map(_, inner), Step::Key(_)) => Some(*inner),
        _ => None,
    })
}

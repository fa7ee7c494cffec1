//! What a rule found.

use crate::domain::json::{Edit, Path, Place};
use crate::domain::task::Severity;

/// Something that a rule found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule's id.
    pub rule: &'static str,
    /// How grave, here.
    pub severity: Severity,
    /// The file, as the facts name it.
    pub file: String,
    /// Where in the file; `None` where it is about the whole of it.
    pub place: Option<Place>,
    /// The path to the value, in a JSON or YAML document.
    pub path: Option<Path>,
    /// What is wrong, and what to write instead.
    pub message: String,
    /// How to mend it.
    pub fix: Option<Fix>,
}

impl Finding {
    /// The order in which findings are shown: by file, then by place.
    pub fn by_place(&self, other: &Self) -> std::cmp::Ordering {
        let key = |it: &Self| (it.place.map(|place| (place.line, place.column)), it.rule);
        self.file.cmp(&other.file).then_with(|| key(self).cmp(&key(other)))
    }
}

/// A change that mends what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in a few words: `set custom_plugin_auth_enabled`.
    pub title: String,
    /// The file that it changes, as the facts name it.
    pub file: String,
    /// Edits of that file's text as it was looked at: from the last to the first, none overlapping.
    pub edits: Vec<Edit>,
    /// Whether it surely does what was meant. What rests on a guess is applied where somebody asks for this one, and
    /// never together with others.
    pub sure: bool,
}

impl Fix {
    /// A fix of one edit.
    pub fn one(title: impl Into<String>, file: impl Into<String>, edit: Edit) -> Self {
        Self { title: title.into(), file: file.into(), edits: vec![edit], sure: true }
    }

    /// The same, as a guess at what was meant.
    #[must_use]
    pub fn guessed(self) -> Self {
        Self { sure: false, ..self }
    }

    /// The text after it.
    pub fn apply(&self, source: &[u8]) -> Vec<u8> {
        self.edits.iter().fold(source.to_vec(), |text, edit| edit.apply(&text))
    }
}

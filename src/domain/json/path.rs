//! Paths into a document: dotted (`custom_middleware.pre[0].name`) and JSON Pointer (`/custom_middleware/pre/0/name`).

use std::fmt;
use std::str::FromStr;

use super::text::{quote, unquote};

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// To a member.
    Key(String),
    /// To an element, from 0.
    Index(usize),
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(key) => f.write_str(key),
            Self::Index(index) => write!(f, "{index}"),
        }
    }
}

/// A path into a document; empty, it is the root.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Path(Vec<Step>);

impl Path {
    /// From its steps.
    pub fn new(steps: Vec<Step>) -> Self {
        Self(steps)
    }

    /// Its steps.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// The path one key further.
    #[must_use]
    pub fn key(&self, key: impl Into<String>) -> Self {
        self.with(Step::Key(key.into()))
    }

    /// The path one index further.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.with(Step::Index(index))
    }

    /// The path one step further.
    #[must_use]
    pub fn then(&self, step: &Step) -> Self {
        self.with(step.clone())
    }

    fn with(&self, step: Step) -> Self {
        Self(self.0.iter().cloned().chain([step]).collect())
    }

    /// The path without its last step, and that step.
    pub fn split_last(&self) -> Option<(Self, &Step)> {
        self.0.split_last().map(|(last, steps)| (Self(steps.to_vec()), last))
    }

    /// Reads a path as people give it: one that begins with `/` is a JSON Pointer, any other is dotted.
    pub fn parse_any(text: &str) -> Result<Self, PathError> {
        match Self::pointer(text) {
            Some(path) if !text.is_empty() => Ok(path),
            _ => text.parse(),
        }
    }

    /// Reads a JSON Pointer (RFC 6901); `None` where it is none. A step of digits is an index, which also finds a
    /// member of that name.
    pub fn pointer(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self::default());
        }
        let steps = text.strip_prefix('/')?.split('/');
        Some(Self(
            steps
                .map(|step| match step_of(step) {
                    Step::Key(key) => Step::Key(key.replace("~1", "/").replace("~0", "~")),
                    index @ Step::Index(_) => index,
                })
                .collect(),
        ))
    }

    /// Writes it as a JSON Pointer.
    pub fn to_pointer(&self) -> String {
        let step = |step: &Step| match step {
            Step::Key(key) => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
            Step::Index(index) => format!("/{index}"),
        };
        self.0.iter().map(step).collect()
    }
}

/// Dotted; a key that is not letters, digits, `_`, `-` and `$` is written `["…"]`, the root is `.`.
impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str(".");
        }
        for (at, step) in self.0.iter().enumerate() {
            match step {
                Step::Index(index) => write!(f, "[{index}]")?,
                Step::Key(key) if is_plain(key) && at == 0 => f.write_str(key)?,
                Step::Key(key) if is_plain(key) => write!(f, ".{key}")?,
                Step::Key(key) => write!(f, "[{}]", quote(key))?,
            }
        }
        Ok(())
    }
}

fn is_plain(key: &str) -> bool {
    !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '$'))
}

/// A dotted path that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a path such as custom_middleware.pre[0].name: {0}")]
pub struct PathError(String);

/// Dotted. A key that holds a dot or a bracket is quoted, `a."b.c"` or `a["b.c"]`; an index is `a[0]` or `a.0`, which
/// also finds a member of that name.
impl FromStr for Path {
    type Err = PathError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || PathError(text.to_owned());
        let mut steps = Vec::new();
        let mut rest = if text == "." { "" } else { text };
        while !rest.is_empty() {
            if rest.starts_with("[\"") {
                let (key, after) = quoted_key(&rest[1..]).ok_or_else(error)?;
                steps.push(Step::Key(key));
                rest = after.strip_prefix(']').ok_or_else(error)?;
            } else if let Some(index) = rest.strip_prefix('[') {
                let (digits, after) = index.split_once(']').ok_or_else(error)?;
                steps.push(Step::Index(digits.parse().map_err(|_| error())?));
                rest = after;
            } else {
                let key = match (steps.is_empty(), rest.strip_prefix('.')) {
                    (true, None) => rest,
                    (false, Some(key)) => key,
                    _ => return Err(error()),
                };
                let (step, after) = dotted_step(key).ok_or_else(error)?;
                steps.push(step);
                rest = after;
            }
        }
        Ok(Self(steps))
    }
}

/// The step that a text begins with, and what follows it.
fn dotted_step(text: &str) -> Option<(Step, &str)> {
    if text.starts_with('"') {
        return quoted_key(text).map(|(key, after)| (Step::Key(key), after));
    }
    let (key, after) = text.split_at(text.find(['.', '[']).unwrap_or(text.len()));
    (!key.is_empty() && !key.contains(['"', ']'])).then(|| (step_of(key), after))
}

/// A step of digits is an index.
fn step_of(text: &str) -> Step {
    match text.parse() {
        Ok(index) if text == "0" || !text.starts_with(['0', '+']) => Step::Index(index),
        _ => Step::Key(text.to_owned()),
    }
}

/// The quoted key that a text begins with, and what follows its closing quote.
fn quoted_key(text: &str) -> Option<(String, &str)> {
    let end = closing_quote(&text[1..])? + 2;
    Some((unquote(&text.as_bytes()[..end]), &text[end..]))
}

/// The index of the quote that ends a string whose opening quote has been taken.
fn closing_quote(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.bytes().position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dotted_paths_come_back() {
        for text in
            [".", "a", "custom_middleware.pre[0].name", "[0][1].x", "a[\"b.c\"].d", "[\"q\\\"]\"]"]
        {
            let path: Path = text.parse().unwrap();
            assert_eq!(path.to_string(), text);
        }
        for text in ["a..b", "a[", "a[x]", ".a", "a.", "[\"x]"] {
            assert!(text.parse::<Path>().is_err(), "{text}");
        }
    }

    #[test]
    fn paths_are_read_as_people_give_them() {
        let steps = |text: &str| Path::parse_any(text).unwrap().to_string();
        assert_eq!(steps("a.\"b.c\".d"), "a[\"b.c\"].d");
        assert_eq!(steps("\"a.b\"[0]"), "[\"a.b\"][0]");
        assert_eq!(steps("pre.0.name"), "pre[0].name");
        assert_eq!(steps("paths./pets/{id}.get"), "paths[\"/pets/{id}\"].get");
        assert_eq!(steps("/a/0/b.c"), "a[0][\"b.c\"]");
        assert_eq!(steps(""), ".");
        for text in ["a.\"b", "a.b\"c", "a]", "a.\"b\"c"] {
            assert!(Path::parse_any(text).is_err(), "{text}");
        }
    }

    #[test]
    fn pointers_come_back() {
        for text in ["", "/a/0/b", "/a~1b/~0c", "/01"] {
            assert_eq!(Path::pointer(text).unwrap().to_pointer(), text);
        }
        assert!(Path::pointer("a").is_none());
    }
}

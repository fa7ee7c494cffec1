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

    pub(super) fn with_step(&self, step: &Step) -> Self {
        self.with(step.clone())
    }

    fn with(&self, step: Step) -> Self {
        Self(self.0.iter().cloned().chain([step]).collect())
    }

    /// The path without its last step, and that step.
    pub fn split_last(&self) -> Option<(Self, &Step)> {
        self.0.split_last().map(|(last, steps)| (Self(steps.to_vec()), last))
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
                .map(|step| match step.parse() {
                    Ok(index) if step == "0" || !step.starts_with(['0', '+']) => Step::Index(index),
                    _ => Step::Key(step.replace("~1", "/").replace("~0", "~")),
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

impl FromStr for Path {
    type Err = PathError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || PathError(text.to_owned());
        let mut steps = Vec::new();
        let mut rest = if text == "." { "" } else { text };
        while !rest.is_empty() {
            if let Some(quoted) = rest.strip_prefix("[\"") {
                let end = closing_quote(quoted).ok_or_else(error)?;
                // From the bracket on: `["`, the text, `"`.
                steps.push(Step::Key(unquote(&rest.as_bytes()[1..end + 3])));
                rest = quoted[end + 1..].strip_prefix(']').ok_or_else(error)?;
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
                let end = key.find(['.', '[']).unwrap_or(key.len());
                if !is_plain(&key[..end]) {
                    return Err(error());
                }
                steps.push(Step::Key(key[..end].to_owned()));
                rest = &key[end..];
            }
        }
        Ok(Self(steps))
    }
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
    fn pointers_come_back() {
        for text in ["", "/a/0/b", "/a~1b/~0c", "/01"] {
            assert_eq!(Path::pointer(text).unwrap().to_pointer(), text);
        }
        assert!(Path::pointer("a").is_none());
    }
}

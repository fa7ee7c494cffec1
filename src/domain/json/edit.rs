//! Edits of a document's text that change nothing else: one span replaced by one text.

use std::ops::Range;

use serde_json::Value as Json;

use super::document::{Document, Kind, Value};
use super::format::{Style, gap_before, keeps_to_one_line, line_indent};
use super::path::{Path, Step};

/// A change of a text: these bytes become that text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes that go; empty where something is only inserted.
    pub span: Range<usize>,
    /// What takes their place.
    pub text: String,
}

impl Edit {
    /// The one edit that makes the new text of the old one.
    pub fn between(old: &str, new: &str) -> Self {
        let pairs = old.char_indices().zip(new.chars());
        let head = pairs.take_while(|((_, a), b)| a == b).last();
        let start = head.map_or(0, |((at, c), _)| at + c.len_utf8());
        let ends = old[start..].chars().rev().zip(new[start..].chars().rev());
        let tail: usize = ends.take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum();
        Self { span: start..old.len() - tail, text: new[start..new.len() - tail].to_owned() }
    }

    /// The text after the edit.
    pub fn apply(&self, source: &[u8]) -> Vec<u8> {
        let (before, after) = (&source[..self.span.start], &source[self.span.end..]);
        [before, self.text.as_bytes(), after].concat()
    }

    /// The text after the edit, for a text that is UTF-8, as the document's was.
    pub fn apply_to(&self, source: &str) -> String {
        let (before, after) = (&source[..self.span.start], &source[self.span.end..]);
        [before, &self.text, after].concat()
    }

    /// True where it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.span.is_empty() && self.text.is_empty()
    }
}

/// An edit that the document has no place for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// Nothing is at the path.
    #[error("nothing at {0}")]
    Absent(Path),
    /// What is at the path is not what the edit needs.
    #[error("{path} is {found}, not {needed}")]
    Unfit {
        /// Where.
        path: Path,
        /// What is there.
        found: &'static str,
        /// What the edit needs.
        needed: &'static str,
    },
    /// YAML has places where a change would change something else: what an alias stands for, for one.
    #[error(
        "this YAML cannot be edited there without a change to something else: convert it to JSON first, or use an editor"
    )]
    Unwritable,
}

impl Document {
    /// Sets the value at a path. A member that is absent is added at its object's end, with the objects that lead to
    /// it; an index one past a list's end appends, and so does `-`. The new value is laid out as the rest of the document is. A string,
    /// boolean or null that is there already keeps its spelling.
    pub fn set(&self, path: &Path, value: &Json) -> Result<Edit, EditError> {
        let mut here = self.root();
        let mut walked = Path::default();
        for (at, step) in path.steps().iter().enumerate() {
            let next = walked.then(step);
            match self.at(&next) {
                Some(found) => {
                    here = found;
                    walked = next;
                }
                None => return self.add(here, &walked, &path.steps()[at..], value),
            }
        }
        Ok(self.replace(here, value))
    }

    /// Inserts an element into a list before an index; the list's length appends.
    pub fn insert(&self, list: &Path, index: usize, value: &Json) -> Result<Edit, EditError> {
        let container = self.container(list, Kind::Array)?;
        if index > container.children().count() {
            return Err(EditError::Absent(list.index(index)));
        }
        Ok(self.insert_at(container, index, None, value))
    }

    /// Inserts a member into an object before its member number `index`; past the last one it is appended.
    pub fn insert_member(
        &self,
        object: &Path,
        index: usize,
        key: &str,
        value: &Json,
    ) -> Result<Edit, EditError> {
        let container = self.container(object, Kind::Object)?;
        Ok(self.insert_at(container, index.min(container.children().count()), Some(key), value))
    }

    /// Removes a member or an element, with its comma; of members with one key the last.
    pub fn remove(&self, path: &Path) -> Result<Edit, EditError> {
        let value = self.at(path).ok_or_else(|| EditError::Absent(path.clone()))?;
        self.remove_value(value)
    }

    /// Removes this member or element, with its comma, also where a later member has the same key.
    pub fn remove_value(&self, value: Value<'_>) -> Result<Edit, EditError> {
        let Some(parent) = value.parent() else {
            let (found, needed) = (value.kind().word(), "a member or an element");
            return Err(EditError::Unfit { path: value.path(), found, needed });
        };
        let whole = value.whole_span();
        let mut siblings = parent.children();
        let mut previous = None;
        for sibling in siblings.by_ref() {
            if sibling.whole_span() == whole {
                break;
            }
            previous = Some(sibling);
        }
        let span = match (previous, siblings.next()) {
            (_, Some(next)) => whole.start..next.whole_span().start,
            (Some(previous), None) => previous.span().end..whole.end,
            (None, None) => parent.span().start + 1..parent.span().end - 1,
        };
        Ok(Edit { span, text: String::new() })
    }

    /// Gives a member of this document another key.
    pub fn rename(&self, member: Value<'_>, key: &str) -> Result<Edit, EditError> {
        let span = member.key_span().ok_or_else(|| EditError::Unfit {
            path: member.path(),
            found: "an element",
            needed: "a member",
        })?;
        Ok(Edit { span, text: Json::from(key).to_string() })
    }

    /// Changes an element's place with the one behind it; each keeps its spelling and layout.
    pub fn swap(&self, list: &Path, index: usize) -> Result<Edit, EditError> {
        let container = self.container(list, Kind::Array)?;
        let element = |at| container.element(at).ok_or_else(|| EditError::Absent(list.index(at)));
        let (one, other) = (element(index)?, element(index + 1)?);
        let between = &self.source()[one.span().end..other.span().start];
        let text = [other.raw(), between, one.raw()].concat();
        let text = String::from_utf8(text).map_err(|_| EditError::Unwritable)?;
        Ok(Edit { span: one.span().start..other.span().end, text })
    }

    /// Puts the member `inner` of an object in the object's place, under another key: its text stays, less deep by
    /// as much as it was indented more.
    pub fn lift(&self, object: &Path, inner: &str, key: &str) -> Result<Edit, EditError> {
        let old = self.container(object, Kind::Object)?;
        let value = old.member(inner).ok_or_else(|| EditError::Absent(object.key(inner)))?;
        let Some(old_key) = old.key_span() else {
            let (found, needed) = ("an element", "a member");
            return Err(EditError::Unfit { path: object.clone(), found, needed });
        };
        let source = self.source();
        let outer = line_indent(source, old.whole_span().start);
        let deeper = line_indent(source, value.whole_span().start);
        let extra = deeper.strip_prefix(outer.as_str()).unwrap_or_default();
        let text = String::from_utf8_lossy(value.raw());
        let text = text.replace(&format!("\n{outer}{extra}"), &format!("\n{outer}"));
        let colon = String::from_utf8_lossy(&source[old_key.end..old.span().start]);
        Ok(Edit { span: old.whole_span(), text: format!("{}{colon}{text}", Json::from(key)) })
    }

    fn container(&self, path: &Path, kind: Kind) -> Result<Value<'_>, EditError> {
        let value = self.at(path).ok_or_else(|| EditError::Absent(path.clone()))?;
        if value.kind() == kind {
            return Ok(value);
        }
        let (found, needed) = (value.kind().word(), kind.word());
        Err(EditError::Unfit { path: path.clone(), found, needed })
    }

    fn replace(&self, old: Value<'_>, value: &Json) -> Edit {
        let same = match value {
            Json::String(text) => old.string().as_ref() == Some(text),
            Json::Bool(truth) => old.bool() == Some(*truth),
            Json::Null => old.kind() == Kind::Null,
            _ => false,
        };
        if same {
            return Edit { span: old.span().end..old.span().end, text: String::new() };
        }
        let style = Style::of(self);
        let inline = !style.multiline || keeps_to_one_line(old);
        let indent = line_indent(self.source(), old.whole_span().start);
        Edit { span: old.span(), text: style.write(value, &indent, inline) }
    }

    /// Adds what is missing below `here`; `null` there counts as an empty container.
    fn add(
        &self,
        here: Value<'_>,
        path: &Path,
        missing: &[Step],
        value: &Json,
    ) -> Result<Edit, EditError> {
        let Some((first, rest)) = missing.split_first() else {
            return Ok(self.replace(here, value));
        };
        let mut inner = value.clone();
        for step in rest.iter().rev() {
            inner = match step {
                Step::Key(key) => Json::Object([(key.clone(), inner)].into_iter().collect()),
                Step::Index(0) => Json::Array(vec![inner]),
                Step::Index(_) => return Err(EditError::Absent(Path::new(missing.to_vec()))),
            };
        }
        match (here.kind(), first) {
            (Kind::Object, Step::Key(key)) => self.insert_member(path, usize::MAX, key, &inner),
            (Kind::Object, Step::Index(index)) => {
                self.insert_member(path, usize::MAX, &index.to_string(), &inner)
            }
            (Kind::Array, Step::Index(index)) => self.insert(path, *index, &inner),
            // RFC 6901's name for the element behind the last one.
            (Kind::Array, Step::Key(key)) if key == "-" => {
                self.insert(path, here.children().count(), &inner)
            }
            (Kind::Null, Step::Key(key)) => {
                let object = Json::Object([(key.clone(), inner)].into_iter().collect());
                Ok(self.replace(here, &object))
            }
            (Kind::Null, Step::Index(0)) => Ok(self.replace(here, &Json::Array(vec![inner]))),
            (_, step) => Err(EditError::Unfit {
                path: path.clone(),
                found: here.kind().word(),
                needed: if matches!(step, Step::Key(_)) { "an object" } else { "a list" },
            }),
        }
    }

    fn insert_at(
        &self,
        container: Value<'_>,
        index: usize,
        key: Option<&str>,
        value: &Json,
    ) -> Edit {
        let style = Style::of(self);
        let item = |indent: &str, inline| match key {
            Some(key) => style.member(key, value, indent, inline),
            None => style.write(value, indent, inline),
        };
        let outer = line_indent(self.source(), container.whole_span().start);
        let children: Vec<_> = container.children().collect();
        let Some(neighbour) = children.get(index).or(children.last()) else {
            let span = container.span().start + 1..container.span().end - 1;
            if !style.multiline {
                return Edit { span, text: item(&outer, true) };
            }
            let newline = style.newline;
            let inner = format!("{outer}{}", style.unit);
            let text = format!("{newline}{inner}{}{newline}{outer}", item(&inner, false));
            return Edit { span, text };
        };
        let mut gap = gap_before(*neighbour);
        let broken = gap.contains('\n');
        if !broken && (index == 0 || children.len() == 1) {
            gap = children
                .get(1)
                .map_or_else(|| style.comma[1..].to_owned(), |next| gap_before(*next));
        }
        let indent = if broken { gap.rsplit('\n').next().unwrap_or_default() } else { &outer };
        let item = item(indent, !broken || !style.multiline);
        if index < children.len() {
            let at = neighbour.whole_span().start;
            Edit { span: at..at, text: format!("{item},{gap}") }
        } else {
            let at = neighbour.span().end;
            Edit { span: at..at, text: format!(",{gap}{item}") }
        }
    }
}

#[cfg(test)]
mod tests;

//! Edits of the text: each is tried on a copy, and counts where the copy's values are those that were wanted.

use std::ops::Range;

use serde_json::Value as Json;

use super::reader::after_colon;
use super::write::{Layout, inline};
use super::{Form, Node, Yaml};
use crate::domain::json::{Document, Edit, EditError, Kind, Path, Step, Trailing, Value};

impl Yaml {
    /// Sets the value at a path, as [`Document::set`] does.
    pub fn set(&self, path: &Path, value: &Json) -> Result<Edit, EditError> {
        let wanted = self.document.set(path, value)?;
        if wanted.is_empty() {
            return Ok(Edit { span: 0..0, text: String::new() });
        }
        let mut here = self.document.root();
        let mut walked = Path::default();
        let mut missing = path.steps();
        while let Some((step, rest)) = missing.split_first() {
            let next = walked.then(step);
            let Some(found) = self.document.at(&next) else { break };
            (here, walked, missing) = (found, next, rest);
        }
        let edit = match missing.split_first() {
            None => self.replace(here, value),
            Some((step, rest)) => self.add(here, step, &nested(rest, value)),
        };
        self.tried(edit, &wanted)
    }

    /// Inserts an element into a list before an index; the list's length appends.
    pub fn insert(&self, list: &Path, index: usize, value: &Json) -> Result<Edit, EditError> {
        let wanted = self.document.insert(list, index, value)?;
        let container = self.document.at(list).ok_or_else(|| EditError::Absent(list.clone()))?;
        self.tried(self.insert_item(container, index, value), &wanted)
    }

    /// Removes a member or an element.
    pub fn remove(&self, path: &Path) -> Result<Edit, EditError> {
        let wanted = self.document.remove(path)?;
        let value = self.document.at(path).ok_or_else(|| EditError::Absent(path.clone()))?;
        self.tried(self.take_out(value), &wanted)
    }

    /// Gives a member another key, in the quotes of the old one.
    pub fn rename(&self, member: Value<'_>, key: &str) -> Result<Edit, EditError> {
        let wanted = self.document.rename(member, key)?;
        let edit = self.node(member).key.map(|(start, end)| {
            let form = match self.source.get(start) {
                Some(b'"') => Form::Double,
                Some(b'\'') => Form::Single,
                _ => Form::Plain,
            };
            let text = inline(&Json::from(key), form, self.is_in_flow(member));
            Edit { span: start..end, text }
        });
        self.tried(edit, &wanted)
    }

    /// Puts the only member `inner` of an object in the object's place, under another key: its text stays.
    pub fn lift(&self, object: &Path, inner: &str, key: &str) -> Result<Edit, EditError> {
        let wanted = self.document.lift(object, inner, key)?;
        let old = self.document.at(object);
        let edit = old.and_then(|old| {
            let (start, key_end) = self.node(old).key?;
            let value = old.member(inner)?;
            let (_, inner_end) = self.node(value).key?;
            let (node, text) = (self.node(old), self.text());
            if node.form == Form::Flow {
                let value = self.node(value);
                let text =
                    format!("{key}{}{}", &text[key_end..node.start], &text[value.start..value.end]);
                return Some(Edit { span: start..node.end, text });
            }
            // A list in lines may be as deep as it likes.
            Some(Edit { span: start..after_colon(text, inner_end), text: format!("{key}:") })
        });
        self.tried(edit, &wanted)
    }

    /// Changes an element's place with the one behind it. In lines, the comments above an element and inside it go with
    /// it; in brackets nobody knows whose a comment is, so there must be none.
    pub fn swap(&self, list: &Path, index: usize) -> Result<Edit, EditError> {
        let wanted = self.document.swap(list, index)?;
        let element = |at| self.document.at(&list.index(at));
        let edit = element(index).zip(element(index + 1)).and_then(|(one, other)| {
            let flow = one.parent().is_some_and(|list| self.node(list).form == Form::Flow);
            let span = |value| {
                let node = self.node(value);
                if flow { Some(node.start..node.end) } else { self.lines_of(value, node) }
            };
            let (one, other) = (span(one)?, span(other)?);
            let text = self.text();
            let (between, behind) =
                (text.get(one.end..other.start)?, text.get(other.end..self.line_end(other.end))?);
            let inside = behind.split(']').next().unwrap_or_default();
            if flow && (between.contains('#') || inside.contains('#')) {
                return None;
            }
            let text = format!("{}{between}{}", text.get(other.clone())?, text.get(one.clone())?);
            Some(Edit { span: one.start..other.end, text })
        });
        self.tried(edit, &wanted)
    }

    /// The whole lines of an element, its comments with them: those above it that begin where its dash stands, and those
    /// below it that are deeper.
    fn lines_of(&self, element: Value<'_>, node: Node) -> Option<Range<usize>> {
        let dash = self.dash(element)?;
        let column = dash - self.line_start(dash);
        let mut start = self.line_start(dash);
        if !self.source[start..dash].iter().all(u8::is_ascii_whitespace) {
            // It shares its line with the dash of an outer list.
            return None;
        }
        while start > 0 && self.comment(self.line_start(start - 1)) == Some(column) {
            start = self.line_start(start - 1);
        }
        // The text of a scalar in lines ends where the next line begins.
        let value = &self.source[..node.end.max(dash + 1)];
        let last = value.iter().rposition(|byte| !byte.is_ascii_whitespace())?;
        let mut end = self.line_end(last + 1);
        loop {
            let next = self.next_line(end);
            match self.comment(next) {
                Some(deeper) if next > end && deeper > column => end = self.line_end(next),
                _ => return Some(start..end),
            }
        }
    }

    /// The column of the comment that a line, which begins there, is; `None` where it is none.
    fn comment(&self, line: usize) -> Option<usize> {
        let text = self.source.get(line..self.line_end(line.min(self.source.len())))?;
        let column = text.iter().position(|byte| !byte.is_ascii_whitespace())?;
        (text[column] == b'#').then_some(column)
    }

    /// The edit, where it makes of this text one with the wanted values.
    fn tried(&self, edit: Option<Edit>, wanted: &Edit) -> Result<Edit, EditError> {
        let wanted = Document::parse(wanted.apply(self.document.source()), Trailing::Refused);
        let good = edit.filter(|edit| {
            let copy = Self::parse(edit.apply(&self.source));
            copy.is_ok_and(|copy| wanted.as_ref().is_ok_and(|wanted| same(&copy.document, wanted)))
        });
        good.ok_or(EditError::Unwritable)
    }

    fn replace(&self, old: Value<'_>, value: &Json) -> Option<Edit> {
        let node = self.node(old);
        let flow = self.is_in_flow(old);
        if flow
            || (is_scalar(value) && matches!(node.form, Form::Plain | Form::Single | Form::Double))
        {
            let gap = if node.form == Form::Empty { " " } else { "" };
            let text = format!("{gap}{}", inline(value, node.form, flow));
            return Some(Edit { span: node.start..node.end, text });
        }
        let Some(parent) = old.parent() else {
            let text = self.layout().lines(value, "");
            return Some(Edit { span: node.start..node.end, text });
        };
        let layout = self.layout();
        if parent.kind() == Kind::Object {
            let (key_start, key_end) = node.key?;
            let text = layout.after_colon(value, &self.indent(key_start));
            return Some(Edit { span: after_colon(self.text(), key_end)..node.end, text });
        }
        let dash = self.dash(old)?;
        Some(Edit { span: dash..node.end, text: layout.item(value, &self.indent(dash)) })
    }

    fn add(&self, container: Value<'_>, step: &Step, value: &Json) -> Option<Edit> {
        match (container.kind(), step) {
            (Kind::Object, Step::Key(key)) => self.insert_member(container, key, value),
            (Kind::Object, Step::Index(index)) => {
                self.insert_member(container, &index.to_string(), value)
            }
            (Kind::Array, Step::Index(index)) => self.insert_item(container, *index, value),
            (Kind::Array, Step::Key(key)) if key == "-" => {
                self.insert_item(container, container.children().count(), value)
            }
            (Kind::Null, step) => {
                self.replace(container, &nested(std::slice::from_ref(step), value))
            }
            _ => None,
        }
    }

    fn insert_member(&self, container: Value<'_>, key: &str, value: &Json) -> Option<Edit> {
        let node = self.node(container);
        let Some(last) = container.children().last() else {
            let object = nested(&[Step::Key(key.to_owned())], value);
            return self.replace(container, &object);
        };
        if node.form == Form::Flow {
            let key = inline(&Json::from(key), self.node(last).form, true);
            return Some(
                self.behind(last, &format!("{key}: {}", inline(value, Form::Plain, true))),
            );
        }
        let first = container.children().next()?;
        let indent = self.indent(self.node(first).key?.0);
        Some(self.new_line(
            self.node(last).end,
            &indent,
            &self.layout().member(key, value, &indent),
        ))
    }

    fn insert_item(&self, container: Value<'_>, index: usize, value: &Json) -> Option<Edit> {
        let Some(last) = container.children().last() else {
            return self.replace(container, &Json::Array(vec![value.clone()]));
        };
        let before = container.element(index);
        if self.node(container).form == Form::Flow {
            let text = inline(value, Form::Plain, true);
            return Some(match before {
                None => self.behind(last, &text),
                Some(next) => {
                    let at = self.node(next).start;
                    Edit { span: at..at, text: format!("{text}, ") }
                }
            });
        }
        let layout = self.layout();
        let dash = self.dash(before.unwrap_or(last))?;
        let indent = self.indent(dash);
        let item = layout.item(value, &indent);
        if before.is_none() {
            return Some(self.new_line(self.node(last).end, &indent, &item));
        }
        Some(Edit { span: dash..dash, text: format!("{item}{}{indent}", layout.newline) })
    }

    fn take_out(&self, value: Value<'_>) -> Option<Edit> {
        let parent = value.parent()?;
        let node = self.node(value);
        let start = match (parent.kind(), self.node(parent).form) {
            (Kind::Object, _) => node.key?.0,
            (_, Form::Flow) => node.start,
            _ => self.dash(value)?,
        };
        let mut siblings = parent.children();
        let previous =
            siblings.by_ref().take_while(|other| other.ordinal() != value.ordinal()).last();
        let next = siblings.next();
        let cut = |span: Range<usize>| Some(Edit { span, text: String::new() });
        if previous.is_none() && next.is_none() {
            let empty = if parent.kind() == Kind::Object {
                Json::Object(serde_json::Map::new())
            } else {
                Json::Array(Vec::new())
            };
            return self.replace(parent, &empty);
        }
        let begin_of = |other: Value<'_>| match self.node(other).key {
            Some((start, _)) => Some(start),
            None if self.node(parent).form == Form::Flow => Some(self.node(other).start),
            None => self.dash(other),
        };
        if self.node(parent).form == Form::Flow {
            return match (previous, next) {
                (_, Some(next)) => cut(start..begin_of(next)?),
                (Some(previous), None) => cut(self.node(previous).end..node.end),
                (None, None) => None,
            };
        }
        let line = self.line_start(start);
        if self.source[line..start].iter().all(u8::is_ascii_whitespace) {
            return cut(line..self.next_line(node.end));
        }
        // It shares its line with a dash, which the next one takes over.
        cut(start..begin_of(next?)?)
    }

    /// Adds a line behind the one of a byte.
    fn new_line(&self, at: usize, indent: &str, text: &str) -> Edit {
        let end = self.line_end(at);
        let newline = self.layout().newline;
        Edit { span: end..end, text: format!("{newline}{indent}{text}") }
    }

    /// Adds an item behind the last one in brackets.
    fn behind(&self, last: Value<'_>, text: &str) -> Edit {
        let node = self.node(last);
        let start = node.key.map_or(node.start, |(start, _)| start);
        let before = &self.source[self.line_start(start)..start];
        let alone = before.iter().all(u8::is_ascii_whitespace);
        let gap = if alone {
            format!("{}{}", self.layout().newline, self.indent(start))
        } else {
            " ".to_owned()
        };
        Edit { span: node.end..node.end, text: format!(",{gap}{text}") }
    }

    fn is_in_flow(&self, value: Value<'_>) -> bool {
        std::iter::successors(value.parent(), |value| value.parent())
            .any(|parent| self.node(parent).form == Form::Flow)
    }

    /// The byte of an element's dash.
    fn dash(&self, element: Value<'_>) -> Option<usize> {
        let before = &self.source[..self.node(element).start];
        let dash = before.iter().rposition(|byte| !byte.is_ascii_whitespace())?;
        (before[dash] == b'-').then_some(dash)
    }

    /// As many spaces as stand before a byte in its line; dashes count.
    fn indent(&self, at: usize) -> String {
        " ".repeat(at - self.line_start(at))
    }

    fn line_start(&self, at: usize) -> usize {
        self.source[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1)
    }

    /// The byte at which the line of a byte ends, before its line break.
    fn line_end(&self, at: usize) -> usize {
        let rest = &self.source[at..];
        let end = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
        at + if rest[..end].ends_with(b"\r") { end - 1 } else { end }
    }

    fn next_line(&self, at: usize) -> usize {
        let rest = &self.source[at..];
        rest.iter().position(|byte| *byte == b'\n').map_or(self.source.len(), |end| at + end + 1)
    }

    fn layout(&self) -> Layout {
        let windows = self.source.windows(2).any(|pair| pair == b"\r\n");
        let indents = self.document.values().filter_map(|value| {
            let parent = self.node(value.parent()?);
            let (inner, outer) = (self.node(value).key?.0, parent.key?.0);
            let depth = |at| at - self.line_start(at);
            (parent.form == Form::Block).then(|| depth(inner).checked_sub(depth(outer)))?
        });
        let unit = indents.into_iter().find(|unit| *unit > 0).unwrap_or(2);
        Layout { unit: " ".repeat(unit), newline: if windows { "\r\n" } else { "\n" } }
    }

    fn text(&self) -> &str {
        // It was read as UTF-8.
        str::from_utf8(&self.source).unwrap_or_default()
    }
}

fn is_scalar(value: &Json) -> bool {
    !value.is_object() && !value.is_array()
}

/// A value in the collections that lead to it.
fn nested(steps: &[Step], value: &Json) -> Json {
    steps.iter().rev().fold(value.clone(), |inner, step| match step {
        Step::Key(key) => Json::Object([(key.clone(), inner)].into_iter().collect()),
        Step::Index(_) => Json::Array(vec![inner]),
    })
}

/// Whether two documents have the same values in the same order, numbers in the same spelling.
fn same(one: &Document, other: &Document) -> bool {
    let leaf = |value: Value<'_>| match value.kind() {
        Kind::Array | Kind::Object => None,
        Kind::String => value.string().map(String::into_bytes),
        _ => Some(value.raw().to_vec()),
    };
    let facts = |value: Value<'_>| {
        (value.kind(), value.key(), value.parent().map(Value::ordinal), leaf(value))
    };
    one.values().map(facts).eq(other.values().map(facts))
}

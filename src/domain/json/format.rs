//! How a document is laid out, so that what is added to it looks like the rest.

use std::collections::HashSet;

use serde_json::Value as Json;

use super::document::{Document, Kind, Value};

/// The layout of a document, read off what is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Style {
    /// False where the document has content and stands on one line.
    pub(super) multiline: bool,
    /// One level of indentation.
    pub(super) unit: String,
    /// `\n` or `\r\n`.
    pub(super) newline: &'static str,
    /// What stands between a key and its value.
    pub(super) colon: String,
    /// What stands between elements on one line.
    pub(super) comma: &'static str,
}

impl Style {
    pub(super) fn of(document: &Document) -> Self {
        let source = document.source();
        let newline = if source.windows(2).any(|pair| pair == b"\r\n") { "\r\n" } else { "\n" };
        let broken = document.values().find_map(|child| {
            let parent = child.parent()?;
            let gap = gap_before(child);
            gap.contains('\n').then(|| {
                let outer = line_indent(source, parent.whole_span().start);
                let inner = gap.rsplit('\n').next().unwrap_or_default();
                inner.strip_prefix(outer.as_str()).unwrap_or(inner).to_owned()
            })
        });
        let colon = document.values().find_map(|value| {
            let key = value.key_span()?;
            Some(String::from_utf8_lossy(&source[key.end..value.span().start]).into_owned())
        });
        let has_content = document.root().children().next().is_some();
        let multiline = broken.is_some() || !has_content;
        let colon = colon.filter(|colon| !colon.contains('\n')).unwrap_or_else(|| ": ".into());
        let comma = if !multiline && !colon.ends_with(' ') { "," } else { ", " };
        let unit = broken.filter(|unit| !unit.is_empty()).unwrap_or_else(|| "  ".into());
        Self { multiline, unit, newline, colon, comma }
    }

    /// A value as text; `indent` is the indentation of the line that it begins on.
    pub(super) fn write(&self, value: &Json, indent: &str, inline: bool) -> String {
        let mut text = String::new();
        self.push(&mut text, value, indent, inline);
        text
    }

    /// A member as text.
    pub(super) fn member(&self, key: &str, value: &Json, indent: &str, inline: bool) -> String {
        let mut text = Json::from(key).to_string();
        text.push_str(&self.colon);
        self.push(&mut text, value, indent, inline);
        text
    }

    fn push(&self, text: &mut String, value: &Json, indent: &str, inline: bool) {
        let items: Vec<(Option<&String>, &Json)> = match value {
            Json::Array(items) => items.iter().map(|item| (None, item)).collect(),
            Json::Object(items) => items.iter().map(|(key, item)| (Some(key), item)).collect(),
            leaf => return text.push_str(&leaf.to_string()),
        };
        let (open, close) = if value.is_array() { ('[', ']') } else { ('{', '}') };
        let inner = format!("{indent}{}", self.unit);
        text.push(open);
        for (at, (key, item)) in items.iter().enumerate() {
            match (inline, at) {
                (true, 0) => {}
                (true, _) => text.push_str(self.comma),
                (false, _) => {
                    text.push_str(if at == 0 { "" } else { "," });
                    text.push_str(self.newline);
                    text.push_str(&inner);
                }
            }
            if let Some(key) = key {
                text.push_str(&Json::from(key.as_str()).to_string());
                text.push_str(&self.colon);
            }
            self.push(text, item, &inner, inline);
        }
        if !inline && !items.is_empty() {
            text.push_str(self.newline);
            text.push_str(indent);
        }
        text.push(close);
    }
}

impl Document {
    /// The document in lines, indented by two spaces: keys and values as they are spelt, of members with one key the
    /// last.
    pub fn pretty(&self) -> String {
        let mut text = String::new();
        let mut depth = 0;
        let mut stack = vec![Part::Whole(self.root())];
        while let Some(part) = stack.pop() {
            let value = match part {
                Part::Close(close) => {
                    depth -= 1;
                    line_break(&mut text, depth);
                    text.push(close);
                    continue;
                }
                Part::Whole(value) => value,
                Part::Next(value, comma) => {
                    text.push_str(if comma { "," } else { "" });
                    line_break(&mut text, depth);
                    value
                }
            };
            if let Some(span) = value.key_span() {
                text.push_str(&String::from_utf8_lossy(&self.source()[span]));
                text.push_str(": ");
            }
            let (begin, close) = match value.kind() {
                Kind::Array => ('[', ']'),
                Kind::Object => ('{', '}'),
                _ => {
                    text.push_str(&String::from_utf8_lossy(value.raw()));
                    continue;
                }
            };
            let children = last_of_each_key(value);
            text.push(begin);
            if children.is_empty() {
                text.push(close);
                continue;
            }
            depth += 1;
            stack.push(Part::Close(close));
            let parts = children.into_iter().enumerate();
            stack.extend(parts.rev().map(|(at, child)| Part::Next(child, at > 0)));
        }
        text.push('\n');
        text
    }
}

/// What is still to be written.
enum Part<'a> {
    Whole(Value<'a>),
    /// A child, and whether a comma comes before it.
    Next(Value<'a>, bool),
    Close(char),
}

fn line_break(text: &mut String, depth: usize) {
    text.push('\n');
    text.extend(std::iter::repeat_n("  ", depth));
}

/// Children without the members that a later one of the same key replaces.
fn last_of_each_key(container: Value<'_>) -> Vec<Value<'_>> {
    let mut seen = HashSet::new();
    let mut children: Vec<_> = container.children().collect();
    children.reverse();
    children.retain(|child| child.key().is_none_or(|key| seen.insert(key)));
    children.reverse();
    children
}

/// The white space between the opening bracket or comma before a child and the child.
pub(super) fn gap_before(child: Value<'_>) -> String {
    let source = child.document().source();
    let end = child.whole_span().start;
    let space = source[..end].iter().rev().take_while(|byte| byte.is_ascii_whitespace()).count();
    String::from_utf8_lossy(&source[end - space..end]).into_owned()
}

/// The white space that begins the line of a byte.
pub(super) fn line_indent(source: &[u8], offset: usize) -> String {
    let start = source[..offset].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let indent = source[start..].iter().take_while(|byte| matches!(byte, b' ' | b'\t'));
    indent.map(|byte| char::from(*byte)).collect()
}

/// Whether a value is to be written on one line when it takes the place of this one.
pub(super) fn keeps_to_one_line(value: Value<'_>) -> bool {
    matches!(value.kind(), Kind::Array | Kind::Object)
        && value.children().next().is_some()
        && !value.raw().contains(&b'\n')
}

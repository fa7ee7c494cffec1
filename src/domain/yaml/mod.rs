//! YAML that is edited without a change to anything else: comments, quotes and order stay.
//!
//! A text is read as JSON values, as a Gateway does (`oasdiff/yaml`, on yaml.v3: the core schema of YAML 1.2), and each
//! value remembers its bytes. An edit is tried on a copy: it counts where the copy's values are those that were
//! wanted. So aliases, merges and all that is odd in YAML can make an edit impossible, but never wrong.

mod edit;
mod reader;
mod scalar;
#[cfg(test)]
mod tests;
mod write;

use crate::domain::json::{BYTE_ORDER_MARK, Document, Lines, Place, SyntaxError, Trailing, Value};

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// Nothing at all: null.
    Empty,
    /// A scalar without quotes.
    Plain,
    /// A scalar in single quotes.
    Single,
    /// A scalar in double quotes.
    Double,
    /// A scalar on lines of its own, after `|` or `>`.
    Lines,
    /// A collection in indented lines.
    Block,
    /// A collection in brackets.
    Flow,
}

/// The bytes of a value; of one that an alias stands for, those of the alias.
#[derive(Clone, Copy, Debug)]
struct Node {
    form: Form,
    start: usize,
    end: usize,
    /// A member's key.
    key: Option<(usize, usize)>,
}

/// A YAML text and the values that a Gateway reads from it.
#[derive(Clone, Debug)]
pub struct Yaml {
    source: Vec<u8>,
    lines: Lines,
    document: Document,
    /// One for each value of the document.
    nodes: Vec<Node>,
}

impl Yaml {
    /// Reads a text of one YAML document; a byte order mark before it is kept.
    pub fn parse(source: impl AsRef<[u8]>) -> Result<Self, SyntaxError> {
        let source = source.as_ref().to_vec();
        let lines = Lines::of(&source);
        let at = |(offset, message): (usize, String)| {
            let place = lines.place(&source, offset);
            SyntaxError { message, place, offset }
        };
        let start = if source.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
        let text = str::from_utf8(&source[start..])
            .map_err(|error| at((start + error.valid_up_to(), "this is no UTF-8".into())))?;
        let (json, mut nodes) =
            reader::read(text).map_err(|(offset, message)| at((start + offset, message)))?;
        for node in &mut nodes {
            node.start += start;
            node.end += start;
            node.key = node.key.map(|(from, to)| (from + start, to + start));
        }
        let document = Document::parse(json, Trailing::Refused)?;
        Ok(Self { source, lines, document, nodes })
    }

    /// The text, untouched.
    pub fn source(&self) -> &[u8] {
        &self.source
    }

    /// Its values, as JSON of one line; their places there mean nothing to people.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// Where a value of [`Self::document`] begins in the text; a member at its key.
    pub fn place(&self, value: Value<'_>) -> Place {
        let node = self.node(value);
        self.lines.place(&self.source, node.key.map_or(node.start, |(start, _)| start))
    }

    /// The bytes of a value of [`Self::document`], without its key: of one in lines, from its first key or dash on.
    pub fn raw(&self, value: Value<'_>) -> &[u8] {
        let node = self.node(value);
        &self.source[node.start..node.end]
    }

    fn node(&self, value: Value<'_>) -> Node {
        self.nodes[value.ordinal()]
    }
}

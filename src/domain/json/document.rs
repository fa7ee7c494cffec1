//! A parsed document, lossless: every node knows its bytes, and what lies between nodes stays in the source.

use std::ops::Range;

use super::parse::{self, SyntaxError, Trailing};
use super::path::{Path, Step};
use super::place::{Lines, Place};
use super::text;

/// UTF-8's byte order mark.
pub const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool,
    /// A number.
    Number,
    /// A string.
    String,
    /// A list.
    Array,
    /// An object.
    Object,
}

impl Kind {
    /// In words, for messages.
    pub fn word(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool => "a boolean",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "a list",
            Self::Object => "an object",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NodeId(pub(super) usize);

/// One value in the arena; nodes stand in document order.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
    /// The bytes of a member's key, quotes included.
    pub(super) key: Option<(usize, usize)>,
    pub(super) parent: Option<NodeId>,
    pub(super) next: Option<NodeId>,
    pub(super) first: Option<NodeId>,
}

/// JSON text, parsed. Order of keys, doubles, spelling and white space are all kept.
#[derive(Clone, Debug)]
pub struct Document {
    source: Vec<u8>,
    lines: Lines,
    nodes: Vec<Node>,
}

impl Document {
    /// Parses a text, which need not be UTF-8.
    pub fn parse(source: impl AsRef<[u8]>, trailing: Trailing) -> Result<Self, SyntaxError> {
        let source = source.as_ref().to_vec();
        let lines = Lines::of(&source);
        let nodes = parse::parse(&source, 0, &lines, trailing)?;
        Ok(Self { source, lines, nodes })
    }

    /// The same; a byte order mark before the value is kept, and no error. Go refuses it, but some editors write it.
    pub fn parse_after_mark(
        source: impl AsRef<[u8]>,
        trailing: Trailing,
    ) -> Result<Self, SyntaxError> {
        let source = source.as_ref().to_vec();
        let lines = Lines::of(&source);
        let start = if source.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
        let nodes = parse::parse(&source, start, &lines, trailing)?;
        Ok(Self { source, lines, nodes })
    }

    /// Whether the text begins with a byte order mark.
    pub fn has_mark(&self) -> bool {
        self.source.starts_with(BYTE_ORDER_MARK)
    }

    /// The text, untouched.
    pub fn source(&self) -> &[u8] {
        &self.source
    }

    /// The outermost value.
    pub fn root(&self) -> Value<'_> {
        Value { document: self, id: NodeId(0) }
    }

    /// Every value, a container before what it holds.
    pub fn values(&self) -> impl Iterator<Item = Value<'_>> {
        (0..self.nodes.len()).map(|id| Value { document: self, id: NodeId(id) })
    }

    /// The place of a byte.
    pub fn place(&self, offset: usize) -> Place {
        self.lines.place(&self.source, offset)
    }

    /// The byte at a place.
    pub fn offset(&self, place: Place) -> usize {
        self.lines.offset(&self.source, place)
    }

    /// The value at a path; of members with one key the last, as readers take it.
    pub fn at(&self, path: &Path) -> Option<Value<'_>> {
        path.steps().iter().try_fold(self.root(), Value::step)
    }

    /// The path to a value by the names that a Go program has for it, in this document's spelling, whose keys may be in
    /// another case; words of digits are indices. What is absent keeps the given spelling, so that it can be set there.
    pub fn locate<W: AsRef<str>>(&self, words: impl IntoIterator<Item = W>) -> Path {
        let mut path = Path::default();
        let mut here = Some(self.root());
        for word in words {
            let word = word.as_ref();
            if let Ok(index) = word.parse() {
                path = path.index(index);
                here = here.and_then(|value| value.element(index));
                continue;
            }
            let member = here.and_then(|value| value.field(word));
            path = path.key(member.and_then(Value::key).unwrap_or_else(|| word.to_owned()));
            here = member;
        }
        path
    }

    pub(super) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0]
    }
}

/// A value of a document.
#[derive(Clone, Copy, Debug)]
pub struct Value<'a> {
    document: &'a Document,
    id: NodeId,
}

impl<'a> Value<'a> {
    fn node(self) -> &'a Node {
        self.document.node(self.id)
    }

    fn with(self, id: NodeId) -> Self {
        Self { id, ..self }
    }

    /// The document it is of.
    pub fn document(self) -> &'a Document {
        self.document
    }

    /// Its number among [`Document::values`].
    pub fn ordinal(self) -> usize {
        self.id.0
    }

    /// What it is.
    pub fn kind(self) -> Kind {
        self.node().kind
    }

    /// Its bytes in the source; a member's without its key.
    pub fn span(self) -> Range<usize> {
        self.node().start..self.node().end
    }

    /// Its bytes in the source; a member's from its key on.
    pub fn whole_span(self) -> Range<usize> {
        self.node().key.map_or(self.node().start, |(start, _)| start)..self.node().end
    }

    /// Its text as it was written.
    pub fn raw(self) -> &'a [u8] {
        &self.document.source[self.span()]
    }

    /// Where it begins.
    pub fn place(self) -> Place {
        self.document.place(self.node().start)
    }

    /// A member's key.
    pub fn key(self) -> Option<String> {
        self.key_span().map(|span| text::unquote(&self.document.source[span]))
    }

    /// The bytes of a member's key, quotes included.
    pub fn key_span(self) -> Option<Range<usize>> {
        self.node().key.map(|(start, end)| start..end)
    }

    /// Where a member's key begins; a value that has none, where the value does.
    pub fn key_place(self) -> Place {
        self.document.place(self.whole_span().start)
    }

    /// The container it is in.
    pub fn parent(self) -> Option<Self> {
        self.node().parent.map(|parent| self.with(parent))
    }

    /// Members or elements, in order, doubles included; none of what is no container.
    pub fn children(self) -> impl Iterator<Item = Value<'a>> + Clone {
        std::iter::successors(self.node().first.map(|first| self.with(first)), |child| {
            child.node().next.map(|next| child.with(next))
        })
    }

    /// The last member with exactly this key.
    pub fn member(self, key: &str) -> Option<Self> {
        self.children().filter(|child| child.key().as_deref() == Some(key)).last()
    }

    /// The member that a Go program takes for a field: the last one whose key folds to its name.
    pub fn field(self, name: &str) -> Option<Self> {
        let takes = |child: &Self| child.key().is_some_and(|key| text::folds_to(&key, name));
        self.children().filter(takes).last()
    }

    /// The element at an index.
    pub fn element(self, index: usize) -> Option<Self> {
        if self.kind() == Kind::Array { self.children().nth(index) } else { None }
    }

    /// The text of a string, as Go reads it.
    pub fn string(self) -> Option<String> {
        (self.kind() == Kind::String).then(|| text::unquote(self.raw()))
    }

    /// A boolean.
    pub fn bool(self) -> Option<bool> {
        (self.kind() == Kind::Bool).then(|| self.raw() == b"true")
    }

    /// A number through a double; `None` also where it is too large for one.
    pub fn number(self) -> Option<f64> {
        if self.kind() != Kind::Number {
            return None;
        }
        let number: f64 = std::str::from_utf8(self.raw()).ok()?.parse().ok()?;
        number.is_finite().then_some(number)
    }

    /// The path that leads to it.
    pub fn path(self) -> Path {
        let mut steps = Vec::new();
        let mut value = self;
        while let Some(parent) = value.parent() {
            steps.push(match value.key() {
                Some(key) => Step::Key(key),
                None => Step::Index(
                    parent.children().position(|child| child.id == value.id).unwrap_or_default(),
                ),
            });
            value = parent;
        }
        steps.reverse();
        Path::new(steps)
    }

    fn step(self, step: &Step) -> Option<Self> {
        match (self.kind(), step) {
            (Kind::Object, Step::Key(key)) => self.member(key),
            (Kind::Object, Step::Index(index)) => self.member(&index.to_string()),
            (Kind::Array, Step::Index(index)) => self.element(*index),
            (Kind::Array, Step::Key(key)) => self.element(key.parse().ok()?),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "{\n  \"a\": [1, {\"b\": \"x\"}],\n  \"a\": [1.50],\n  \"\u{e9}\": null\n}";

    fn document() -> Document {
        Document::parse(TEXT, Trailing::Refused).unwrap()
    }

    #[test]
    fn keeps_order_doubles_and_spelling() {
        let document = document();
        let keys: Vec<_> = document.root().children().filter_map(Value::key).collect();
        assert_eq!(keys, ["a", "a", "\u{e9}"]);
        let last = document.root().member("a").unwrap();
        assert_eq!(last.element(0).unwrap().raw(), b"1.50");
        assert_eq!(last.element(0).unwrap().number(), Some(1.5));
        assert_eq!(last.place(), Place { line: 3, column: 8 });
        assert_eq!(last.key_place(), Place { line: 3, column: 3 });
    }

    #[test]
    fn finds_values_by_path() {
        let document = document();
        let value = document.values().find(|value| value.raw() == b"\"x\"").unwrap();
        assert_eq!(value.string().as_deref(), Some("x"));
        assert_eq!(value.path().to_string(), "a[1].b");
        assert_eq!(document.at(&"a[0]".parse().unwrap()).unwrap().raw(), b"1.50");
        assert_eq!(document.at(&Path::pointer("/a/0").unwrap()).unwrap().raw(), b"1.50");
        assert!(document.at(&"a.b".parse().unwrap()).is_none());
    }

    #[test]
    fn finds_fields_in_the_documents_spelling() {
        let text = r#"{"Custom_Middleware": {"PRE": [{"NAME": "P"}]}}"#;
        let document = Document::parse(text, Trailing::Refused).unwrap();
        let path = document.locate(["custom_middleware", "pre", "0", "name"]);
        assert_eq!(path.to_string(), "Custom_Middleware.PRE[0].NAME");
        let path = document.locate(["custom_middleware", "driver"]);
        assert_eq!(path.to_string(), "Custom_Middleware.driver");
    }

    #[test]
    fn a_number_beyond_a_double_is_none() {
        let document = Document::parse("[1e999, -0]", Trailing::Refused).unwrap();
        let numbers: Vec<_> = document.root().children().map(Value::number).collect();
        assert_eq!(numbers, [None, Some(-0.0)]);
    }
}

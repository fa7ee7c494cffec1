//! The parser: no recursion, so that a hostile depth costs no stack.

use super::document::{BYTE_ORDER_MARK, Kind, Node, NodeId};
use super::place::{Lines, Place};

/// The deepest nesting that Go's `encoding/json` takes.
pub const MAX_DEPTH: usize = 10_000;

/// What to do with text after the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trailing {
    /// An error, as for the reference tool.
    Refused,
    /// Not looked at, as by a Gateway.
    Ignored,
}

/// Text that is no JSON: where, and what was expected there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct SyntaxError {
    /// What was found and what was expected.
    pub message: String,
    /// Where.
    pub place: Place,
    /// Where, in bytes from the start.
    pub offset: usize,
}

/// Nodes in document order, the root first, of the document that begins at a byte.
pub(super) fn parse(
    source: &[u8],
    start: usize,
    lines: &Lines,
    trailing: Trailing,
) -> Result<Vec<Node>, SyntaxError> {
    let mut parser = Parser { source, at: start, nodes: Vec::new(), open: Vec::new(), key: None };
    let parsed = parser.document().and_then(|()| {
        parser.space();
        if trailing == Trailing::Ignored || parser.at == source.len() {
            return Ok(());
        }
        Err(parser.unexpected("nothing more after the document's end"))
    });
    match parsed {
        Ok(()) => Ok(parser.nodes),
        Err((offset, message)) => {
            Err(SyntaxError { message, place: lines.place(source, offset), offset })
        }
    }
}

type Found<T> = Result<T, (usize, String)>;

struct Parser<'a> {
    source: &'a [u8],
    at: usize,
    nodes: Vec<Node>,
    /// The containers around `at`, each with its last child so far.
    open: Vec<(NodeId, Option<NodeId>)>,
    /// The key read for the next value.
    key: Option<(usize, usize)>,
}

impl Parser<'_> {
    fn document(&mut self) -> Found<()> {
        if self.at == 0 && self.source.starts_with(BYTE_ORDER_MARK) {
            return Err((
                0,
                "the text begins with a byte order mark, expected a value: save the file as UTF-8 without BOM"
                    .into(),
            ));
        }
        loop {
            if self.value()? && self.close_up()? {
                return Ok(());
            }
        }
    }

    /// Reads a value, or opens a container that has children; true where a value is complete.
    fn value(&mut self) -> Found<bool> {
        self.space();
        let start = self.at;
        match self.peek() {
            Some(open @ (b'{' | b'[')) => {
                let is_object = open == b'{';
                if self.open.len() == MAX_DEPTH {
                    return Err((start, format!("nested deeper than {MAX_DEPTH}")));
                }
                let id = self.push(if is_object { Kind::Object } else { Kind::Array }, start);
                self.at += 1;
                self.space();
                if self.peek() == Some(if is_object { b'}' } else { b']' }) {
                    self.at += 1;
                    self.nodes[id.0].end = self.at;
                    return Ok(true);
                }
                self.open.push((id, None));
                if is_object {
                    self.member_key("a key in double quotes or }")?;
                }
                Ok(false)
            }
            Some(b'"') => {
                self.string("string")?;
                Ok(self.leaf(Kind::String, start))
            }
            Some(b'-' | b'0'..=b'9') => {
                self.number()?;
                Ok(self.leaf(Kind::Number, start))
            }
            Some(b't') => self.word("true", Kind::Bool),
            Some(b'f') => self.word("false", Kind::Bool),
            Some(b'n') => self.word("null", Kind::Null),
            _ => Err(self.unexpected(match self.open.last() {
                Some((id, None)) if self.nodes[id.0].kind == Kind::Array => "a value or ]",
                _ => "a value",
            })),
        }
    }

    /// After a value: goes to the next one, or closes containers; true where the document is complete.
    fn close_up(&mut self) -> Found<bool> {
        loop {
            let Some((id, _)) = self.open.last() else { return Ok(true) };
            let id = *id;
            let is_object = self.nodes[id.0].kind == Kind::Object;
            self.space();
            match self.peek() {
                Some(b',') => {
                    self.at += 1;
                    self.space();
                    if is_object {
                        self.member_key("a key in double quotes after the comma")?;
                    } else if self.peek() == Some(b']') {
                        return Err(self.unexpected("a value after the comma"));
                    }
                    return Ok(false);
                }
                Some(b'}') if is_object => self.end(id),
                Some(b']') if !is_object => self.end(id),
                _ => {
                    return Err(self.unexpected(if is_object {
                        "a comma or }"
                    } else {
                        "a comma or ]"
                    }));
                }
            }
        }
    }

    fn end(&mut self, id: NodeId) {
        self.at += 1;
        self.nodes[id.0].end = self.at;
        self.open.pop();
    }

    fn member_key(&mut self, expected: &str) -> Found<()> {
        if self.peek() != Some(b'"') {
            return Err(self.unexpected(expected));
        }
        let start = self.at;
        self.string("key")?;
        self.key = Some((start, self.at));
        self.space();
        if self.peek() != Some(b':') {
            return Err(self.unexpected("a colon after the key"));
        }
        self.at += 1;
        Ok(())
    }

    /// Adds a value that is complete; true, for [`Parser::value`].
    fn leaf(&mut self, kind: Kind, start: usize) -> bool {
        let end = self.at;
        let id = self.push(kind, start);
        self.nodes[id.0].end = end;
        true
    }

    fn push(&mut self, kind: Kind, start: usize) -> NodeId {
        let id = NodeId(self.nodes.len());
        let parent = self.open.last_mut().map(|(parent, last)| (*parent, last.replace(id)));
        match parent {
            Some((_, Some(previous))) => self.nodes[previous.0].next = Some(id),
            Some((parent, None)) => self.nodes[parent.0].first = Some(id),
            None => {}
        }
        self.nodes.push(Node {
            kind,
            start,
            end: start,
            key: self.key.take(),
            parent: parent.map(|(parent, _)| parent),
            next: None,
            first: None,
        });
        id
    }

    fn word(&mut self, word: &str, kind: Kind) -> Found<bool> {
        let start = self.at;
        let length =
            self.source[start..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        if &self.source[start..start + length] != word.as_bytes() {
            let found = String::from_utf8_lossy(&self.source[start..start + length.min(20)]);
            return Err((start, format!("expected {word}, found {found}")));
        }
        self.at += word.len();
        Ok(self.leaf(kind, start))
    }

    fn string(&mut self, what: &str) -> Found<()> {
        let start = self.at;
        self.at += 1;
        loop {
            match self.peek() {
                None => {
                    return Err((
                        start,
                        format!("this {what} never ends: expected a closing quote"),
                    ));
                }
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => self.escape()?,
                Some(control @ 0..0x20) => {
                    let name = match control {
                        b'\n' | b'\r' => "a line break".to_owned(),
                        b'\t' => "a tab".to_owned(),
                        other => format!("the control character U+{other:04X}"),
                    };
                    return Err((
                        self.at,
                        format!(
                            "{name} inside a {what}: write it as an escape, or close the quotes"
                        ),
                    ));
                }
                Some(_) => self.at += 1,
            }
        }
    }

    fn escape(&mut self) -> Found<()> {
        let start = self.at;
        self.at += 1;
        match self.peek() {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {
                self.at += 1;
                Ok(())
            }
            Some(b'u') => {
                self.at += 1;
                let digits = self.source[self.at..].iter().take(4);
                if digits.clone().count() == 4 && digits.clone().all(u8::is_ascii_hexdigit) {
                    self.at += 4;
                    Ok(())
                } else {
                    Err((start, "expected four hex digits after \\u".into()))
                }
            }
            _ => Err((
                start,
                "not an escape of JSON: expected one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u after the backslash"
                    .into(),
            )),
        }
    }

    fn number(&mut self) -> Found<()> {
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        if self.peek() == Some(b'0') {
            self.at += 1;
            if matches!(self.peek(), Some(b'0'..=b'9')) {
                return Err((self.at, "a number does not begin with 0 in JSON".into()));
            }
        } else {
            self.digits("a digit")?;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits("a digit after the point")?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits("a digit in the exponent")?;
        }
        Ok(())
    }

    fn digits(&mut self, expected: &str) -> Found<()> {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at == start { Err(self.unexpected(expected)) } else { Ok(()) }
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.source.get(self.at).copied()
    }

    fn unexpected(&self, expected: &str) -> (usize, String) {
        let rest = &self.source[self.at..];
        let found = match rest.utf8_chunks().next().map(|chunk| chunk.valid().chars().next()) {
            None if self.source.is_empty() => "the text is empty".to_owned(),
            None => "the text ends here".to_owned(),
            Some(None) => format!("found the byte 0x{:02X}", rest[0]),
            Some(Some('/')) if rest.starts_with(b"//") || rest.starts_with(b"/*") => {
                "JSON has no comments".to_owned()
            }
            Some(Some('\'')) => "found a single quote".to_owned(),
            Some(Some(c)) if c.is_control() => format!("found U+{:04X}", u32::from(c)),
            Some(Some(c)) => format!("found {c}"),
        };
        (self.at, format!("{found}, expected {expected}"))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Document;
    use super::*;

    fn error(text: &str) -> (String, String) {
        let error = Document::parse(text, Trailing::Refused).unwrap_err();
        (error.place.to_string(), error.message)
    }

    #[test]
    fn says_where_and_what_was_expected() {
        for (text, place, message) in [
            ("", "1:1", "the text is empty, expected a value"),
            ("  ", "1:3", "the text ends here, expected a value"),
            ("{nope", "1:2", "found n, expected a key in double quotes or }"),
            ("{\"a\":1,}", "1:8", "found }, expected a key in double quotes after the comma"),
            ("[1,]", "1:4", "found ], expected a value after the comma"),
            ("{\"a\" 1}", "1:6", "found 1, expected a colon after the key"),
            ("{\n \"\u{6f22}\": tru }", "2:7", "expected true, found tru"),
            ("[1 2]", "1:4", "found 2, expected a comma or ]"),
            ("{\"a\":1", "1:7", "the text ends here, expected a comma or }"),
            ("[01]", "1:3", "a number does not begin with 0 in JSON"),
            ("[1.]", "1:4", "found ], expected a digit after the point"),
            (
                "[\"a\nb\"]",
                "1:4",
                "a line break inside a string: write it as an escape, or close the quotes",
            ),
            ("[\"\\x\"]", "1:3", "not an escape"),
            ("[\"\\u12g4\"]", "1:3", "expected four hex digits"),
            ("{'a':1}", "1:2", "found a single quote"),
            ("{} // done", "1:4", "JSON has no comments, expected nothing more"),
            ("{}\n{}", "2:1", "found {, expected nothing more after the document's end"),
            ("\u{feff}{}", "1:1", "byte order mark"),
            ("[\"a", "1:2", "this string never ends"),
            ("[]]", "1:3", "found ], expected nothing more"),
        ] {
            let (at, said) = error(text);
            assert_eq!(at, place, "{text:?}: {said}");
            assert!(said.contains(message), "{text:?}: {said}");
        }
    }

    #[test]
    fn trailing_data_is_left_alone_where_it_may_be() {
        let document = Document::parse("{} {nope", Trailing::Ignored).unwrap();
        assert_eq!(document.root().span(), 0..2);
    }

    #[test]
    fn depth_is_limited_and_costs_no_stack() {
        let deep = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(Document::parse(deep(MAX_DEPTH), Trailing::Refused).is_ok());
        let error = Document::parse(deep(MAX_DEPTH + 1), Trailing::Refused).unwrap_err();
        assert_eq!(error.offset, MAX_DEPTH);
        let open = "[".repeat(5_000_000);
        assert!(Document::parse(&open, Trailing::Refused).is_err());
    }
}

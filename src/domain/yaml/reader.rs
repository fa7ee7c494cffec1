//! From YAML to JSON text, each value with its bytes.

use std::collections::BTreeMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};
use serde_json::Value as Json;

use super::{Form, Node, scalar};

/// Where in the text, and what is wrong there.
type Wrong = (usize, String);

/// How much larger than its text a document may become by aliases: they can double it with each line.
const MAX_GROWTH: usize = 16;

/// Reads the one document of a text.
pub(super) fn read(text: &str) -> Result<(String, Vec<Node>), Wrong> {
    let mut reader = Reader {
        text,
        offsets: Offsets { text, character: 0, byte: 0 },
        json: String::new(),
        nodes: Vec::new(),
        open: Vec::new(),
        anchors: BTreeMap::new(),
    };
    let mut documents = 0;
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| {
            (reader.offsets.byte(error.marker().index()), error.info().to_owned())
        })?;
        let bytes = reader.offsets.range(span);
        if matches!(event, Event::DocumentStart(_)) {
            documents += 1;
            if documents > 1 {
                return Err((bytes.start, "a second YAML document: keep one in a file".into()));
            }
        }
        reader.take(event, bytes)?;
    }
    if reader.nodes.is_empty() {
        return Err((0, "the text is empty, expected a value".into()));
    }
    Ok((reader.json, reader.nodes))
}

struct Reader<'a> {
    text: &'a str,
    offsets: Offsets<'a>,
    json: String,
    nodes: Vec<Node>,
    /// The collections around.
    open: Vec<Open>,
    /// What each anchor names: its JSON and its nodes.
    anchors: BTreeMap<usize, (Range<usize>, Range<usize>)>,
}

/// A collection that has not ended.
struct Open {
    node: usize,
    json: usize,
    anchor: usize,
    is_list: bool,
    is_empty: bool,
    /// The key that has been read, and waits for its value.
    key: Option<(usize, usize)>,
    /// The key was `<<`.
    merges: bool,
}

impl Reader<'_> {
    fn take(&mut self, event: Event<'_>, bytes: Range<usize>) -> Result<(), Wrong> {
        match event {
            Event::Scalar(text, _, anchor, _) if self.wants_key() => {
                if anchor != 0 {
                    return Err((bytes.start, "a key with an anchor is beyond us".into()));
                }
                return self.key(&text, bytes);
            }
            Event::Alias(_) | Event::SequenceStart(..) | Event::MappingStart(..)
                if self.wants_key() =>
            {
                return Err((bytes.start, "a key that is no text has no form in JSON".into()));
            }
            _ => {}
        }
        let merges = self.open.last().is_some_and(|open| open.merges);
        match event {
            Event::Alias(anchor) => self.alias(anchor, merges, bytes)?,
            _ if merges => {
                return Err((bytes.start, "<< takes an alias here, such as *name".into()));
            }
            Event::Scalar(text, style, anchor, tag) => {
                let json = match (style, tag) {
                    (_, Some(tag)) if tag.is_yaml_core_schema() && tag.suffix != "str" => {
                        scalar::resolve(&text)
                    }
                    (ScalarStyle::Plain, None) => scalar::resolve(&text),
                    _ => Json::from(&*text).to_string(),
                };
                let key = self.begin_value();
                let node = self.scalar(style, bytes, key);
                self.remember(
                    anchor,
                    self.json.len()..self.json.len() + json.len(),
                    self.nodes.len()..self.nodes.len() + 1,
                );
                self.json.push_str(&json);
                self.nodes.push(node);
                self.end_value();
            }
            Event::SequenceStart(anchor, _) => self.begin(true, anchor, bytes),
            Event::MappingStart(anchor, _) => self.begin(false, anchor, bytes),
            Event::SequenceEnd | Event::MappingEnd => self.end(),
            _ => {}
        }
        Ok(())
    }

    fn wants_key(&self) -> bool {
        self.open.last().is_some_and(|open| !open.is_list && open.key.is_none())
    }

    fn key(&mut self, text: &str, bytes: Range<usize>) -> Result<(), Wrong> {
        let end = self.scalar_end(&bytes);
        let Some(open) = self.open.last_mut() else { return Ok(()) };
        open.key = Some((bytes.start, end));
        open.merges = text == "<<" && end - bytes.start == 2;
        if open.merges {
            // What stands before it would win in YAML, and be overwritten here.
            return if open.is_empty {
                Ok(())
            } else {
                Err((bytes.start, "<< after other keys: put it first".into()))
            };
        }
        if !open.is_empty {
            self.json.push(',');
        }
        self.json.push_str(&Json::from(text).to_string());
        self.json.push(':');
        Ok(())
    }

    /// Writes what comes before a value; its key.
    fn begin_value(&mut self) -> Option<(usize, usize)> {
        let open = self.open.last_mut()?;
        if open.is_list && !open.is_empty {
            self.json.push(',');
        }
        open.key
    }

    fn end_value(&mut self) {
        if let Some(open) = self.open.last_mut() {
            open.is_empty = false;
            open.key = None;
            open.merges = false;
        }
    }

    fn begin(&mut self, is_list: bool, anchor: usize, bytes: Range<usize>) {
        let key = self.begin_value();
        let flow =
            self.text[..bytes.end].ends_with(if is_list { '[' } else { '{' }) && !bytes.is_empty();
        let form = if flow { Form::Flow } else { Form::Block };
        self.open.push(Open {
            node: self.nodes.len(),
            json: self.json.len(),
            anchor,
            is_list,
            is_empty: true,
            key: None,
            merges: false,
        });
        self.json.push(if is_list { '[' } else { '{' });
        self.nodes.push(Node { form, start: bytes.start, end: bytes.end, key });
    }

    fn end(&mut self) {
        let Some(open) = self.open.pop() else { return };
        self.json.push(if open.is_list { ']' } else { '}' });
        // The parser's own end of a collection lies behind comments and line ends.
        let last = self.nodes.last().map_or(0, |node| node.end);
        let children_end =
            self.nodes[open.node..].iter().map(|node| node.end).max().unwrap_or(last);
        let node = &mut self.nodes[open.node];
        node.end = match node.form {
            Form::Flow => closing(self.text, children_end, if open.is_list { ']' } else { '}' }),
            _ => children_end,
        };
        self.remember(open.anchor, open.json..self.json.len(), open.node..self.nodes.len());
        self.end_value();
    }

    /// Puts what an alias stands for in its place; for a merge, its members.
    fn alias(&mut self, anchor: usize, merges: bool, bytes: Range<usize>) -> Result<(), Wrong> {
        let Some((json, nodes)) = self.anchors.get(&anchor).cloned() else {
            return Err((bytes.start, "an alias inside of what it names".into()));
        };
        if self.json.len() + json.len() > (self.text.len() + 4096) * MAX_GROWTH {
            return Err((bytes.start, "aliases make this document too large".into()));
        }
        let (json, nodes) = if merges {
            if !self.json[json.clone()].starts_with('{') {
                return Err((bytes.start, "<< takes the alias of a mapping".into()));
            }
            (json.start + 1..json.end - 1, nodes.start + 1..nodes.end)
        } else {
            (json, nodes)
        };
        let key = self.begin_value();
        for (at, node) in nodes.enumerate() {
            let mut node = self.nodes[node];
            (node.start, node.end) = (bytes.start, bytes.end);
            node.key =
                if at == 0 && !merges { key } else { node.key.map(|_| (bytes.start, bytes.end)) };
            self.nodes.push(node);
        }
        let was_empty = json.is_empty();
        self.json.extend_from_within(json);
        self.end_value();
        if merges
            && was_empty
            && let Some(open) = self.open.last_mut()
        {
            open.is_empty = true;
        }
        Ok(())
    }

    fn remember(&mut self, anchor: usize, json: Range<usize>, nodes: Range<usize>) {
        if anchor != 0 {
            self.anchors.insert(anchor, (json, nodes));
        }
    }

    fn scalar(&self, style: ScalarStyle, bytes: Range<usize>, key: Option<(usize, usize)>) -> Node {
        let form = match style {
            ScalarStyle::Plain if bytes.is_empty() => Form::Empty,
            ScalarStyle::Plain => Form::Plain,
            ScalarStyle::SingleQuoted => Form::Single,
            ScalarStyle::DoubleQuoted => Form::Double,
            ScalarStyle::Literal | ScalarStyle::Folded => Form::Lines,
        };
        let (start, end) = match (form, key) {
            (Form::Empty, Some((_, key_end))) => {
                let after = after_colon(self.text, key_end);
                (after, after)
            }
            // The parser begins at the first line of its text.
            (Form::Lines, _) => {
                let header = self.text[..bytes.start].rfind(['|', '>']).unwrap_or(bytes.start);
                (header, self.scalar_end(&bytes))
            }
            _ => (bytes.start, self.scalar_end(&bytes)),
        };
        Node { form, start, end, key }
    }

    /// The parser counts what follows a quoted scalar to it, and the empty lines after one in lines.
    fn scalar_end(&self, bytes: &Range<usize>) -> usize {
        let text = &self.text[bytes.clone()];
        let length = match text.chars().next() {
            Some(quote @ ('"' | '\'')) => quoted(text, quote),
            _ => text.trim_end().len(),
        };
        bytes.start + length
    }
}

/// The length of the quoted scalar that a text begins with.
fn quoted(text: &str, quote: char) -> usize {
    let bytes = text.as_bytes();
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if quote == '"' => at += 1,
            b'\'' if quote == '\'' && bytes.get(at + 1) == Some(&b'\'') => at += 1,
            byte if char::from(byte) == quote => return at + 1,
            _ => {}
        }
        at += 1;
    }
    text.len()
}

/// The byte behind the colon that follows a key.
pub(super) fn after_colon(text: &str, key_end: usize) -> usize {
    text[key_end..].find(':').map_or(key_end, |at| key_end + at + 1)
}

/// The byte behind a closing bracket, over white space, commas and comments.
fn closing(text: &str, from: usize, bracket: char) -> usize {
    let mut comment = false;
    for (at, c) in text[from..].char_indices() {
        match c {
            '#' => comment = true,
            '\n' => comment = false,
            _ if c == bracket && !comment => return from + at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The parser counts characters; this walks along with it.
struct Offsets<'a> {
    text: &'a str,
    character: usize,
    byte: usize,
}

impl Offsets<'_> {
    fn range(&mut self, span: Span) -> Range<usize> {
        let start = self.byte(span.start.index());
        start..self.byte(span.end.index()).max(start)
    }

    fn byte(&mut self, character: usize) -> usize {
        let ahead = self.text[self.byte..].chars();
        if character >= self.character {
            let passed = ahead.take(character - self.character);
            self.byte += passed.map(char::len_utf8).sum::<usize>();
        } else {
            let behind = self.text[..self.byte].chars().rev().take(self.character - character);
            self.byte -= behind.map(char::len_utf8).sum::<usize>();
        }
        self.character = character;
        self.byte
    }
}

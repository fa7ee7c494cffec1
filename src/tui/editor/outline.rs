//! The containers of a text that need not be JSON yet: for folds, matching brackets, and the path of the cursor.
//!
//! A parser would give up at the first mistake, and a text that is being typed always has one. So this only knows
//! strings and brackets; a string ends with its line, as JSON's do.

use std::ops::Range;

use crate::domain::json::{Path, Step, unquote};
use crate::tui::buffer::Splice;

/// An object or a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Container {
    /// The byte of its opening bracket.
    pub(super) open: usize,
    /// The byte of its closing one; the text's end where it has none.
    pub(super) close: usize,
    /// `{`, not `[`.
    pub(super) is_object: bool,
    /// How many members or elements it has.
    pub(super) count: usize,
    parent: Option<usize>,
    /// Its key's bytes, quotes included, where it is a member's value.
    key: Option<Range<usize>>,
    /// Which child of its parent it is.
    index: usize,
}

/// All containers, by their opening brackets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Outline {
    containers: Vec<Container>,
}

/// What stands at the cursor inside a container.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Slot {
    /// The member's key, where it is known.
    pub(super) key: Option<Range<usize>>,
    /// Which member or element it is.
    pub(super) index: usize,
    /// The cursor is behind the colon of a member.
    pub(super) behind_colon: bool,
    /// The string or word that the cursor touches.
    pub(super) token: Option<Range<usize>>,
}

impl Outline {
    /// Of a whole text.
    pub(super) fn of(text: &[u8]) -> Self {
        let mut scan = Scan::default();
        let mut at = 0;
        while let Some(&byte) = text.get(at) {
            at = match byte {
                b'"' => scan.string(text, at),
                b'{' | b'[' => scan.open(at, byte == b'{'),
                b'}' | b']' => scan.close(at, byte == b'}'),
                b',' => scan.comma(at),
                b':' => scan.colon(at),
                b' ' | b'\t' | b'\r' | b'\n' => at + 1,
                _ => scan.word(at),
            };
        }
        while !scan.open.is_empty() {
            scan.end(text.len());
        }
        Self { containers: scan.containers }
    }

    /// Moves the places along with a change; what is new in it is not known until the text is looked at again.
    pub(super) fn shift(&mut self, splice: Splice) {
        // Those that end before the change stay: what moves is around it, or begins behind it.
        let mut around = self.index_around(splice.at);
        while let Some(at) = around {
            self.containers[at].close = splice.push(self.containers[at].close);
            around = self.containers[at].parent;
        }
        let behind = self.containers.partition_point(|container| container.open < splice.at);
        for container in &mut self.containers[behind..] {
            container.open = splice.push(container.open);
            container.close = splice.push(container.close);
            if let Some(key) = &mut container.key {
                *key = splice.push(key.start)..splice.shift(key.end);
            }
        }
    }

    /// All of them.
    pub(super) fn containers(&self) -> &[Container] {
        &self.containers
    }

    /// The container whose opening bracket is there.
    pub(super) fn opening_at(&self, offset: usize) -> Option<&Container> {
        let at = self.containers.binary_search_by_key(&offset, |container| container.open).ok()?;
        self.containers.get(at)
    }

    /// The innermost container around an offset: behind its opening bracket, and not behind its closing one.
    pub(super) fn around(&self, offset: usize) -> Option<&Container> {
        self.containers.get(self.index_around(offset)?)
    }

    fn index_around(&self, offset: usize) -> Option<usize> {
        let behind = self.containers.partition_point(|container| container.open < offset);
        let mut at = behind.checked_sub(1)?;
        while self.containers[at].close < offset {
            at = self.containers[at].parent?;
        }
        Some(at)
    }

    /// The container that this one is in.
    pub(super) fn parent(&self, container: &Container) -> Option<&Container> {
        self.containers.get(container.parent?)
    }

    /// The bracket that belongs to the one at an offset.
    pub(super) fn matching(&self, text: &[u8], offset: usize) -> Option<usize> {
        match text.get(offset)? {
            b'{' | b'[' => {
                self.opening_at(offset).map(|found| found.close).filter(|at| *at < text.len())
            }
            b'}' | b']' => {
                self.around(offset).filter(|found| found.close == offset).map(|found| found.open)
            }
            _ => None,
        }
    }

    /// What stands at an offset inside a container.
    pub(super) fn slot(&self, text: &[u8], container: &Container, offset: usize) -> Slot {
        let mut slot = Slot::default();
        let mut last: Option<Range<usize>> = None;
        let mut at = container.open + 1;
        while at < offset.min(container.close) {
            let from = at;
            match text[at] {
                b'"' => at = string_end(text, at),
                b'{' | b'[' => {
                    at = self.opening_at(at).map_or(at + 1, |inner| (inner.close + 1).max(at + 1));
                }
                b':' => {
                    slot.key = last.take();
                    slot.behind_colon = true;
                    at += 1;
                    continue;
                }
                b',' => {
                    slot = Slot { index: slot.index + 1, ..Slot::default() };
                    last = None;
                    at += 1;
                    continue;
                }
                byte if byte.is_ascii_whitespace() => {
                    at += 1;
                    continue;
                }
                _ => at = word_end(text, at),
            }
            last = Some(from..at);
        }
        // A token that begins where the cursor is counts too.
        let begins = text.get(offset).is_some_and(|byte| *byte == b'"' || is_word(*byte))
            && at == offset
            && offset < container.close;
        slot.token = match last {
            Some(token) if token.end >= offset && !matches!(text[token.start], b'{' | b'[') => {
                Some(token)
            }
            _ if begins => Some(
                offset..if text[offset] == b'"' {
                    string_end(text, offset)
                } else {
                    word_end(text, offset)
                },
            ),
            _ => None,
        };
        if slot.key.is_none() && container.is_object {
            slot.key = slot.token.clone();
        }
        slot
    }

    /// The keys of an object's members, quotes included.
    pub(super) fn keys(&self, text: &[u8], container: &Container) -> Vec<Range<usize>> {
        let mut keys = Vec::new();
        let mut string = None;
        let mut at = container.open + 1;
        while at < container.close {
            let from = at;
            match text[at] {
                b'"' => {
                    at = string_end(text, at);
                    string = Some(from..at);
                    continue;
                }
                b':' => keys.extend(string.take()),
                b'{' | b'[' => at = self.opening_at(at).map_or(at, |inner| inner.close.max(at)),
                b',' => string = None,
                _ => {}
            }
            at += 1;
        }
        keys
    }

    /// The path of the value at an offset, as far as the text shows it.
    pub(super) fn path(&self, text: &[u8], offset: usize) -> Path {
        let mut steps = Vec::new();
        let here = self.opening_at(offset).or_else(|| self.around(offset));
        let Some(mut container) = here else { return Path::default() };
        if container.open < offset && offset <= container.close {
            let slot = self.slot(text, container, offset);
            // Between the last comma and the bracket there is no element, and the bracket itself is the container's.
            let inside = container.is_object && offset < container.close;
            let there = slot.token.is_some() || inside;
            steps.extend(
                step(text, slot.key.as_ref(), slot.index, container.is_object).filter(|_| there),
            );
        }
        while let Some(parent) = self.parent(container) {
            steps.extend(step(text, container.key.as_ref(), container.index, parent.is_object));
            container = parent;
        }
        steps.reverse();
        Path::new(steps)
    }
}

/// The step to a child, as far as its key is known.
pub(super) fn step(
    text: &[u8],
    key: Option<&Range<usize>>,
    index: usize,
    is_object: bool,
) -> Option<Step> {
    match key {
        Some(key) if is_object => text.get(key.clone()).map(|key| Step::Key(plain(key))),
        _ if is_object => None,
        _ => Some(Step::Index(index)),
    }
}

/// The text of a key that may not be well formed yet.
fn plain(key: &[u8]) -> String {
    let closed = key.len() > 1 && key.ends_with(b"\"") && key.starts_with(b"\"");
    if closed { unquote(key) } else { String::from_utf8_lossy(key).trim_matches('"').to_owned() }
}

/// Where the string that begins here ends: behind its closing quote, or with the line.
pub(super) fn string_end(text: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = text.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\n' | b'\r' => return at,
            b'\\' if text.get(at + 1).is_some_and(|next| !matches!(next, b'\n' | b'\r')) => at += 2,
            _ => at += 1,
        }
    }
    text.len()
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.' | b'_') || byte >= 0x80
}

/// Where the word or number that begins here ends; one byte on where it is neither.
pub(super) fn word_end(text: &[u8], start: usize) -> usize {
    let len = text[start..].iter().take_while(|byte| is_word(**byte)).count();
    start + len.max(1)
}

#[derive(Default)]
struct Scan {
    containers: Vec<Container>,
    open: Vec<Open>,
}

/// A container that is not closed yet.
struct Open {
    at: usize,
    commas: usize,
    /// Something came behind the last comma.
    filled: bool,
    string: Option<Range<usize>>,
    key: Option<Range<usize>>,
}

impl Scan {
    fn string(&mut self, text: &[u8], at: usize) -> usize {
        let end = string_end(text, at);
        if let Some(open) = self.open.last_mut() {
            open.filled = true;
            open.string = Some(at..end);
        }
        end
    }

    fn word(&mut self, at: usize) -> usize {
        if let Some(open) = self.open.last_mut() {
            open.filled = true;
        }
        at + 1
    }

    fn comma(&mut self, at: usize) -> usize {
        if let Some(open) = self.open.last_mut() {
            open.commas += 1;
            (open.filled, open.string, open.key) = (false, None, None);
        }
        at + 1
    }

    fn colon(&mut self, at: usize) -> usize {
        if let Some(open) = self.open.last_mut() {
            open.key = open.string.take();
        }
        at + 1
    }

    fn open(&mut self, at: usize, is_object: bool) -> usize {
        let (mut parent, mut key, mut index) = (None, None, 0);
        if let Some(open) = self.open.last_mut() {
            open.filled = true;
            (parent, key, index) = (Some(open.at), open.key.take(), open.commas);
        }
        let number = self.containers.len();
        self.containers.push(Container {
            open: at,
            close: at,
            is_object,
            count: 0,
            parent,
            key,
            index,
        });
        self.open.push(Open { at: number, commas: 0, filled: false, string: None, key: None });
        at + 1
    }

    /// A bracket of another kind closes what it was meant for, and what is inside of that.
    fn close(&mut self, at: usize, is_object: bool) -> usize {
        let fits = |open: &Open| self.containers[open.at].is_object == is_object;
        if let Some(depth) = self.open.iter().rposition(fits) {
            while self.open.len() > depth {
                self.end(at);
            }
        }
        at + 1
    }

    fn end(&mut self, at: usize) {
        if let Some(open) = self.open.pop() {
            let container = &mut self.containers[open.at];
            container.close = at;
            container.count = open.commas + usize::from(open.filled);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> String {
        let at = text.find('|').unwrap();
        let text = text.replacen('|', "", 1);
        Outline::of(text.as_bytes()).path(text.as_bytes(), at).to_string()
    }

    #[test]
    fn the_path_of_the_cursor_is_known_while_one_types() {
        for (text, expected) in [
            (r#"{"a": {"b": [1, |2]}}"#, "a.b[1]"),
            (r#"{"a": {"b": [1, 2|]}}"#, "a.b[1]"),
            (r#"{"a": {"b|": [1, 2]}}"#, "a.b"),
            (r#"{"a": {|"b": 1}}"#, "a.b"),
            (r#"{"a": {"b": 1}, |}"#, "."),
            (r#"{"a": |{"b": 1}}"#, "a"),
            (r#"{"a": {"b": 1}|}"#, "."),
            (r#"{"a": {"b": "un|finished"#, "a.b"),
            (r#"{"a": [{"x": 1}, {"y": tr|"#, "a[1].y"),
            ("{\"broken: 1,\n \"c\": 2|}", "c"),
            (r#"{"a.b": {"c": |1}}"#, "[\"a.b\"].c"),
            ("|", "."),
        ] {
            assert_eq!(path(text), expected, "{text}");
        }
    }

    #[test]
    fn brackets_match_past_strings_and_mistakes() {
        let text = br#"{"]": [1, {"}": 2}], "x": [{ ] }"#;
        let outline = Outline::of(text);
        let at = |byte: u8, nth: usize| {
            text.iter().enumerate().filter(|(_, found)| **found == byte).nth(nth).unwrap().0
        };
        assert_eq!(outline.matching(text, 0), Some(text.len() - 1));
        assert_eq!(outline.matching(text, at(b'[', 0)), Some(at(b']', 1)));
        assert_eq!(outline.matching(text, at(b'}', 1)), Some(at(b'{', 1)));
        assert_eq!(outline.matching(text, 1), None);
        let counts: Vec<_> = outline.containers().iter().map(|found| found.count).collect();
        assert_eq!(counts, [2, 2, 1, 1, 0]);
    }

    #[test]
    fn shifted_places_are_those_of_a_fresh_look() {
        let mut outline = Outline::of(br#"{"a": [1], "b": {}}"#);
        outline.shift(Splice { at: 7, removed: 1, inserted: 4 });
        assert_eq!(outline, Outline::of(br#"{"a": [1234], "b": {}}"#));
    }
}

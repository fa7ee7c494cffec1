//! JSON text: values are replaced where they stand, and all else stays as it was written. Tolerant: what is cut short or
//! malformed is redacted as far as it can be read, because a secret does not become less of one by a missing brace.

use std::borrow::Cow;

use super::event;
use super::pen::Pen;
use super::text;

/// How deep JSON within strings of JSON is looked into.
const DEPTH: usize = 4;

/// What a text of JSON is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A body, or config data.
    Any,
    /// The payload of an Event: `Key` and `OriginatingRequest` hold credentials in clear.
    Event,
}

/// An object or array that is open.
struct Open {
    is_array: bool,
    /// All below is secret.
    secret: bool,
    /// How many values of an array have come.
    index: usize,
    /// `["Authorization", "…"]` in an array, or `{"name": "Authorization", "value": "…"}`.
    names_secret: bool,
}

/// Whether a text begins as JSON does.
pub(super) fn is_json(text: &str) -> bool {
    text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}').starts_with(['{', '['])
}

/// The JSON without secrets.
pub(super) fn redact(pen: &Pen<'_>, json: &str, kind: Kind) -> String {
    within(pen, json, kind, 0)
}

fn within(pen: &Pen<'_>, json: &str, kind: Kind, depth: usize) -> String {
    let mut scan = Scan {
        pen,
        json,
        kind,
        depth,
        at: 0,
        out: String::with_capacity(json.len()),
        open: Vec::new(),
        key: None,
    };
    scan.run();
    scan.out
}

struct Scan<'p, 'r, 'j> {
    pen: &'p Pen<'r>,
    json: &'j str,
    kind: Kind,
    depth: usize,
    at: usize,
    out: String,
    open: Vec<Open>,
    /// The member whose value comes next.
    key: Option<Cow<'j, str>>,
}

impl Scan<'_, '_, '_> {
    fn run(&mut self) {
        while let Some(&byte) = self.json.as_bytes().get(self.at) {
            match byte {
                b'"' => self.string(),
                b'{' | b'[' => {
                    let secret = self.is_secret();
                    self.begin_value();
                    self.open.push(Open {
                        is_array: byte == b'[',
                        secret,
                        index: 0,
                        names_secret: false,
                    });
                    self.copy(1);
                }
                b'}' | b']' => {
                    self.open.pop();
                    self.key = None;
                    self.copy(1);
                }
                b',' => {
                    self.key = None;
                    self.copy(1);
                }
                b'-' | b'+' | b'.' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => self.word(),
                _ => {
                    // A character of more than one byte, or space.
                    let length = self.json[self.at..].chars().next().map_or(1, char::len_utf8);
                    self.copy(length);
                }
            }
        }
    }

    fn copy(&mut self, length: usize) {
        self.out.push_str(&self.json[self.at..self.at + length]);
        self.at += length;
    }

    /// Whether the value that comes next is secret.
    fn is_secret(&self) -> bool {
        let below = self.open.last().is_some_and(|open| open.secret);
        let by_key = self.key.as_ref().is_some_and(|key| {
            self.pen.names.member(key)
                || (self.kind == Kind::Event && key == "Key")
                || (matches!(&**key, "value" | "values" | "Value" | "Values")
                    && self.open.last().is_some_and(|open| open.names_secret))
        });
        let by_pair = self.open.last().is_some_and(|open| open.is_array && open.names_secret);
        below || by_key || by_pair
    }

    /// Counts a value of an array.
    fn begin_value(&mut self) {
        if let Some(open) = self.open.last_mut() {
            open.index += 1;
        }
    }

    /// A number, `true`, `false`, `null`, or what stands where one should.
    fn word(&mut self) {
        let rest = &self.json[self.at..];
        let of_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '.' | '_');
        let length = rest.find(|c| !of_word(c)).unwrap_or(rest.len());
        let word = &rest[..length];
        let secret = self.is_secret() && !matches!(word, "true" | "false" | "null");
        self.begin_value();
        if secret {
            self.out.push('"');
            self.out.push_str(&self.pen.hide(word));
            self.out.push('"');
            self.at += length;
        } else {
            self.copy(length);
        }
        self.key = None;
    }

    fn string(&mut self) {
        let json = self.json;
        let start = self.at + 1;
        let end = end_of_string(json, start);
        let raw = &json[start..end];
        let closed = end < json.len();
        let after = &json[(end + usize::from(closed))..];
        let value = unescaped(raw);
        let is_key = self.open.last().is_none_or(|open| !open.is_array)
            && after.trim_start().starts_with(':');
        let shown = if is_key { None } else { self.value(&value, matches!(value, Cow::Owned(_))) };
        self.out.push('"');
        match shown {
            Some(shown) => escape(&shown, &mut self.out),
            None => self.out.push_str(raw),
        }
        if closed {
            self.out.push('"');
        }
        self.at = end + usize::from(closed);
        self.key = is_key.then_some(value);
    }

    /// What to show for a string; `None` where it stays as it is. `escaped`: it was written with escapes, under which
    /// a known secret would not be found.
    fn value(&mut self, value: &str, escaped: bool) -> Option<String> {
        let secret = self.is_secret();
        self.begin_value();
        self.learn_name(value);
        if secret {
            let name = self.key.as_deref().unwrap_or("authorization");
            // A header's scheme and the names of cookies stay, whoever tells of the header.
            return (!value.is_empty()).then(|| {
                if self.pen.names.header(name) {
                    self.pen.header(name, value).into_owned()
                } else {
                    self.pen.hide(value)
                }
            });
        }
        if self.kind == Kind::Event && self.key.as_deref() == Some("OriginatingRequest") {
            return Some(event::originating_request(self.pen, value));
        }
        let shown = if self.depth < DEPTH && is_json(value) {
            Cow::Owned(within(self.pen, value, Kind::Any, self.depth + 1))
        } else if text::is_form(value) {
            text::owned(text::form(self.pen, value), |shown| text::redact(self.pen, shown))
        } else {
            text::redact(self.pen, value)
        };
        if self.depth == 0 && escaped {
            let hidden = self.pen.hide_known(&shown);
            return (hidden != value).then(|| hidden.into_owned());
        }
        (shown != value).then(|| shown.into_owned())
    }

    /// Remembers that this string names a header or member whose value comes as the next one of a pair.
    fn learn_name(&mut self, value: &str) {
        let parent_is_array = self.open.len() > 1 && self.open[self.open.len() - 2].is_array;
        let named = matches!(
            self.key.as_deref(),
            Some("name" | "key" | "header" | "Name" | "Key" | "Header")
        );
        let Some(open) = self.open.last_mut() else { return };
        if open.is_array {
            let first_of_pair = parent_is_array && open.index == 1;
            open.names_secret = (first_of_pair && self.pen.names.member(value))
                || (open.names_secret && open.index > 1);
        } else if named {
            open.names_secret = self.pen.names.member(value);
        }
    }
}

/// Where the closing quote is, or the end.
fn end_of_string(json: &str, start: usize) -> usize {
    let bytes = json.as_bytes();
    let mut at = start;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => return at,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    json.len()
}

/// The text of a string literal; as it is written where an escape is wrong.
fn unescaped(raw: &str) -> Cow<'_, str> {
    if !raw.contains('\\') {
        return Cow::Borrowed(raw);
    }
    match serde_json::from_str::<String>(&format!("\"{raw}\"")) {
        Ok(text) => Cow::Owned(text),
        Err(_) => Cow::Borrowed(raw),
    }
}

fn escape(text: &str, out: &mut String) {
    let literal = serde_json::Value::from(text).to_string();
    out.push_str(&literal[1..literal.len() - 1]);
}

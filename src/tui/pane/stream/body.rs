//! The bodies of a record as people want to see them: JSON, text, base64 or hex.
//!
//! They are taken from the record's JSON, which was written through a view, so that what is secret there is secret here.

use std::ops::Range;
use std::sync::Arc;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use ratatui::layout::Rect;
use serde_json::{Map, Value};
use unicode_width::UnicodeWidthChar as _;

use crate::tui::action::Action;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widget::Pen;
use crate::tui::widget::tree::Tree;

/// Bytes in a row of hex.
const HEX: usize = 16;

/// How bodies are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// As a tree that folds; what is no JSON is one string of it.
    Json,
    /// As text, line by line.
    Text,
    /// In base64, as `rawBody` has it.
    Base64,
    /// Offset, bytes and what is printable of them.
    Hex,
}

impl Form {
    /// In the order in which a key goes through them.
    const ALL: [Self; 4] = [Self::Json, Self::Text, Self::Base64, Self::Hex];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Text => "text",
            Self::Base64 => "base64",
            Self::Hex => "hex",
        }
    }

    pub(crate) fn next(self) -> Self {
        let at = Self::ALL.iter().position(|form| *form == self).unwrap_or(0);
        Self::ALL[(at + 1) % Self::ALL.len()]
    }
}

/// One body of a record.
struct Body {
    /// Whose it is: `request body`.
    of: &'static str,
    /// What its `Content-Type` says.
    kind: Option<String>,
    bytes: Vec<u8>,
    json: Result<Value, String>,
}

impl Body {
    fn new(of: &'static str, kind: Option<String>, bytes: Vec<u8>) -> Self {
        let json = serde_json::from_slice(&bytes).map_err(|error| error.to_string());
        Self { of, kind, bytes, json }
    }

    /// The form that suits it, from its bytes: a `Content-Type` may lie.
    fn form(&self) -> Form {
        match (&self.json, std::str::from_utf8(&self.bytes)) {
            (Ok(Value::Object(_) | Value::Array(_)), _) => Form::Json,
            (_, Ok(text)) if !text.chars().any(is_binary) => Form::Text,
            _ => Form::Hex,
        }
    }

    /// What its `Content-Type` says of it, and it is not.
    fn doubt(&self) -> Option<String> {
        let kind = self.kind.as_deref()?;
        let essence = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let says_json = essence == "application/json" || essence.ends_with("+json");
        let is_json = matches!(self.json, Ok(Value::Object(_) | Value::Array(_)));
        match &self.json {
            Err(why) if says_json => {
                Some(format!("Content-Type says {essence}, and it is no JSON: {why}"))
            }
            _ if !says_json && is_json => {
                Some(format!("it is JSON, though Content-Type says {essence}"))
            }
            _ if essence.starts_with("text/") && self.form() == Form::Hex => {
                Some(format!("it is no text, though Content-Type says {essence}"))
            }
            _ => None,
        }
    }

    fn title(&self) -> String {
        let kind = self.kind.as_deref().map(|kind| format!(" · {kind}")).unwrap_or_default();
        format!("{} · {}{kind}", self.of, text::bytes(self.bytes.len() as u64))
    }
}

fn is_binary(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t')
}

/// A row of what is no tree: a line of our own, or a piece of a body.
enum Row {
    Said(Role, String),
    Piece(usize, Range<usize>),
}

/// The bodies of the open record, in one form.
pub(crate) struct Bodies {
    all: Vec<Body>,
    /// Why there may be none: what failed.
    error: Option<String>,
    pub(crate) form: Form,
    tree: Option<Tree>,
    /// Each body in base64, where that is shown.
    encoded: Vec<String>,
    rows: Vec<Row>,
    /// For which width the rows were made.
    width: usize,
    top: usize,
}

impl Bodies {
    /// Of a record's JSON; in the form that suits the first body, unless one was chosen.
    pub(crate) fn new(document: &Value, form: Option<Form>) -> Self {
        let bodies = bodies(document);
        let form = form.unwrap_or_else(|| bodies.first().map_or(Form::Text, Body::form));
        let mut shown = Self {
            all: bodies,
            error: document.get("error").and_then(Value::as_str).map(str::to_owned),
            form,
            tree: None,
            encoded: Vec::new(),
            rows: Vec::new(),
            width: 0,
            top: 0,
        };
        shown.set(form);
        shown
    }

    /// Shows them in another form.
    pub(crate) fn set(&mut self, form: Form) {
        (self.form, self.width, self.top) = (form, 0, 0);
        self.tree = (form == Form::Json && !self.all.is_empty()).then(|| {
            let members = self.all.iter().map(|body| {
                let value = body.json.clone().unwrap_or_else(|_| {
                    Value::String(String::from_utf8_lossy(&body.bytes).into_owned())
                });
                (body.of.to_owned(), value)
            });
            Tree::new(Arc::new(Value::Object(members.collect::<Map<_, _>>())))
        });
        self.encoded = match form {
            Form::Base64 => {
                self.all.iter().map(|body| BASE64_STANDARD.encode(&body.bytes)).collect()
            }
            _ => Vec::new(),
        };
    }

    /// Makes the rows for a width, and keeps the first of a screen of `page` in bounds.
    pub(crate) fn settle(&mut self, width: usize, page: usize) {
        let width = width.max(8);
        if self.width != width {
            self.width = width;
            self.rows = self.laid_out(width);
        }
        self.top = self.top.min(self.rows.len().saturating_sub(page));
    }

    fn laid_out(&self, width: usize) -> Vec<Row> {
        let mut rows = Vec::new();
        if let Some(error) = &self.error {
            let lines = text::wrap(&format!("✗ {error}"), width).into_iter();
            rows.extend(lines.map(|line| Row::Said(Role::Error, line)));
        } else if self.all.is_empty() {
            rows.push(Row::Said(Role::Dim, "Neither side has a body.".to_owned()));
        }
        for (at, body) in self.all.iter().enumerate() {
            if at > 0 {
                rows.push(Row::Said(Role::Text, String::new()));
            }
            rows.extend(said(body, width));
            let pieces = |all: usize, each: usize| {
                (0..all).step_by(each.max(1)).map(move |from| from..all.min(from + each))
            };
            match self.form {
                Form::Json => {}
                Form::Hex => rows.extend(
                    pieces(body.bytes.len(), hex_bytes(width)).map(|piece| Row::Piece(at, piece)),
                ),
                Form::Base64 => rows.extend(
                    pieces(self.encoded[at].len(), width).map(|piece| Row::Piece(at, piece)),
                ),
                Form::Text => {
                    rows.extend(lines(&body.bytes, width).map(|piece| Row::Piece(at, piece)));
                }
            }
        }
        rows
    }

    /// Moves in it; false where the action is none of its own.
    pub(crate) fn act(&mut self, action: Action, page: usize) -> bool {
        if let Some(tree) = &mut self.tree {
            return tree.act(action, page);
        }
        let page = page.max(1);
        self.top = match action {
            Action::Up => self.top.saturating_sub(1),
            Action::Down => self.top + 1,
            Action::PageUp => self.top.saturating_sub(page),
            Action::PageDown => self.top + page,
            Action::Top => 0,
            Action::Bottom => usize::MAX,
            _ => return false,
        };
        true
    }

    /// Moves by so many rows.
    pub(crate) fn scroll(&mut self, by: isize, page: usize) {
        match &mut self.tree {
            Some(tree) => tree.scroll(by, page),
            None => self.top = self.top.saturating_add_signed(by),
        }
    }

    /// Searches; false where nothing is found.
    pub(crate) fn search(&mut self, needle: &str, forward: bool, here: bool, page: usize) -> bool {
        if let Some(tree) = &mut self.tree {
            return tree.search(needle, forward, here, page);
        }
        if needle.is_empty() {
            return true;
        }
        let all = self.rows.len();
        let start = usize::from(!here);
        let found = (start..all + start).map(|step| {
            if forward { (self.top + step) % all } else { (self.top + all - step % all) % all }
        });
        let needle = needle.to_lowercase();
        let found =
            found.into_iter().find(|row| self.line(*row).1.to_lowercase().contains(&needle));
        self.top = found.unwrap_or(self.top);
        found.is_some()
    }

    /// What is copied: the selected value of the tree, or all that is shown.
    pub(crate) fn text(&self) -> String {
        match &self.tree {
            Some(tree) => tree.value(),
            None if self.form == Form::Text => {
                let texts = self.all.iter().map(|body| String::from_utf8_lossy(&body.bytes));
                texts.collect::<Vec<_>>().join("\n")
            }
            None if self.form == Form::Base64 => self.encoded.join("\n"),
            None => {
                let pieces =
                    (0..self.rows.len()).filter(|at| matches!(self.rows[*at], Row::Piece(..)));
                pieces.map(|at| self.line(at).1).collect::<Vec<_>>().join("\n")
            }
        }
    }

    fn line(&self, at: usize) -> (Role, String) {
        match &self.rows[at] {
            Row::Said(role, words) => (*role, words.clone()),
            Row::Piece(body, piece) => {
                let line = match self.form {
                    Form::Base64 => self.encoded[*body][piece.clone()].to_owned(),
                    Form::Hex => hex(&self.all[*body].bytes, piece.clone(), hex_bytes(self.width)),
                    Form::Json | Form::Text => {
                        String::from_utf8_lossy(&self.all[*body].bytes[piece.clone()]).into_owned()
                    }
                };
                (Role::Text, line)
            }
        }
    }

    /// Draws what is visible.
    pub(crate) fn draw(&self, pen: &mut Pen<'_>, area: Rect, focused: bool) {
        let rows = if self.tree.is_some() { self.rows.len() } else { usize::from(area.height) };
        let visible = (self.top..self.rows.len()).take(rows.min(area.height.into()));
        let mut y = area.y;
        for at in visible {
            let (role, line) = self.line(at);
            pen.put(area.x + 1, y, area.width.saturating_sub(1), &line.replace('\t', "    "), role);
            y += 1;
        }
        if let Some(tree) = &self.tree {
            let below = Rect { y, height: area.bottom().saturating_sub(y), ..area };
            tree.draw(pen, below, focused);
        }
    }

    /// Rows of the tree's area that are above it.
    pub(crate) fn above(&self) -> usize {
        if self.tree.is_some() { self.rows.len() } else { 0 }
    }

    /// Selects the row of the tree under the mouse.
    pub(crate) fn click(&mut self, row: usize) {
        let above = self.above();
        if let Some(tree) = self.tree.as_mut().filter(|_| row >= above) {
            tree.click(row - above);
        }
    }
}

fn said(body: &Body, width: usize) -> impl Iterator<Item = Row> {
    let title = Row::Said(Role::Heading, text::fit(&body.title(), width).into_owned());
    let doubt = body.doubt().map(|doubt| format!("⚠ {doubt}")).unwrap_or_default();
    let doubt = if doubt.is_empty() { Vec::new() } else { text::wrap(&doubt, width) };
    std::iter::once(title).chain(doubt.into_iter().map(|line| Row::Said(Role::Warning, line)))
}

/// The bodies of both sides. The one that answers is left out where it is that which came.
fn bodies(document: &Value) -> Vec<Body> {
    let side = |side: &str, of: &str| message_body(document.pointer(&format!("/{side}/{of}"))?);
    let mut found: Vec<Body> = Vec::new();
    for (title, side_of, of) in [
        ("request body", "request", "request"),
        ("response body", "request", "response"),
        ("request body, answered", "reply", "request"),
        ("response body, answered", "reply", "response"),
    ] {
        let Some((kind, bytes)) = side(side_of, of) else { continue };
        if found.iter().all(|before| before.bytes != bytes) {
            found.push(Body::new(title, kind, bytes));
        }
    }
    if let Some(over) = document.pointer("/reply/request/returnOverrides") {
        let body = ["responseBody", "responseError"].into_iter().find_map(|name| {
            over.get(name).and_then(Value::as_str).filter(|body| !body.is_empty())
        });
        if let Some(body) = body {
            found.push(Body::new("override", content_type(over), body.as_bytes().to_vec()));
        }
    }
    let payload = document.pointer("/request/payload").and_then(Value::as_str);
    if let Some(payload) = payload {
        if let Some(request) = serde_json::from_str(payload).ok().as_ref().and_then(originating) {
            found.push(Body::new("request of the event", None, request));
        }
        found.push(Body::new("payload", None, payload.as_bytes().to_vec()));
    }
    found
}

/// `rawBody`, which a Gateway prefers, else `body`.
fn message_body(message: &Value) -> Option<(Option<String>, Vec<u8>)> {
    let text = |name: &str| message.get(name).and_then(Value::as_str).filter(|it| !it.is_empty());
    let raw = text("rawBody").and_then(|raw| BASE64_STANDARD.decode(raw).ok());
    let bytes = raw.or_else(|| text("body").map(|body| body.as_bytes().to_vec()))?;
    Some((content_type(message), bytes))
}

fn content_type(message: &Value) -> Option<String> {
    let headers = message.get("headers")?.as_object()?;
    let (_, value) = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"))?;
    value.as_str().map(str::to_owned)
}

/// The request that an event was caused by, as it was on the wire; it may lie anywhere in the payload.
fn originating(payload: &Value) -> Option<Vec<u8>> {
    match payload {
        Value::Object(members) => members.iter().find_map(|(name, value)| match value.as_str() {
            Some(text) if name == "OriginatingRequest" => {
                BASE64_STANDARD.decode(text).ok().filter(|request| !request.is_empty())
            }
            _ => originating(value),
        }),
        Value::Array(values) => values.iter().find_map(originating),
        _ => None,
    }
}

/// Where the lines of a text are, broken where they are too long for a width.
fn lines(bytes: &[u8], width: usize) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        if from >= bytes.len() {
            return None;
        }
        let start = from;
        let mut room = width;
        let mut at = start;
        while at < bytes.len() {
            if bytes[at] == b'\n' {
                from = at + 1;
                let end = if at > start && bytes[at - 1] == b'\r' { at - 1 } else { at };
                return Some(start..end);
            }
            let (length, wide) = next_char(&bytes[at..]);
            if wide > room {
                break;
            }
            room -= wide;
            at += length;
        }
        from = at;
        Some(start..at)
    })
}

/// Bytes and columns of the first character; a byte that begins none stands for itself.
fn next_char(bytes: &[u8]) -> (usize, usize) {
    if bytes[0] == b'\t' {
        return (1, 4);
    }
    if bytes[0].is_ascii() {
        return (1, 1);
    }
    let most = &bytes[..bytes.len().min(4)];
    let text = match std::str::from_utf8(most) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&most[..error.valid_up_to()]).unwrap_or_default(),
    };
    text.chars().next().map_or((1, 1), |c| (c.len_utf8(), c.width().unwrap_or(1)))
}

/// So many bytes fit into a row of hex: sixteen, or eight where there is little room.
fn hex_bytes(width: usize) -> usize {
    if width >= 10 + HEX * 4 { HEX } else { HEX / 2 }
}

fn hex(bytes: &[u8], piece: Range<usize>, each: usize) -> String {
    use std::fmt::Write as _;
    let mut line = format!("{:08x}  ", piece.start);
    let row = &bytes[piece];
    for at in 0..each {
        let _ = match row.get(at) {
            Some(byte) => write!(line, "{byte:02x} "),
            None => write!(line, "   "),
        };
    }
    line.push(' ');
    line.extend(row.iter().map(|byte| {
        if byte.is_ascii_graphic() || *byte == b' ' { char::from(*byte) } else { '·' }
    }));
    line
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    fn shown(bodies: &mut Bodies, width: usize) -> Vec<String> {
        bodies.settle(width, usize::MAX);
        (0..bodies.rows.len()).map(|at| bodies.line(at).1).collect()
    }

    fn of(body: &[u8], kind: &str) -> Bodies {
        let raw = BASE64_STANDARD.encode(body);
        let request = json!({"request": {"headers": {"content-type": kind}, "rawBody": raw}});
        Bodies::new(&json!({"request": request, "reply": request}), None)
    }

    #[rstest]
    #[case::json(b"{\"a\": 1}", "application/json", Form::Json, None)]
    #[case::hidden(
        b"[1]",
        "text/plain",
        Form::Json,
        Some("it is JSON, though Content-Type says text/plain")
    )]
    #[case::not_json(
        b"{\"a\": ",
        "application/json; charset=utf-8",
        Form::Text,
        Some("and it is no JSON: EOF")
    )]
    #[case::text("Grüße\n".as_bytes(), "text/plain", Form::Text, None)]
    #[case::binary(b"\x00\x01\xff", "text/html", Form::Hex, Some("it is no text"))]
    #[case::image(b"\x89PNG\r\n\x1a\n", "image/png", Form::Hex, None)]
    fn the_form_is_what_the_bytes_are(
        #[case] body: &[u8],
        #[case] kind: &str,
        #[case] form: Form,
        #[case] doubt: Option<&str>,
    ) {
        let mut bodies = of(body, kind);
        assert_eq!(bodies.form, form);
        assert_eq!(bodies.all.len(), 1, "an answer that is the request has the same body");
        let lines = shown(&mut bodies, 200);
        assert!(lines[0].starts_with("request body · "), "{lines:?}");
        match doubt {
            Some(doubt) => assert!(lines[1].contains(doubt), "{lines:?}"),
            None => assert!(!lines.iter().any(|line| line.contains('⚠')), "{lines:?}"),
        }
    }

    #[test]
    fn each_form_shows_every_byte() {
        let body: Vec<u8> = (0..=255).collect();
        let mut bodies = of(&body, "application/octet-stream");
        let lines = shown(&mut bodies, 80);
        assert_eq!(lines.len(), 1 + 16);
        assert!(
            lines[1].starts_with("00000000  00 01 02") && lines[16].contains("fe ff"),
            "{lines:?}"
        );
        bodies.set(Form::Base64);
        let encoded = shown(&mut bodies, 40)[1..].concat();
        assert_eq!(BASE64_STANDARD.decode(&encoded).unwrap(), body);
        assert_eq!(bodies.text(), encoded);
    }

    #[test]
    fn text_is_broken_at_line_ends_and_where_it_is_too_long() {
        let broken = |text: &str, width| -> Vec<String> {
            lines(text.as_bytes(), width).map(|piece| text[piece].to_owned()).collect()
        };
        assert_eq!(broken("a\r\n\nbcdef\n", 4), ["a", "", "bcde", "f"]);
        assert_eq!(broken("日本語x", 4), ["日本", "語x"]);
        assert_eq!(broken("", 4), [""; 0]);
    }

    #[test]
    fn an_event_shows_the_request_that_it_carries() {
        let request = BASE64_STANDARD.encode("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        let payload = json!({"Meta": {"OriginatingRequest": request, "Path": "/"}}).to_string();
        let mut bodies = Bodies::new(&json!({"request": {"payload": payload}, "reply": {}}), None);
        let lines = shown(&mut bodies, 80);
        assert_eq!(&lines[..3], ["request of the event · 27 B", "GET / HTTP/1.1", "Host: a"]);
    }

    #[test]
    fn a_search_goes_round() {
        let mut bodies = of("one\ntwo\nthree\n".as_bytes(), "text/plain");
        bodies.settle(80, 1);
        assert!(bodies.search("TWO", true, true, 1) && bodies.top == 2);
        assert!(bodies.search("one", true, false, 1) && bodies.top == 1);
        assert!(bodies.search("three", false, false, 1) && bodies.top == 3);
        assert!(!bodies.search("four", true, false, 1));
    }
}

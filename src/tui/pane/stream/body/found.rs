//! Which bodies a record has, what each is, and what its headers say of it.
//!
//! They are taken from the record's JSON, which was written through a view, so that what is secret there is secret here.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;

use super::Form;
use crate::domain::encoding::Plain;
use crate::tui::text;

/// Bytes up to which a body is made into a tree: one of sixty million takes a gigabyte and many seconds.
const TREE: usize = 4 << 20;

/// Bytes that are looked at to see whether a body is text.
const LOOKED_AT: usize = 64 << 10;

/// Whether a body is JSON.
pub(super) enum Json {
    Is(Value),
    /// Why not.
    No(String),
    /// It is too large to be looked at.
    Unread,
}

/// One body of a record.
pub(super) struct Body {
    /// Whose it is: `request body`.
    pub(super) of: &'static str,
    /// What its `Content-Type` says.
    kind: Option<String>,
    /// Without its `Content-Encoding`, where that could be undone.
    pub(super) bytes: Vec<u8>,
    pub(super) json: Json,
    /// What became of its `Content-Encoding`.
    pub(super) encoding: Option<Plain>,
}

impl Body {
    fn new(of: &'static str, kind: Option<String>, bytes: Vec<u8>) -> Self {
        let json = if bytes.len() > TREE {
            Json::Unread
        } else {
            serde_json::from_slice(&bytes)
                .map_or_else(|error| Json::No(error.to_string()), Json::Is)
        };
        Self { of, kind, bytes, json, encoding: None }
    }

    /// The form that suits it, from its bytes: a `Content-Type` may lie.
    pub(super) fn form(&self) -> Form {
        if self.is_tree() {
            return Form::Json;
        }
        let start = &self.bytes[..self.bytes.len().min(LOOKED_AT)];
        let text = match std::str::from_utf8(start) {
            Ok(text) => text,
            // A character may have been cut in two there.
            Err(error) if error.error_len().is_none() && start.len() == LOOKED_AT => {
                std::str::from_utf8(&start[..error.valid_up_to()]).unwrap_or_default()
            }
            Err(_) => return Form::Hex,
        };
        if text.chars().any(is_binary) { Form::Hex } else { Form::Text }
    }

    fn is_tree(&self) -> bool {
        matches!(self.json, Json::Is(Value::Object(_) | Value::Array(_)))
    }

    /// As a part of the tree: what is no JSON is one string of it.
    pub(super) fn value(&self) -> Value {
        match &self.json {
            Json::Is(value) => value.clone(),
            Json::No(_) => Value::String(String::from_utf8_lossy(&self.bytes).into_owned()),
            Json::Unread => Value::String(format!(
                "more than {}: no tree is made of it, look at it as text",
                text::bytes(TREE as u64)
            )),
        }
    }

    /// What its `Content-Type` says of it, and it is not.
    pub(super) fn doubt(&self) -> Option<String> {
        // What an encoding left of it, or a mark in its place, is of no type.
        if self.encoding.as_ref().is_some_and(|it| it.doubtful) {
            return None;
        }
        let kind = self.kind.as_deref()?;
        let essence = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let says_json = essence == "application/json" || essence.ends_with("+json");
        match &self.json {
            Json::No(why) if says_json => {
                Some(format!("Content-Type says {essence}, and it is no JSON: {why}"))
            }
            _ if !says_json && self.is_tree() => {
                Some(format!("it is JSON, though Content-Type says {essence}"))
            }
            _ if essence.starts_with("text/") && self.form() == Form::Hex => {
                Some(format!("it is no text, though Content-Type says {essence}"))
            }
            _ => None,
        }
    }

    pub(super) fn title(&self) -> String {
        let kind = self.kind.as_deref().map(|kind| format!(" · {kind}")).unwrap_or_default();
        format!("{} · {}{kind}", self.of, text::bytes(self.bytes.len() as u64))
    }
}

fn is_binary(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t')
}

/// The bodies of both sides. The one that answers is left out where it is that which came.
pub(super) fn bodies(document: &Value, said: &[(&str, Plain)]) -> Vec<Body> {
    let side = |place: &str| message_body(document.pointer(place)?);
    let mut found: Vec<Body> = Vec::new();
    for (title, place) in [
        ("request body", "/request/request"),
        ("response body", "/request/response"),
        ("request body, answered", "/reply/request"),
        ("response body, answered", "/reply/response"),
    ] {
        let Some((kind, bytes)) = side(place) else { continue };
        if found.iter().all(|before| before.bytes != bytes) {
            let encoding = said.iter().find(|(of, _)| *of == place).map(|(_, plain)| plain.clone());
            found.push(Body { encoding, ..Body::new(title, kind, bytes) });
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

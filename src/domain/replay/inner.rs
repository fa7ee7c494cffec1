//! What lies in text: JSON, the claims of a JWT, and either of them in base64.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Map, Value};

use crate::domain::json::{Path, Step};

/// Text in text in text ends here.
const DEPTH: usize = 4;

/// The value with whatever lies in its text unfolded: `{"b": 1}` becomes an object, `Bearer eyJ…` its header and claims.
/// A JWT's signature is left out: it changes with the claims, and claims that are the same are the same.
pub fn unfolded(value: &Value) -> Value {
    unfold(value, DEPTH)
}

fn unfold(value: &Value, depth: usize) -> Value {
    match value {
        Value::Object(members) => {
            let member = |(name, value): (&String, &Value)| (name.clone(), unfold(value, depth));
            Value::Object(members.iter().map(member).collect())
        }
        Value::Array(elements) => elements.iter().map(|value| unfold(value, depth)).collect(),
        Value::String(text) if depth > 0 => {
            inside(text).map_or_else(|| value.clone(), |inner| unfold(&inner, depth - 1))
        }
        other => other.clone(),
    }
}

/// What a text holds, where it holds something.
fn inside(text: &str) -> Option<Value> {
    let trimmed = text.trim();
    if trimmed.starts_with(['{', '[']) {
        return structure(trimmed.as_bytes());
    }
    let (scheme, token) = match trimmed.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => (Some(scheme), token),
        _ => (None, trimmed),
    };
    if let Some(jwt) = jwt(token) {
        let mut found = Map::new();
        if let Some(scheme) = scheme {
            found.insert("scheme".to_owned(), scheme.into());
        }
        found.insert("jwt".to_owned(), jwt);
        return Some(Value::Object(found));
    }
    // `rawBody` is base64 in JSON.
    let bytes = STANDARD.decode(trimmed).ok()?;
    structure(&bytes)
}

/// Header and claims.
fn jwt(token: &str) -> Option<Value> {
    let mut parts = token.split('.');
    let (header, claims, _signature) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || !header.starts_with("ey") {
        return None;
    }
    let part = |text: &str| structure(&URL_SAFE_NO_PAD.decode(text).ok()?);
    Some(serde_json::json!({ "header": part(header)?, "claims": part(claims)? }))
}

fn structure(bytes: &[u8]) -> Option<Value> {
    let value: Value = serde_json::from_slice(bytes).ok()?;
    (value.is_object() || value.is_array()).then_some(value)
}

/// What a document shows at a path into its [`unfolded`] form. A document that is redacted may end before: then the text
/// that it has in that place stands for it.
pub fn shown(document: &Value, path: &Path) -> Option<Value> {
    let document = unfolded(document);
    let mut here = &document;
    for step in path.steps() {
        let below = match step {
            Step::Key(name) => here.get(name.as_str()),
            Step::Index(at) => here.get(*at),
        };
        match below {
            Some(below) => here = below,
            None if here.is_string() => break,
            None => return None,
        }
    }
    Some(here.clone())
}

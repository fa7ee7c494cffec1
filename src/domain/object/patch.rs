//! A message whose JSON was edited.

use std::collections::BTreeMap;

use serde_json::Value;

use super::from_json::{JsonError, error, from_json, put};
use super::hook::Message;
use super::schema::{FieldSchema, Kind, Schema, Shape};
use super::wire::{Fields, put_bytes};

/// The wire form of a message, of which these bytes are and `before` is the JSON, once that has become `after`: what is the
/// same in both keeps its very bytes, and so do fields that we do not know.
pub fn patch(
    message: Message,
    bytes: &[u8],
    before: &Value,
    after: &Value,
) -> Result<Vec<u8>, JsonError> {
    from_json(message, after)?;
    patched(Schema::of(message), bytes, before, after, &mut Vec::new())
}

/// A field's value; null is none.
fn there<'v>(json: &'v Value, field: &FieldSchema) -> Option<&'v Value> {
    json.get(&field.json).filter(|value| !value.is_null())
}

fn patched(
    schema: &'static Schema,
    bytes: &[u8],
    before: &Value,
    after: &Value,
    path: &mut Vec<String>,
) -> Result<Vec<u8>, JsonError> {
    let same = |field: &FieldSchema| there(before, field) == there(after, field);
    let mut out = Vec::with_capacity(bytes.len());
    // Parts of a message that comes more than once merge as if they stood one after the other.
    let mut parts: BTreeMap<u32, Vec<u8>> = BTreeMap::new();
    for field in Fields::new(schema.name, bytes) {
        let field = field.map_err(|wrong| error(path, wrong.to_string()))?;
        match schema.field(field.number).filter(|known| !same(known)) {
            None => out.extend_from_slice(field.raw),
            Some(_) => {
                if let Some(part) = field.bytes() {
                    parts.entry(field.number).or_default().extend_from_slice(part);
                }
            }
        }
    }
    for field in schema.fields().filter(|field| !same(field)) {
        let Some(value) = there(after, field) else { continue };
        path.push(field.json.clone());
        match (&field.kind, parts.get(&field.number), before.get(&field.json)) {
            (Kind::Message(place), Some(old), Some(was)) if field.shape == Shape::Single => {
                let part = patched(Schema::at(*place), old, was, value, path)?;
                put_bytes(&mut out, field.number, &part);
            }
            _ => put(&mut out, field, value, path)?,
        }
        path.pop();
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::super::wire::{put_entry, put_text};
    use super::super::{check, same, to_json};
    use super::*;
    use crate::domain::redact::Shown;

    /// An Object with fields that no release knows, in itself and in its request.
    fn object() -> Vec<u8> {
        let mut request = Vec::new();
        put_entry(&mut request, 2, "X-A", "1");
        put_text(&mut request, 5, "/things");
        put_bytes(&mut request, 10, &[]);
        put_text(&mut request, 99, "of the request");
        let mut object = vec![0x08, 1];
        put_bytes(&mut object, 3, &request);
        put_text(&mut object, 98, "of the object");
        object
    }

    #[test]
    fn what_is_not_edited_keeps_its_bytes_and_what_is_unknown_stays() {
        let old = object();
        let before = to_json(Message::Object, &old, &Shown).unwrap();
        assert_eq!(patch(Message::Object, &old, &before, &before).unwrap(), old);
        let mut after = before.clone();
        after["request"]["setHeaders"]["X-A"] = "2".into();
        after["request"]["returnOverrides"] = serde_json::json!({"responseCode": 418});
        after["metadata"] = serde_json::json!({"token": "t"});
        let new = patch(Message::Object, &old, &before, &after).unwrap();
        check(Message::Object, &new).unwrap();
        assert_eq!(to_json(Message::Object, &new, &Shown).unwrap(), after);
        for unknown in ["of the request", "of the object"] {
            assert!(
                new.windows(unknown.len()).any(|bytes| bytes == unknown.as_bytes()),
                "{unknown}"
            );
        }
        // And back again it is the same message.
        let back = patch(Message::Object, &new, &after, &before).unwrap();
        assert!(same(Message::Object, &old, &back));
    }

    #[test]
    fn what_is_no_field_is_refused_with_its_place() {
        let old = object();
        let before = to_json(Message::Object, &old, &Shown).unwrap();
        let mut after = before.clone();
        after["request"]["setHeader"] = serde_json::json!({});
        let error = patch(Message::Object, &old, &before, &after).unwrap_err();
        assert_eq!(error.path, ["request"]);
        assert!(error.what.contains("did you mean"), "{error}");
    }

    #[test]
    fn what_is_taken_out_is_gone() {
        let old = object();
        let before = to_json(Message::Object, &old, &Shown).unwrap();
        let mut after = before.clone();
        after["request"].as_object_mut().unwrap().remove("setHeaders");
        let new = patch(Message::Object, &old, &before, &after).unwrap();
        assert_eq!(to_json(Message::Object, &new, &Shown).unwrap(), after);
    }
}

//! A message from its canonical JSON, as it is printed and as people write it.
//!
//! Source: the proto3 JSON mapping. Names are lowerCamelCase; 64-bit integers and numbers of other kinds may be strings; bytes are
//! base64, standard or URL-safe; null is a default. What is no field of the message is an error.

use base64::Engine as _;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::Value;

use super::hook::Message;
use super::schema::{FieldSchema, Kind, Schema, Shape};
use super::wire::{put_bytes, put_varint};
use crate::domain::nearest::nearest;

/// JSON that is not the message's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{what}", if .path.is_empty() { String::new() } else { format!("{}: ", .path.join(".")) })]
pub struct JsonError {
    /// The names that lead there.
    pub path: Vec<String>,
    /// What is wrong there.
    pub what: String,
}

/// The wire form of a message; fields in order of their numbers, defaults left out.
pub fn from_json(message: Message, json: &Value) -> Result<Vec<u8>, JsonError> {
    encode(Schema::of(message), json, &mut Vec::new())
}

pub(super) fn error(path: &[String], what: impl Into<String>) -> JsonError {
    JsonError { path: path.to_vec(), what: what.into() }
}

fn encode(
    schema: &'static Schema,
    json: &Value,
    path: &mut Vec<String>,
) -> Result<Vec<u8>, JsonError> {
    let Some(members) = json.as_object() else {
        return Err(error(
            path,
            format!("{} is an object, and this is {}", schema.name, kind(json)),
        ));
    };
    for name in members.keys() {
        if schema.fields().all(|field| field.json != *name) {
            let near = nearest(name, schema.fields().map(|field| field.json.as_str()));
            let near = near.map(|near| format!(": did you mean `{near}`?")).unwrap_or_default();
            return Err(error(path, format!("{} has no field `{name}`{near}", schema.name)));
        }
    }
    let mut out = Vec::new();
    for field in schema.fields() {
        let Some(value) = members.get(&field.json).filter(|value| !value.is_null()) else {
            continue;
        };
        path.push(field.json.clone());
        put(&mut out, field, value, path)?;
        path.pop();
    }
    Ok(out)
}

pub(super) fn put(
    out: &mut Vec<u8>,
    field: &'static FieldSchema,
    value: &Value,
    path: &mut Vec<String>,
) -> Result<(), JsonError> {
    match field.shape {
        Shape::Single => single(out, field.number, &field.kind, value, path, false),
        Shape::List => {
            let items = value
                .as_array()
                .ok_or_else(|| error(path, format!("a list is needed, not {}", kind(value))))?;
            for (index, item) in items.iter().enumerate() {
                path.push(index.to_string());
                single(out, field.number, &field.kind, item, path, true)?;
                path.pop();
            }
            Ok(())
        }
        Shape::Map => {
            let entries = value
                .as_object()
                .ok_or_else(|| error(path, format!("an object is needed, not {}", kind(value))))?;
            for (key, value) in entries {
                path.push(key.clone());
                let mut entry = Vec::new();
                put_bytes(&mut entry, 1, key.as_bytes());
                single(&mut entry, 2, &field.kind, value, path, true)?;
                put_bytes(out, field.number, &entry);
                path.pop();
            }
            Ok(())
        }
    }
}

/// One value; a default is written where it stands in a list or a map alone.
fn single(
    out: &mut Vec<u8>,
    number: u32,
    of: &Kind,
    value: &Value,
    path: &mut Vec<String>,
    always: bool,
) -> Result<(), JsonError> {
    let wrong = |path: &[String], wanted: &str| {
        error(path, format!("{wanted} is needed, not {}", kind(value)))
    };
    let varint = |out: &mut Vec<u8>, it: i64| {
        if it != 0 || always {
            put_varint(out, u64::from(number << 3));
            put_varint(out, it.cast_unsigned());
        }
    };
    match of {
        Kind::Int32 | Kind::Int64 => {
            let it = integer(value).ok_or_else(|| wrong(path, "a whole number"))?;
            if matches!(of, Kind::Int32) && i32::try_from(it).is_err() {
                return Err(error(path, format!("{it} is out of range")));
            }
            varint(out, it);
        }
        Kind::Enum(names) => {
            let found = value.as_str().and_then(|name| names.get_value_by_name(name));
            let it = found.map(|it| i64::from(it.number())).or_else(|| integer(value));
            let known = || names.values().map(|it| it.name().to_owned()).collect::<Vec<_>>();
            let it = it.ok_or_else(|| wrong(path, &format!("one of {}", known().join(", "))))?;
            varint(out, it);
        }
        Kind::Bool => {
            varint(out, value.as_bool().ok_or_else(|| wrong(path, "true or false"))?.into());
        }
        Kind::Double => {
            let it = double(value).ok_or_else(|| wrong(path, "a number"))?;
            if it.to_bits() != 0 || always {
                put_varint(out, u64::from(number << 3 | 1));
                out.extend(it.to_le_bytes());
            }
        }
        Kind::Text => {
            let text = value.as_str().ok_or_else(|| wrong(path, "text"))?;
            if !text.is_empty() || always {
                put_bytes(out, number, text.as_bytes());
            }
        }
        Kind::Bytes => {
            let text = value.as_str().ok_or_else(|| wrong(path, "base64"))?;
            let bytes = base64(text).ok_or_else(|| error(path, "this is no base64"))?;
            if !bytes.is_empty() || always {
                put_bytes(out, number, &bytes);
            }
        }
        Kind::Message(place) => {
            let message = encode(Schema::at(*place), value, path)?;
            put_bytes(out, number, &message);
        }
    }
    Ok(())
}

fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::String(text) => text.parse().ok(),
        // 1.0 is a whole number too.
        _ => value.as_i64().or_else(|| {
            let number = value.as_f64().filter(|it| it.fract() == 0.0 && it.abs() < 9e15)?;
            #[expect(clippy::cast_possible_truncation, reason = "whole, and within range")]
            Some(number as i64)
        }),
    }
}

fn double(value: &Value) -> Option<f64> {
    match value {
        // Rust takes more spellings of these than JSON has.
        Value::String(text) => match text.as_str() {
            "NaN" => Some(f64::NAN),
            "Infinity" => Some(f64::INFINITY),
            "-Infinity" => Some(f64::NEG_INFINITY),
            text => text.parse().ok().filter(|it: &f64| it.is_finite()),
        },
        _ => value.as_f64(),
    }
}

fn base64(text: &str) -> Option<Vec<u8>> {
    let config =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let standard = GeneralPurpose::new(&STANDARD, config).decode(text);
    standard.or_else(|_| GeneralPurpose::new(&URL_SAFE, config).decode(text)).ok()
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        for (json, said) in [
            (json!([]), "Object is an object, and this is a list"),
            (json!({"hookTyp": 1}), "Object has no field `hookTyp`: did you mean `hookType`?"),
            (json!({"hookType": "Prae"}), "hookType: one of Unknown, Pre"),
            (
                json!({"request": {"headers": {"A": 1}}}),
                "request.headers.A: text is needed, not a number",
            ),
            (json!({"request": {"rawBody": "*"}}), "request.rawBody: this is no base64"),
            (json!({"session": {"rate": "fast"}}), "session.rate: a number is needed"),
            (json!({"session": {"tags": "a"}}), "session.tags: a list is needed, not text"),
            (json!({"response": {"statusCode": 3_000_000_000_i64}}), "out of range"),
            (json!({"session": {"expires": 1.5}}), "session.expires: a whole number"),
            (
                json!({"response": {"multivalueHeaders": [{"keys": 1}]}}),
                "multivalueHeaders.0: Header has no field",
            ),
        ] {
            let error = from_json(Message::Object, &json).unwrap_err().to_string();
            assert!(error.contains(said), "{error}");
        }
    }
}

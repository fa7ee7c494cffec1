//! What every answer must have, and what a large one can do without.

use bytes::Bytes;

use super::{OBJECT, REQUEST, RESPONSE};
use crate::domain::object::hook::Hook;
use crate::domain::object::wire::{Field, Fields, Value, WireError, int32, put_bytes};

/// The Object with `request` and `request.return_overrides` present where the hook is a request hook, since the
/// Gateway panics without them; the same bytes where nothing was missing.
pub fn complete(object: &Bytes) -> Result<Bytes, WireError> {
    let mut hook = Hook::default();
    let mut has_overrides = false;
    for field in Fields::new(OBJECT, object) {
        let field = field?;
        match (field.number, field.value) {
            (1, Value::Varint(number)) => hook = Hook::from_number(int32(number)),
            (3, Value::Bytes(request)) if !has_overrides => {
                for field in Fields::inside(REQUEST, request, field.offset) {
                    let field = field?;
                    has_overrides |= field.number == 10 && field.bytes().is_some();
                }
            }
            _ => {}
        }
    }
    if has_overrides || !hook.is_request_hook() {
        return Ok(object.clone());
    }
    // A second part of `request` with empty overrides merges into the first: nothing before it is touched.
    let mut out = Vec::with_capacity(object.len() + 4);
    out.extend_from_slice(object);
    out.extend([0x1a, 0x02, 0x52, 0x00]);
    Ok(out.into())
}

/// The Object without what the Gateway does not read of an answer (`request.body` on request hooks; all of
/// `request` and `response.body` on response hooks).
pub fn trim(object: &Bytes) -> Result<Bytes, WireError> {
    let mut hook = Hook::default();
    for field in Fields::new(OBJECT, object) {
        let field = field?;
        if let (1, Value::Varint(number)) = (field.number, field.value) {
            hook = Hook::from_number(int32(number));
        }
    }
    let mut out = Vec::with_capacity(object.len());
    for field in Fields::new(OBJECT, object) {
        let field = field?;
        match (field.number, field.value) {
            (3, Value::Bytes(_)) if !hook.is_request_hook() => {}
            (3, Value::Bytes(request)) => {
                put_bytes(&mut out, 3, &without(REQUEST, &field, request, 4)?);
            }
            (7, Value::Bytes(response)) if !hook.is_request_hook() => {
                put_bytes(&mut out, 7, &without(RESPONSE, &field, response, 3)?);
            }
            _ => out.extend_from_slice(field.raw),
        }
    }
    Ok(out.into())
}

/// A sub-message without one of its length-delimited fields.
fn without<'a>(
    message: &'static str,
    place: &Field<'a>,
    bytes: &'a [u8],
    number: u32,
) -> Result<Vec<u8>, WireError> {
    let mut out = Vec::with_capacity(bytes.len());
    for field in Fields::inside(message, bytes, place.offset) {
        let field = field?;
        if field.number != number || field.bytes().is_none() {
            out.extend_from_slice(field.raw);
        }
    }
    Ok(out)
}

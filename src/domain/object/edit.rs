//! What a rule does to an Object: edits on the wire form, byte for byte the same in all that they do not name.

use bytes::Bytes;

use super::hook::Hook;
use super::wire::{
    Field, Fields, Value, WireError, entry, int32, put_bytes, put_entry, put_text, put_varint,
};

const OBJECT: &str = "Object";
const REQUEST: &str = "MiniRequestObject";
const RESPONSE: &str = "ResponseObject";

/// What a rule does to an Object: edits on the wire form that keep every field that it does not name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Edit {
    /// `request.set_headers`: added or replaced.
    pub set_headers: Vec<(String, String)>,
    /// `request.return_overrides`: replaced.
    pub overrides: Option<Overrides>,
    /// `session`: replaced by this `SessionState` (wire form).
    pub session: Option<Bytes>,
    /// The Object's own `metadata`: added or replaced.
    pub metadata: Vec<(String, String)>,
}

/// `ReturnOverrides`, as a rule sets them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overrides {
    /// `response_code`.
    pub code: i32,
    /// `response_error`.
    pub error: String,
    /// `response_body`.
    pub body: String,
    /// `override_error`.
    pub override_error: bool,
    /// `headers`.
    pub headers: Vec<(String, String)>,
}

impl Overrides {
    fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        if self.code != 0 {
            out.push(0x08);
            // A negative int32 is sign-extended to 64 bits on the wire.
            put_varint(&mut out, i64::from(self.code).cast_unsigned());
        }
        put_text(&mut out, 2, &self.error);
        for (key, value) in &self.headers {
            put_entry(&mut out, 3, key, value);
        }
        if self.override_error {
            out.extend([0x20, 1]);
        }
        put_text(&mut out, 5, &self.body);
        out
    }
}

impl Edit {
    /// True where it changes nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The edited wire form. A request hook's answer always has `request` and `return_overrides`.
    ///
    /// Of a name that an edit's list has twice, the last counts.
    pub fn apply(&self, object: &Bytes) -> Result<Bytes, WireError> {
        if self.is_empty() {
            return complete(object);
        }
        let edits_request = !self.set_headers.is_empty() || self.overrides.is_some();
        let mut out = Vec::with_capacity(object.len() + self.added());
        let mut hook = Hook::default();
        // Parts of a message that comes more than once merge as if they stood one after the other.
        let mut request = Vec::new();
        for field in Fields::new(OBJECT, object) {
            let field = field?;
            match (field.number, field.value) {
                (3, Value::Bytes(part)) if edits_request => {
                    self.keep_of_request(&field, part, &mut request)?;
                    continue;
                }
                (4, Value::Bytes(_)) if self.session.is_some() => continue,
                (5, Value::Bytes(bytes)) if has(&self.metadata, OBJECT, &field, bytes)? => continue,
                (1, Value::Varint(number)) => hook = Hook::from_number(int32(number)),
                _ => {}
            }
            out.extend_from_slice(field.raw);
        }
        if edits_request {
            for (key, value) in last_of_each(&self.set_headers) {
                put_entry(&mut request, 2, key, value);
            }
            if let Some(overrides) = &self.overrides {
                put_bytes(&mut request, 10, &overrides.encode());
            }
            put_bytes(&mut out, 3, &request);
        }
        if let Some(session) = &self.session {
            put_bytes(&mut out, 4, session);
        }
        for (key, value) in last_of_each(&self.metadata) {
            put_entry(&mut out, 5, key, value);
        }
        if hook.is_request_hook() { complete(&out.into()) } else { Ok(out.into()) }
    }

    /// About how many bytes are added.
    fn added(&self) -> usize {
        let entries = self.set_headers.iter().chain(&self.metadata);
        let texts: usize = entries.map(|(key, value)| key.len() + value.len() + 12).sum();
        texts + self.session.as_ref().map_or(0, Bytes::len) + 256
    }

    /// What is kept of one part of `request`.
    fn keep_of_request<'a>(
        &self,
        place: &Field<'a>,
        part: &'a [u8],
        out: &mut Vec<u8>,
    ) -> Result<(), WireError> {
        for field in Fields::inside(REQUEST, part, place.offset) {
            let field = field?;
            match (field.number, field.value) {
                (2, Value::Bytes(bytes)) if has(&self.set_headers, REQUEST, &field, bytes)? => {}
                (10, Value::Bytes(_)) if self.overrides.is_some() => {}
                _ => out.extend_from_slice(field.raw),
            }
        }
        Ok(())
    }
}

/// Whether an entry's key is among these.
fn has<'a>(
    new: &[(String, String)],
    message: &'static str,
    field: &Field<'a>,
    bytes: &'a [u8],
) -> Result<bool, WireError> {
    if new.is_empty() {
        return Ok(false);
    }
    let (key, _, _) = entry(message, field, bytes)?;
    Ok(new.iter().any(|(name, _)| name == key))
}

fn last_of_each(entries: &[(String, String)]) -> impl Iterator<Item = (&str, &str)> {
    entries
        .iter()
        .enumerate()
        .filter(|(at, (key, _))| entries[at + 1..].iter().all(|(later, _)| later != key))
        .map(|(_, (key, value))| (key.as_str(), value.as_str()))
}

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

#[cfg(test)]
mod tests {
    use super::super::head::Head;
    use super::super::wire::text_entry;
    use super::*;

    fn entries(bytes: &[u8], map: u32) -> Vec<(String, String)> {
        Fields::new("", bytes)
            .map(Result::unwrap)
            .filter(|field| field.number == map)
            .map(|field| text_entry("", &field, field.bytes().unwrap()).unwrap())
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .collect()
    }

    fn numbers(bytes: &[u8]) -> Vec<u32> {
        Fields::new("", bytes).map(|field| field.unwrap().number).collect()
    }

    /// A request hook's Object with fields that nobody knows at both levels.
    fn object(hook: u8, overrides: bool) -> Bytes {
        let mut request = Vec::new();
        put_entry(&mut request, 1, "Host", "h");
        put_entry(&mut request, 2, "X-Old", "old");
        put_text(&mut request, 4, "body");
        put_bytes(&mut request, 90, b"unknown");
        if overrides {
            put_bytes(
                &mut request,
                10,
                &[0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1],
            );
        }
        put_bytes(&mut request, 14, b"body");
        let mut out = vec![0x08, hook];
        put_bytes(&mut out, 3, &request);
        put_bytes(&mut out, 4, &[0x78, 1]);
        put_entry(&mut out, 5, "token", "old");
        put_bytes(&mut out, 91, b"unknown too");
        out.into()
    }

    #[test]
    fn sets_headers_overrides_session_and_metadata_and_keeps_the_rest() {
        let edit = Edit {
            set_headers: vec![
                ("X-New".into(), "lost".into()),
                ("X-Old".into(), "new".into()),
                ("X-New".into(), "1".into()),
            ],
            overrides: Some(Overrides { code: -7, error: "no".into(), ..Overrides::default() }),
            session: Some(Bytes::from_static(&[0x18, 1])),
            metadata: vec![("token".into(), "t".into())],
        };
        let out = edit.apply(&object(2, true)).unwrap();
        let head = Head::read(&out).unwrap();
        let request = head.request.unwrap();
        assert_eq!(
            entries(request, 2),
            vec![("X-Old".into(), "new".into()), ("X-New".into(), "1".into())]
        );
        assert_eq!(entries(&out, 5), vec![("token".into(), "t".into())]);
        assert_eq!(numbers(request), vec![1, 4, 90, 14, 2, 2, 10]);
        assert_eq!(numbers(&out), vec![1, 91, 3, 4, 5]);
        let overrides = Fields::new("", request).map(Result::unwrap).find(|f| f.number == 10);
        let expected = [&[0x08, 0xf9][..], &[0xff; 8], &[1, 0x12, 2], b"no"].concat();
        assert_eq!(overrides.unwrap().bytes(), Some(&expected[..]));
    }

    #[test]
    fn what_lacks_nothing_goes_back_as_it_came() {
        let object = object(1, true);
        for out in [complete(&object), Edit::default().apply(&object)] {
            assert_eq!(out.unwrap().as_ptr(), object.as_ptr());
        }
        let response = Bytes::from_static(&[0x08, 5]);
        assert_eq!(complete(&response).unwrap(), response);
    }

    #[test]
    fn a_request_hook_is_given_request_and_overrides() {
        for object in [object(4, false), Bytes::new(), Bytes::from_static(&[0x08, 1])] {
            let out = complete(&object).unwrap();
            assert!(out.starts_with(&object));
            assert_eq!(complete(&out).unwrap(), out);
            let edit = Edit { metadata: vec![("a".into(), "b".into())], ..Edit::default() };
            let out = edit.apply(&object).unwrap();
            assert_eq!(complete(&out).unwrap(), out);
        }
    }

    #[test]
    fn trimming_leaves_out_what_the_gateway_does_not_read() {
        let trimmed = trim(&object(3, true)).unwrap();
        assert_eq!(numbers(Head::read(&trimmed).unwrap().request.unwrap()), vec![1, 2, 90, 10, 14]);
        assert_eq!(numbers(&trimmed), vec![1, 3, 4, 5, 91]);
        let mut response = object(5, true).to_vec();
        let mut part = Vec::new();
        put_bytes(&mut part, 2, b"raw");
        put_text(&mut part, 3, "text");
        put_bytes(&mut part, 50, b"unknown");
        put_bytes(&mut response, 7, &part);
        let trimmed = trim(&response.into()).unwrap();
        assert_eq!(numbers(&trimmed), vec![1, 4, 5, 91, 7]);
        let kept = Fields::new("", &trimmed).map(Result::unwrap).last().unwrap();
        assert_eq!(numbers(kept.bytes().unwrap()), vec![2, 50]);
    }

    #[test]
    fn bytes_that_are_no_object_are_an_error() {
        let bad = Bytes::from_static(&[0x1a, 0x09, 1]);
        let edit = Edit { metadata: vec![("a".into(), "b".into())], ..Edit::default() };
        assert!(edit.apply(&bad).is_err() && complete(&bad).is_err() && trim(&bad).is_err());
    }
}

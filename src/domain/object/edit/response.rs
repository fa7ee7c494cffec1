//! What a rule does to the upstream's answer. The Gateway has its headers twice, and what it sends on hangs on both.

use bytes::Bytes;

use super::overrides::put_int32;
use super::{RESPONSE, delete_from, has, header, last_of_each, set_in};
use crate::domain::object::wire::{
    Field, Fields, Value, WireError, put_bytes, put_entry, put_text,
};

/// What a rule does to `response`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ResponseEdit {
    /// `status_code`.
    pub status: Option<i32>,
    /// Headers added or replaced by one value, in `headers` and `multivalue_headers` alike.
    pub set_headers: Vec<(String, String)>,
    /// Headers removed from both; names without case.
    pub delete_headers: Vec<String>,
    /// `raw_body`, and `body` where it is text.
    pub body: Option<Bytes>,
}

impl ResponseEdit {
    /// True where it changes nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Sets a header; a later word counts.
    pub fn set_header(&mut self, name: &str, value: &str) {
        self.delete_headers.retain(|it| !it.eq_ignore_ascii_case(name));
        set_in(&mut self.set_headers, &canonical(name), value);
    }

    /// Deletes a header, one that an earlier rule set too.
    pub fn delete_header(&mut self, name: &str) {
        delete_from(&mut self.set_headers, &mut self.delete_headers, name);
    }

    /// What is kept of one part of `response`.
    pub(super) fn keep<'a>(
        &self,
        place: &Field<'a>,
        part: &'a [u8],
        out: &mut Vec<u8>,
    ) -> Result<(), WireError> {
        let fields = Fields::inside(RESPONSE, part, place.offset);
        for field in fields.clone() {
            let field = field?;
            match (field.number, field.value) {
                (1, Value::Varint(_)) if self.status.is_some() => {}
                (2 | 3, Value::Bytes(_)) if self.body.is_some() => {}
                (4, Value::Bytes(bytes))
                    if has(
                        &self.set_headers,
                        &self.delete_headers,
                        (RESPONSE, &field, bytes),
                        header,
                    )? => {}
                (5, Value::Bytes(bytes)) if self.edits(header_name(&field, bytes)?) => {}
                _ => out.extend_from_slice(field.raw),
            }
        }
        Ok(())
    }

    fn edits(&self, name: &str) -> bool {
        let set = self.set_headers.iter().map(|(name, _)| name);
        set.chain(&self.delete_headers).any(|edited| edited.eq_ignore_ascii_case(name))
    }

    /// Adds what is new.
    pub(super) fn add(&self, out: &mut Vec<u8>) {
        if let Some(status) = self.status {
            put_int32(out, 1, status);
        }
        if let Some(body) = &self.body {
            put_body(out, 2, 3, body);
        }
        for (name, value) in last_of_each(&self.set_headers) {
            put_entry(out, 4, name, value);
        }
        for (name, value) in last_of_each(&self.set_headers) {
            put_header(out, name, [value]);
        }
    }
}

/// A body in both of its fields: as bytes, and as text where it is some.
pub(super) fn put_body(out: &mut Vec<u8>, raw: u32, text: u32, body: &Bytes) {
    if !body.is_empty() {
        put_bytes(out, raw, body);
    }
    if let Ok(body) = std::str::from_utf8(body) {
        put_text(out, text, body);
    }
}

/// One of `multivalue_headers`.
pub(super) fn put_header<'a>(
    out: &mut Vec<u8>,
    name: &str,
    values: impl IntoIterator<Item = &'a str>,
) {
    let mut header = Vec::new();
    put_text(&mut header, 1, name);
    for value in values {
        put_bytes(&mut header, 2, value.as_bytes());
    }
    put_bytes(out, 5, &header);
}

/// The name of one of `multivalue_headers`.
fn header_name<'a>(place: &Field<'a>, header: &'a [u8]) -> Result<&'a str, WireError> {
    let fields = Fields::inside("Header", header, place.offset);
    let mut name = "";
    for field in fields.clone() {
        let field = field?;
        if let (1, Some(bytes)) = (field.number, field.bytes()) {
            name = fields.text(&field, bytes)?;
        }
    }
    Ok(name)
}

/// A name as Go has it (`X-Request-Id`), which is how the Gateway compares both forms.
fn canonical(name: &str) -> String {
    let mut upper = true;
    let each = |c: char| {
        let next = if upper { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() };
        upper = c == '-';
        next
    };
    name.chars().map(each).collect()
}

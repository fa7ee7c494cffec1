//! What a rule does to an Object: edits on the wire form, byte for byte the same in all that they do not name.

mod fit;
mod overrides;
mod response;

use bytes::Bytes;

pub use fit::{complete, trim};
pub use overrides::Overrides;
pub use response::ResponseEdit;

use super::hook::Hook;
use super::wire::{Field, Fields, Value, WireError, entry, int32, put_bytes, put_entry, put_text};

const OBJECT: &str = "Object";
const REQUEST: &str = "MiniRequestObject";
const RESPONSE: &str = "ResponseObject";

/// What a rule does to an Object: edits on the wire form that keep every field that it does not name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Edit {
    /// `request.set_headers`: added or replaced.
    pub set_headers: Vec<(String, String)>,
    /// `request.delete_headers`: added. The Gateway deletes before it sets.
    pub delete_headers: Vec<String>,
    /// `request.add_params`: added or replaced.
    pub add_params: Vec<(String, String)>,
    /// `request.delete_params`: added. The Gateway deletes before it adds.
    pub delete_params: Vec<String>,
    /// `request.raw_body`, and `request.body` where it is text.
    pub body: Option<Bytes>,
    /// `request.url`.
    pub url: Option<String>,
    /// `request.method`.
    pub method: Option<String>,
    /// `request.return_overrides`: replaced.
    pub overrides: Option<Overrides>,
    /// `session`: replaced by this `SessionState` (wire form).
    pub session: Option<Bytes>,
    /// The Object's own `metadata`: added or replaced.
    pub metadata: Vec<(String, String)>,
    /// `response`, on response hooks.
    pub response: ResponseEdit,
}

impl Edit {
    /// True where it changes nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Sets a header of what goes to the upstream; a later word counts.
    pub fn set_header(&mut self, name: &str, value: &str) {
        set_in(&mut self.set_headers, name, value);
    }

    /// Deletes a header of what goes to the upstream, one that an earlier rule set too.
    pub fn delete_header(&mut self, name: &str) {
        delete_from(&mut self.set_headers, &mut self.delete_headers, name);
    }

    /// Sets a parameter of the query to one value.
    pub fn set_param(&mut self, name: &str, value: &str) {
        self.add_params.retain(|(set, _)| set != name);
        self.add_params.push((name.to_owned(), value.to_owned()));
    }

    /// Deletes a parameter of the query, one that an earlier rule set too.
    pub fn delete_param(&mut self, name: &str) {
        self.add_params.retain(|(set, _)| set != name);
        self.delete_params.push(name.to_owned());
    }

    /// The edited wire form. A request hook's answer always has `request` and `return_overrides`.
    ///
    /// Of a name that an edit's list has twice, the last counts.
    pub fn apply(&self, object: &Bytes) -> Result<Bytes, WireError> {
        if self.is_empty() {
            return complete(object);
        }
        let (edits_request, edits_response) = (self.edits_request(), !self.response.is_empty());
        let mut out = Vec::with_capacity(object.len() + self.added());
        let mut hook = Hook::default();
        // Parts of a message that comes more than once merge as if they stood one after the other.
        let (mut request, mut response) = (Vec::new(), Vec::new());
        for field in Fields::new(OBJECT, object) {
            let field = field?;
            match (field.number, field.value) {
                (3, Value::Bytes(part)) if edits_request => {
                    self.keep_of_request(&field, part, &mut request)?;
                    continue;
                }
                (7, Value::Bytes(part)) if edits_response => {
                    self.response.keep(&field, part, &mut response)?;
                    continue;
                }
                (4, Value::Bytes(_)) if self.session.is_some() => continue,
                (5, Value::Bytes(bytes))
                    if has(&self.metadata, &[], (OBJECT, &field, bytes), exactly)? =>
                {
                    continue;
                }
                (1, Value::Varint(number)) => hook = Hook::from_number(int32(number)),
                _ => {}
            }
            out.extend_from_slice(field.raw);
        }
        if edits_request {
            self.add_to_request(&mut request);
            put_bytes(&mut out, 3, &request);
        }
        if let Some(session) = &self.session {
            put_bytes(&mut out, 4, session);
        }
        for (key, value) in last_of_each(&self.metadata) {
            put_entry(&mut out, 5, key, value);
        }
        if edits_response {
            self.response.add(&mut response);
            put_bytes(&mut out, 7, &response);
        }
        if hook.is_request_hook() { complete(&out.into()) } else { Ok(out.into()) }
    }

    fn edits_request(&self) -> bool {
        let names = self.delete_headers.len() + self.delete_params.len();
        let entries = self.set_headers.len() + self.add_params.len();
        let texts = self.url.is_some() || self.method.is_some() || self.body.is_some();
        names + entries > 0 || texts || self.overrides.is_some()
    }

    /// About how many bytes are added.
    fn added(&self) -> usize {
        let entries = self.set_headers.iter().chain(&self.add_params).chain(&self.metadata);
        let texts: usize = entries.map(|(key, value)| key.len() + value.len() + 12).sum();
        let bodies = self.body.iter().chain(&self.response.body).map(|body| 2 * body.len());
        texts + bodies.sum::<usize>() + self.session.as_ref().map_or(0, Bytes::len) + 256
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
                (2, Value::Bytes(bytes))
                    if has(
                        &self.set_headers,
                        &self.delete_headers,
                        (REQUEST, &field, bytes),
                        header,
                    )? => {}
                (7, Value::Bytes(bytes))
                    if has(
                        &self.add_params,
                        &self.delete_params,
                        (REQUEST, &field, bytes),
                        exactly,
                    )? => {}
                (4 | 14, Value::Bytes(_)) if self.body.is_some() => {}
                (5, Value::Bytes(_)) if self.url.is_some() => {}
                (10, Value::Bytes(_)) if self.overrides.is_some() => {}
                (11, Value::Bytes(_)) if self.method.is_some() => {}
                _ => out.extend_from_slice(field.raw),
            }
        }
        Ok(())
    }

    /// Adds what is new to `request`.
    fn add_to_request(&self, out: &mut Vec<u8>) {
        for (key, value) in last_of_each(&self.set_headers) {
            put_entry(out, 2, key, value);
        }
        for name in &self.delete_headers {
            put_bytes(out, 3, name.as_bytes());
        }
        put_text(out, 5, self.url.as_deref().unwrap_or_default());
        for (key, value) in last_of_each(&self.add_params) {
            put_entry(out, 7, key, value);
        }
        for name in &self.delete_params {
            put_bytes(out, 9, name.as_bytes());
        }
        if let Some(overrides) = &self.overrides {
            put_bytes(out, 10, &overrides.encode());
        }
        put_text(out, 11, self.method.as_deref().unwrap_or_default());
        if let Some(body) = &self.body {
            response::put_body(out, 14, 4, body);
        }
    }
}

/// Sets a name, whose case does not count, to a value.
fn set_in(set: &mut Vec<(String, String)>, name: &str, value: &str) {
    set.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
    set.push((name.to_owned(), value.to_owned()));
}

/// Notes a name as deleted, whatever was to be set before.
fn delete_from(set: &mut Vec<(String, String)>, deleted: &mut Vec<String>, name: &str) {
    set.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
    deleted.push(name.to_owned());
}

/// Whether an entry's key is among those that are set, or is deleted, by `same`.
fn has<'a>(
    new: &[(String, String)],
    deleted: &[String],
    (message, field, bytes): (&'static str, &Field<'a>, &'a [u8]),
    same: fn(&str, &str) -> bool,
) -> Result<bool, WireError> {
    if new.is_empty() && deleted.is_empty() {
        return Ok(false);
    }
    let (key, _, _) = entry(message, field, bytes)?;
    Ok(new.iter().map(|(name, _)| name).chain(deleted).any(|name| same(name, key)))
}

/// Names of headers are compared without case.
fn header(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}

fn exactly(a: &str, b: &str) -> bool {
    a == b
}

fn last_of_each(entries: &[(String, String)]) -> impl Iterator<Item = (&str, &str)> {
    entries
        .iter()
        .enumerate()
        .filter(|(at, (key, _))| entries[at + 1..].iter().all(|(later, _)| later != key))
        .map(|(_, (key, value))| (key.as_str(), value.as_str()))
}

#[cfg(test)]
mod tests;

//! Dispatch messages: the Object and the Event as they are on the wire, as fields, and as canonical JSON.
//!
//! Bytes stay bytes: what the Gateway sent is read and edited on the wire form, so that fields we do not know survive.
//! Source: the coprocess proto files of the Gateway (`proto/` in this repository).

mod hook;

pub use hook::{Hook, Message};

use std::borrow::Cow;

use bytes::Bytes;

/// Bytes that are no protobuf message of the expected type, or text that is not UTF-8.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a protobuf {message}: {detail} at byte {offset}")]
pub struct WireError {
    /// Which message was expected.
    pub message: &'static str,
    /// What was found.
    pub detail: String,
    /// Where, in bytes from the start.
    pub offset: usize,
}

/// The fields of an Object that rules and the index read, borrowed from the wire form in one pass.
#[derive(Clone, Debug, Default)]
pub struct Head<'a> {
    /// Which hook.
    pub hook: Hook,
    /// The function's name in the manifest.
    pub hook_name: &'a str,
    /// `spec.APIID`, empty if absent.
    pub api_id: &'a str,
    /// `spec.OrgID`.
    pub org_id: &'a str,
    /// `spec.bundle_hash`.
    pub bundle_hash: &'a str,
    /// `request.method`.
    pub method: &'a str,
    /// `request.url`: path and query on request hooks, the upstream's absolute URL on response hooks.
    pub url: &'a str,
    /// The wire form of `request` (the last occurrence; merged ones are rare and handled by `header`).
    pub request: Option<&'a [u8]>,
}

impl<'a> Head<'a> {
    /// Reads the fields of an Object; every sub-message is checked to be well formed only as far as it is read.
    pub fn read(_object: &'a [u8]) -> Result<Self, WireError> {
        unimplemented!("domain/object")
    }

    /// The value of a request header, names compared without case.
    pub fn header(&self, _name: &str) -> Option<&'a str> {
        unimplemented!("domain/object")
    }

    /// The path without its query, for absolute URLs too.
    pub fn path(&self) -> &'a str {
        unimplemented!("domain/object")
    }
}

/// How secrets of a message are written; implemented by `redact`.
///
/// There is no function from a message to text without one.
pub trait View {
    /// The text to show for a string (or base64 of bytes) at this place; `path` are the canonical JSON names, map keys
    /// and list indices that lead there.
    fn text<'a>(&self, path: &[Cow<'_, str>], value: &'a str) -> Cow<'a, str>;
    /// The bytes to show for a bytes field at this place.
    fn bytes<'a>(&self, path: &[Cow<'_, str>], value: &'a [u8]) -> Cow<'a, [u8]>;
}

/// The canonical JSON of a message, as Google's `MessageToJson` writes it, compact, maps sorted by key.
pub fn to_json(
    _message: Message,
    _bytes: &[u8],
    _view: &dyn View,
) -> Result<serde_json::Value, WireError> {
    unimplemented!("domain/object")
}

/// Whether two wire forms are equal as messages: order and encoding apart, unknown fields included.
pub fn same(_message: Message, _a: &[u8], _b: &[u8]) -> bool {
    unimplemented!("domain/object")
}

/// What a rule does to an Object: edits on the wire form that keep every field that it does not name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Edit {
    /// `request.set_headers`: added or replaced.
    pub set_headers: Vec<(String, String)>,
    /// `request.return_overrides`: replaced.
    pub overrides: Option<Overrides>,
    /// `session`: replaced by this SessionState (wire form).
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

impl Edit {
    /// True where it changes nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The edited wire form. A request hook's answer always has `request` and `return_overrides`.
    pub fn apply(&self, _object: &Bytes) -> Result<Bytes, WireError> {
        unimplemented!("domain/object")
    }
}

/// The Object with `request` and `request.return_overrides` present where the hook is a request hook, since the
/// Gateway panics without them; the same bytes where nothing was missing.
pub fn complete(_object: &Bytes) -> Result<Bytes, WireError> {
    unimplemented!("domain/object")
}

/// The Object without what the Gateway does not read of an answer (contract: `request.body` on request hooks; all of
/// `request` and `response.body` on response hooks).
pub fn trim(_object: &Bytes) -> Result<Bytes, WireError> {
    unimplemented!("domain/object")
}

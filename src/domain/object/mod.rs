//! Dispatch messages: the Object and the Event as they are on the wire, as fields, and as canonical JSON.
//!
//! Bytes stay bytes: what the Gateway sent is read and edited on the wire form, so that fields we do not know survive.
//! Source: the coprocess proto files of the Gateway (`proto/` in this repository).

mod edit;
mod head;
mod hook;
mod wire;

pub use edit::{Edit, Overrides, complete, trim};
pub use head::Head;
pub use hook::{Hook, Message};
pub use wire::WireError;

use std::borrow::Cow;

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

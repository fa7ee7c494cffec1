//! The answer that the Gateway gives instead of an upstream.

use crate::domain::object::wire::{put_entry, put_text, put_varint};

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
    pub(super) fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        put_int32(&mut out, 1, self.code);
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

/// An int32, unless it is 0: the default is left out.
pub(super) fn put_int32(out: &mut Vec<u8>, number: u32, value: i32) {
    if value != 0 {
        put_varint(out, u64::from(number << 3));
        // A negative int32 is sign-extended to 64 bits on the wire.
        put_varint(out, i64::from(value).cast_unsigned());
    }
}

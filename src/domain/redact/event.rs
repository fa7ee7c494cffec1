//! The request that an event's `OriginatingRequest` holds: base64 of what was on the wire.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::body;
use super::pen::Pen;
use super::text;

/// The request without secrets, in base64 again; what cannot be looked into is hidden whole.
pub(super) fn originating_request(pen: &Pen<'_>, value: &str) -> String {
    let Ok(bytes) = BASE64_STANDARD.decode(value) else { return pen.hide(value) };
    if bytes.is_empty() {
        return value.to_owned();
    }
    let end =
        bytes.windows(4).position(|four| four == b"\r\n\r\n").map_or(bytes.len(), |at| at + 4);
    let (head, body) = bytes.split_at(end);
    let mut out = Vec::with_capacity(bytes.len());
    let mut encoded = false;
    for (at, line) in String::from_utf8_lossy(head).split_inclusive("\r\n").enumerate() {
        let line_end = line.trim_end_matches(['\r', '\n']).len();
        let (line, line_break) = line.split_at(line_end);
        match line.split_once(':') {
            Some((name, value)) if at > 0 => {
                encoded |= name.eq_ignore_ascii_case("content-encoding");
                out.extend_from_slice(
                    format!("{name}: {}", pen.header(name, value.trim())).as_bytes(),
                );
            }
            _ => out.extend_from_slice(text::redact(pen, line).as_bytes()),
        }
        out.extend_from_slice(line_break.as_bytes());
    }
    out.extend_from_slice(&body::redact_bytes(pen, body, encoded));
    BASE64_STANDARD.encode(out)
}

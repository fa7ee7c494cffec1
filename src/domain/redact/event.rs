//! The request that an event's `OriginatingRequest` holds: base64 of what was on the wire. A Gateway writes a body whose
//! length it does not know in chunks, whose sizes would stand in the middle of what is looked for: they are left out.

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
    let (mut encoded, mut chunked) = (false, false);
    for (at, line) in String::from_utf8_lossy(head).split_inclusive("\r\n").enumerate() {
        let line_end = line.trim_end_matches(['\r', '\n']).len();
        let (line, line_break) = line.split_at(line_end);
        match line.split_once(':') {
            Some((name, value)) if at > 0 => {
                encoded |= name.eq_ignore_ascii_case("content-encoding");
                chunked |= name.eq_ignore_ascii_case("transfer-encoding")
                    && value.trim().eq_ignore_ascii_case("chunked");
                out.extend_from_slice(
                    format!("{name}: {}", pen.header(name, value.trim())).as_bytes(),
                );
            }
            _ => out.extend_from_slice(text::redact(pen, line).as_bytes()),
        }
        out.extend_from_slice(line_break.as_bytes());
    }
    let whole = chunked.then(|| joined(body));
    out.extend_from_slice(&body::redact_bytes(pen, whole.as_deref().unwrap_or(body), encoded));
    BASE64_STANDARD.encode(out)
}

/// A body without the sizes of its chunks; from where they are none on, as it is.
fn joined(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some((size, behind)) = chunk(rest) {
        if size == 0 {
            return out;
        }
        out.extend_from_slice(&behind[..size.min(behind.len())]);
        let next = &behind[size.min(behind.len())..];
        rest = next.strip_prefix(b"\r\n").unwrap_or(next);
    }
    out.extend_from_slice(rest);
    out
}

/// The size of the chunk that begins here, in hexadecimal, and what comes behind it.
fn chunk(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let end = bytes.windows(2).take(64).position(|two| two == b"\r\n")?;
    let size = std::str::from_utf8(&bytes[..end]).ok()?;
    let size = size.split(';').next().unwrap_or_default().trim();
    Some((usize::from_str_radix(size, 16).ok()?, &bytes[end + 2..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::redact::{Policy, Redacted};

    #[test]
    fn a_body_in_chunks_is_looked_at_as_one() {
        let redacted = Redacted::new(Policy::default(), [7; 32]);
        let json = r#"{"user": "alice", "password": "hunter2-hunter2"}"#;
        let (one, two) = json.split_at(json.len() - 10);
        for chunks in [
            format!("{:x}\r\n{json}\r\n0\r\n\r\n", json.len()),
            format!("{:X};a=b\r\n{one}\r\n{:x}\r\n{two}\r\n0\r\n\r\n", one.len(), two.len()),
            // Cut short, or what says that it is in chunks and is not.
            format!("{:x}\r\n{json}", json.len() + 100),
            json.to_owned(),
        ] {
            let wire = format!("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}");
            let shown = originating_request(&redacted.pen(), &BASE64_STANDARD.encode(&wire));
            let shown = String::from_utf8(BASE64_STANDARD.decode(shown).unwrap()).unwrap();
            assert!(!shown.contains("hunter2"), "{shown}");
            assert!(shown.contains(r#"{"user": "alice", "password": "«redacted "#), "{shown}");
        }
        assert_eq!(joined(b"not a size\r\nrest"), b"not a size\r\nrest");
        assert_eq!(joined(b"ffffffffffffffff\r\nx"), b"x");
        assert_eq!(joined(b""), b"");
    }
}

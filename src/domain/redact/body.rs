//! Bodies: JSON, XML, forms, multipart and other text, told apart by how they begin. A compressed body is not looked into:
//! it is shown as a mark with its length, because what it holds would be there for anyone who inflates it.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::json;
use super::pen::{Pen, mark};
use super::text;

/// The head of one part of a multipart body and its content up to the next boundary.
static PARTS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r#"(?is)(?P<head>Content-Disposition:\s*form-data;[^\r\n]*?\bname="?(?P<name>[^"\r\n;]+)"?.*?\r?\n\r?\n)(?P<content>.*?)(?P<end>\r?\n--)"#,
    )
    .expect("a fixed pattern")
});

/// An element with text alone in it.
static ELEMENTS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"<(?P<name>(?:[A-Za-z_][\w.-]*:)?(?P<local>[A-Za-z_][\w.-]*))(?P<rest>(?:\s[^<>]*)?)>(?P<text>[^<]+|<!\[CDATA\[(?s:.*?)\]\]>)</",
    )
    .expect("a fixed pattern")
});

/// A body that is text, as it is shown.
pub(super) fn redact<'b>(pen: &Pen<'_>, body: &'b str) -> Cow<'b, str> {
    if json::is_json(body) {
        return Cow::Owned(json::redact(pen, body, json::Kind::Any));
    }
    let start = body.trim_start();
    let shown = if start.starts_with('<') {
        elements(pen, body)
    } else if start.starts_with("--") && body.contains("form-data") {
        parts(pen, body)
    } else if text::is_form(body) {
        text::form(pen, body)
    } else {
        Cow::Borrowed(body)
    };
    text::owned(shown, |shown| text::redact(pen, shown))
}

/// A body that may be text. `encoded`: its headers name a Content-Encoding.
pub(super) fn redact_bytes<'b>(pen: &Pen<'_>, body: &'b [u8], encoded: bool) -> Cow<'b, [u8]> {
    if let Ok(text) = std::str::from_utf8(body) {
        return match redact(pen, text) {
            Cow::Borrowed(shown) => Cow::Borrowed(shown.as_bytes()),
            Cow::Owned(shown) => Cow::Owned(shown.into_bytes()),
        };
    }
    if encoded || is_compressed(body) {
        let whole = String::from_utf8_lossy(body);
        let shown = format!("{} ({} bytes, compressed)", mark(pen.key, &whole), body.len());
        return Cow::Owned(shown.into_bytes());
    }
    // Byte for byte as characters: names and marks are ASCII but for the mark's own quotes.
    let characters: String = body.iter().map(|&byte| char::from(byte)).collect();
    let shown = redact(pen, &characters);
    Cow::Owned(shown.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect())
}

/// By the first bytes of gzip, zstd, zlib, xz, bzip2 and zip.
fn is_compressed(body: &[u8]) -> bool {
    const STARTS: [&[u8]; 8] = [
        b"\x1f\x8b",
        b"\x28\xb5\x2f\xfd",
        b"\x78\x01",
        b"\x78\x9c",
        b"\x78\xda",
        b"\xfd7zXZ",
        b"BZh",
        b"PK\x03\x04",
    ];
    STARTS.iter().any(|start| body.starts_with(start))
}

fn parts<'b>(pen: &Pen<'_>, body: &'b str) -> Cow<'b, str> {
    PARTS.replace_all(body, |found: &Captures<'_>| {
        let (head, content, end) = (&found["head"], &found["content"], &found["end"]);
        let shown = if pen.names.param(&found["name"]) {
            pen.hide(content)
        } else if json::is_json(content) {
            json::redact(pen, content, json::Kind::Any)
        } else {
            content.to_owned()
        };
        format!("{head}{shown}{end}")
    })
}

fn elements<'b>(pen: &Pen<'_>, body: &'b str) -> Cow<'b, str> {
    ELEMENTS.replace_all(body, |found: &Captures<'_>| {
        let text = &found["text"];
        if text.trim().is_empty() || !pen.names.member(&found["local"]) {
            return found[0].to_owned();
        }
        let bare = text.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>");
        format!("<{}{}>{}</", &found["name"], &found["rest"], pen.hide(bare))
    })
}

//! Strings as Go reads and writes them.

use std::fmt::Write as _;

/// The text of a JSON string, given with its quotes, as Go's `encoding/json` reads it: each byte that is no UTF-8 and
/// each lone surrogate becomes U+FFFD. The string must be well formed, as [`super::Document`] has checked.
pub fn unquote(quoted: &[u8]) -> String {
    let inner = quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default();
    let mut text = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(at) = rest.iter().position(|byte| *byte == b'\\') {
        push_lossy(&mut text, &rest[..at]);
        rest = push_escape(&mut text, &rest[at + 1..]);
    }
    push_lossy(&mut text, rest);
    text
}

/// One U+FFFD for each byte that is no UTF-8: Go's way, where Rust's lossy reading makes one for a whole broken
/// sequence.
fn push_lossy(text: &mut String, bytes: &[u8]) {
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(std::iter::repeat_n(char::REPLACEMENT_CHARACTER, chunk.invalid().len()));
    }
}

/// Takes what follows a backslash, returns what follows the escape.
fn push_escape<'a>(text: &mut String, rest: &'a [u8]) -> &'a [u8] {
    let Some((letter, after)) = rest.split_first() else { return rest };
    let plain = match letter {
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => return push_unicode(text, after),
        other => char::from(*other),
    };
    text.push(plain);
    after
}

/// Takes what follows `\u`. A high surrogate joins the low one that follows; any other surrogate is U+FFFD, and what
/// follows it is read on its own.
fn push_unicode<'a>(text: &mut String, rest: &'a [u8]) -> &'a [u8] {
    let Some(first) = hex4(rest) else { return rest };
    let after = &rest[4..];
    if let Some(plain) = char::from_u32(first) {
        text.push(plain);
        return after;
    }
    let low = after.strip_prefix(br"\u").and_then(hex4);
    if let (0xd800..=0xdbff, Some(low @ 0xdc00..=0xdfff)) = (first, low) {
        let joined = 0x1_0000 + ((first - 0xd800) << 10) + (low - 0xdc00);
        text.push(char::from_u32(joined).unwrap_or(char::REPLACEMENT_CHARACTER));
        return &after[6..];
    }
    text.push(char::REPLACEMENT_CHARACTER);
    after
}

fn hex4(bytes: &[u8]) -> Option<u32> {
    let digits = std::str::from_utf8(bytes.get(..4)?).ok()?;
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then_some(())?;
    u32::from_str_radix(digits, 16).ok()
}

/// A text as a JSON string, quotes included, byte for byte as Go's `encoding/json` writes it: `<`, `>`, `&`, U+2028
/// and U+2029 as `\u003c` …, backspace and form feed as `\b` `\f`, other controls as `\u00xx`, all else as it is.
pub fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\u{8}' => quoted.push_str("\\b"),
            '\u{c}' => quoted.push_str("\\f"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\0'..='\u{1f}' | '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                // Writing to a String cannot fail.
                let _ = write!(quoted, "\\u{:04x}", u32::from(c));
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

/// Whether Go's decoder takes `key` for the field `name`, an ASCII name: case does not count, and two
/// letters beyond ASCII fold onto `k` and `s` (the Kelvin sign and the long s).
pub fn folds_to(key: &str, name: &str) -> bool {
    let fold = |c: char| match c {
        '\u{212a}' => 'k',
        '\u{17f}' => 's',
        other => other.to_ascii_lowercase(),
    };
    key.chars().map(fold).eq(name.chars().map(fold))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_escapes_surrogates_and_broken_bytes_as_go_does() {
        assert_eq!(unquote(br#""a\n\u00e9\/\"\\""#), "a\n\u{e9}/\"\\");
        assert_eq!(unquote(br#""\ud83d\ude00""#), "\u{1f600}");
        assert_eq!(unquote(br#""P\ud800""#), "P\u{fffd}");
        assert_eq!(unquote(br#""\ud800\ud83d\ude00""#), "\u{fffd}\u{1f600}");
        assert_eq!(unquote(br#""\ude00x""#), "\u{fffd}x");
        // A broken three-byte sequence is one U+FFFD for each of its bytes.
        assert_eq!(unquote(b"\"\xe6\xbcx\""), "\u{fffd}\u{fffd}x");
        // A surrogate in UTF-8 is no UTF-8.
        assert_eq!(unquote(b"\"\xed\xa0\x80\""), "\u{fffd}\u{fffd}\u{fffd}");
    }

    #[test]
    fn writes_as_go_does() {
        assert_eq!(quote("a<b>&\u{2028}"), "\"a\\u003cb\\u003e\\u0026\\u2028\"");
        assert_eq!(quote("\u{1}\u{8}\u{c}\u{1f}\u{7f}"), "\"\\u0001\\b\\f\\u001f\u{7f}\"");
        assert_eq!(quote("q\"\\/\t"), "\"q\\\"\\\\/\\t\"");
    }

    #[test]
    fn keys_fold() {
        assert!(folds_to("FILE_LIST", "file_list"));
        assert!(folds_to("file_li\u{17f}t", "file_list"));
        assert!(folds_to("po\u{17f}t_\u{212a}ey_auth", "post_key_auth"));
        assert!(!folds_to("file-list", "file_list"));
    }
}

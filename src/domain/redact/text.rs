//! Text of any kind: URLs, forms, lines of headers, log lines. What gives a secret away is a name before it, a scheme, or
//! its own form.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::pen::Pen;

/// `Bearer …`, and anything that has the form of a JWT.
pub(super) static TOKENS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        (?P<scheme> \b [Bb][Ee][Aa][Rr][Ee][Rr] \x20+ ) (?P<bearer> [A-Za-z0-9._~+/=-]{6,} )
        | (?P<jwt> \b eyJ [A-Za-z0-9_-]{6,} \. [A-Za-z0-9_-]{2,} \. [A-Za-z0-9_-]* )",
    )
    .expect("a fixed pattern")
});

/// `//user:password@` of a URL.
static USERINFO: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"://(?P<user>[^/?#@\s"'<>]+(?:@[^/?#@\s"'<>]+)*)@"#).expect("a fixed pattern")
});

/// A line `Name: value`, as of a header, or of YAML.
static LINES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)^(?P<name>[ \t]*[A-Za-z][A-Za-z0-9_.-]{1,60}[ \t]*):[ \t]*(?P<value>[^\r\n]+)")
        .expect("a fixed pattern")
});

/// Where a value ends that stands after `name=`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ends {
    /// Of a form: at `&` alone.
    Form,
    /// Of a URL or a word in a text.
    Word,
}

/// What of a text may give a secret away: a bit for each look.
const COLON: u8 = 1;
const EQUALS: u8 = 2;
const J: u8 = 4;
const SPACE: u8 = 8;

static LOOKS: [u8; 256] = {
    let mut looks = [0; 256];
    looks[b':' as usize] = COLON;
    looks[b'=' as usize] = EQUALS;
    looks[b'J' as usize] = J;
    looks[b' ' as usize] = SPACE;
    looks
};

/// The text without secrets. Which looks it needs is found in one pass, as most texts need none.
pub(super) fn redact<'t>(pen: &Pen<'_>, text: &'t str) -> Cow<'t, str> {
    let looks = text.bytes().fold(0, |looks, byte| looks | LOOKS[usize::from(byte)]);
    let mut shown = Cow::Borrowed(text);
    if looks & COLON != 0 {
        if text.contains("://") {
            shown = owned(shown, |text| {
                USERINFO.replace_all(text, |found: &Captures<'_>| userinfo(pen, &found["user"]))
            });
        }
        shown =
            owned(shown, |text| LINES.replace_all(text, |found: &Captures<'_>| line(pen, found)));
    }
    if looks & EQUALS != 0 {
        shown = owned(shown, |text| assignments(pen, text, Ends::Word));
    }
    if looks & J != 0 && text.contains("eyJ") || looks & SPACE != 0 && has_bearer(text) {
        shown =
            owned(shown, |text| TOKENS.replace_all(text, |found: &Captures<'_>| token(pen, found)));
    }
    shown
}

/// Whether `bearer` and a space stand anywhere.
pub(super) fn has_bearer(text: &str) -> bool {
    const BEARER: &[u8] = b"bearer";
    let bytes = text.as_bytes();
    let before = |space: usize| space.checked_sub(BEARER.len()).map(|start| &bytes[start..space]);
    let spaces = bytes.iter().enumerate().filter(|(_, byte)| **byte == b' ');
    spaces.filter_map(|(at, _)| before(at)).any(|word| word.eq_ignore_ascii_case(BEARER))
}

/// Keeps what was, where nothing is replaced.
pub(super) fn owned(text: Cow<'_, str>, look: impl Fn(&str) -> Cow<'_, str>) -> Cow<'_, str> {
    match look(&text) {
        Cow::Owned(shown) => Cow::Owned(shown),
        Cow::Borrowed(_) => text,
    }
}

fn userinfo(pen: &Pen<'_>, user: &str) -> String {
    if let Some((_, password)) = user.split_once(':') {
        pen.meet(&decoded(password));
        pen.meet(password);
    }
    format!("://{}@", pen.hide(user))
}

fn line(pen: &Pen<'_>, found: &Captures<'_>) -> String {
    let (whole, value) = (&found[0], &found["value"]);
    let name = found["name"].trim();
    let before = &whole[..whole.len() - value.len()];
    if pen.names.header(name) {
        format!("{before}{}", pen.header(name, value))
    } else if pen.names.member(name) {
        format!("{before}{}", pen.hide(value))
    } else {
        whole.to_owned()
    }
}

fn token(pen: &Pen<'_>, found: &Captures<'_>) -> String {
    match found.name("bearer") {
        Some(token) => format!("{}{}", &found["scheme"], pen.hide(token.as_str())),
        None => pen.hide(&found["jwt"]),
    }
}

/// A form body (`application/x-www-form-urlencoded`).
pub(super) fn form<'t>(pen: &Pen<'_>, text: &'t str) -> Cow<'t, str> {
    assignments(pen, text, Ends::Form)
}

/// Whether a text reads as a form: `name=` at its very start.
pub(super) fn is_form(text: &str) -> bool {
    let of_name =
        |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '%' | '+' | '[' | ']' | '&');
    text.find('=').is_some_and(|end| end > 0 && text[..end].chars().all(of_name))
}

/// Hides what follows `name=` where the name is listed.
fn assignments<'t>(pen: &Pen<'_>, text: &'t str, ends: Ends) -> Cow<'t, str> {
    let mut out = String::new();
    let mut copied = 0;
    let mut from = 0;
    while let Some(equals) = text[from..].find('=').map(|at| from + at) {
        let before = &text[from..equals];
        from = equals + 1;
        // A name of a query may hold more than a word does: `x!`, `my+key`.
        let secret = |name: &str| !name.is_empty() && pen.names.param(&decoded(name));
        if !secret(name_before(before)) && !secret(parameter_before(before)) {
            continue;
        }
        let rest = &text[from..];
        let (start, end) = match (ends, rest.chars().next()) {
            // A quoted value, as of an attribute.
            (Ends::Word, Some(quote @ ('"' | '\''))) => {
                (1, rest[1..].find(quote).map_or(rest.len(), |end| end + 1))
            }
            (Ends::Word, _) => {
                let stops = |c: char| {
                    c.is_whitespace() || matches!(c, '&' | '#' | '"' | '\'' | '<' | '>' | '«')
                };
                (0, rest.find(stops).unwrap_or(rest.len()))
            }
            (Ends::Form, _) => (0, rest.find('&').unwrap_or(rest.len())),
        };
        let value = &rest[start..end];
        if !value.is_empty() {
            pen.meet(value);
            out.push_str(&text[copied..from + start]);
            out.push_str(&pen.hide(&decoded(value)));
            copied = from + end;
            from = copied;
        }
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[copied..]);
    Cow::Owned(out)
}

/// The name that ends a text.
fn name_before(text: &str) -> &str {
    let stops = |c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '%' | '[' | ']'));
    let start = text.char_indices().rev().take(80).find(|(_, c)| stops(*c));
    start.map_or(text, |(at, c)| &text[at + c.len_utf8()..])
}

/// The same as far as a query's names go.
fn parameter_before(text: &str) -> &str {
    let stops = |c: char| {
        c.is_whitespace() || matches!(c, '?' | '&' | ';' | '#' | '"' | '\'' | '<' | '>' | '»')
    };
    let start = text.char_indices().rev().take(80).find(|(_, c)| stops(*c));
    start.map_or(text, |(at, c)| &text[at + c.len_utf8()..])
}

/// A form's value: `%XX` and `+` undone; as it is where that gives no text.
pub(super) fn decoded(value: &str) -> Cow<'_, str> {
    if !value.contains(['%', '+']) {
        return Cow::Borrowed(value);
    }
    let bytes = value.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escape = bytes.get(at + 1..at + 3).and_then(|hex| std::str::from_utf8(hex).ok());
        match (bytes[at], escape.and_then(|hex| u8::from_str_radix(hex, 16).ok())) {
            (b'%', Some(byte)) => {
                out.push(byte);
                at += 3;
                continue;
            }
            (b'+', _) => out.push(b' '),
            (byte, _) => out.push(byte),
        }
        at += 1;
    }
    String::from_utf8(out).map_or(Cow::Borrowed(value), Cow::Owned)
}

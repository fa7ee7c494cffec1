//! Text on a screen: measured in columns, cut to fit, and made harmless.
//!
//! What came from the network may hold anything. Nothing reaches the terminal but through [`clean`]: an escape sequence
//! in a header would otherwise be the terminal's to obey.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

pub(crate) use crate::domain::task::size as bytes;

/// A tab becomes this many spaces: columns of a terminal's own tab stops cannot be known inside a cell.
const TAB: &str = "    ";

/// The columns that a text takes.
pub(crate) fn width(text: &str) -> usize {
    if is_plain(text) { text.len() } else { UnicodeWidthStr::width(text) }
}

/// Whether each byte of it is a harmless character of one column, as nearly all that is drawn: nothing has to be measured then.
pub(crate) fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// Makes a text harmless on one line: tabs become spaces, control characters their pictures (`␛`), and the marks that
/// turn the direction of text a `·`, so that what is read is what is there.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    if is_plain(text) || !text.chars().any(is_harmful) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\t' => out.push_str(TAB),
            '\u{7f}' => out.push('␡'),
            c if (c as u32) < 0x20 => out.push(char::from_u32(0x2400 + c as u32).unwrap_or('·')),
            c if is_harmful(c) => out.push('·'),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Whether a character steers a terminal, or turns the direction of text or hides in it.
pub(crate) fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Cuts a text to `columns`, with `…` at its end where something was cut.
pub(crate) fn fit(text: &str, columns: usize) -> Cow<'_, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    match columns {
        0 => Cow::Borrowed(""),
        _ => Cow::Owned(format!("{}…", head(text, columns - 1))),
    }
}

/// Cuts a path to `columns`, with `…` in its middle: both its beginning and its end tell it from others.
pub(crate) fn fit_middle(text: &str, columns: usize) -> Cow<'_, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    if columns < 5 {
        return fit(text, columns);
    }
    let left = (columns - 1) / 2;
    let right = columns - 1 - left;
    Cow::Owned(format!("{}…{}", head(text, left), tail(text, right)))
}

/// Cuts a request's path to `columns`: its query goes first, from its end; then the middle of the path itself.
pub(crate) fn fit_url(text: &str, columns: usize) -> Cow<'_, str> {
    match text.split_once('?') {
        Some((path, _)) if width(path) >= columns => fit_middle(path, columns),
        Some(_) => fit(text, columns),
        None => fit_middle(text, columns),
    }
}

/// Cut to `columns` and filled up with spaces behind.
pub(crate) fn left(text: &str, columns: usize) -> String {
    let text = fit(text, columns);
    let fill = columns.saturating_sub(width(&text));
    format!("{text}{}", " ".repeat(fill))
}

/// Cut to `columns` and filled up with spaces in front: numbers.
pub(crate) fn right(text: &str, columns: usize) -> String {
    let text = fit(text, columns);
    let fill = columns.saturating_sub(width(&text));
    format!("{}{text}", " ".repeat(fill))
}

/// The longest beginning of at most `columns`.
fn head(text: &str, columns: usize) -> &str {
    if is_plain(text) {
        return text.get(..columns).unwrap_or(text);
    }
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += width(grapheme);
        if used > columns {
            return &text[..at];
        }
    }
    text
}

/// The longest end of at most `columns`.
fn tail(text: &str, columns: usize) -> &str {
    if is_plain(text) {
        return &text[text.len().saturating_sub(columns)..];
    }
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true).rev() {
        used += width(grapheme);
        if used > columns {
            return &text[at + grapheme.len()..];
        }
    }
    text
}

/// Wraps a text at spaces to lines of at most `columns`; a longer word is cut in pieces.
pub(crate) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(1);
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split_whitespace() {
        let mut word = word;
        if used > 0 && used + 1 + width(word) > columns {
            lines.push(String::new());
            used = 0;
        }
        while width(word) > columns {
            let piece = head(word, columns);
            // A grapheme wider than the line would never fit.
            if piece.is_empty() {
                return lines;
            }
            push(&mut lines, piece);
            lines.push(String::new());
            word = &word[piece.len()..];
        }
        if used > 0 {
            push(&mut lines, " ");
            used += 1;
        }
        push(&mut lines, word);
        used += width(word);
    }
    lines
}

fn push(lines: &mut [String], text: &str) {
    if let Some(line) = lines.last_mut() {
        line.push_str(text);
    }
}

/// A number with its thousands apart by narrow spaces that every terminal measures as one column (`8 412`).
pub(crate) fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

/// A time in milliseconds as the list shows it: `0.3`, `12.4`, `1 204`.
pub(crate) fn millis(time: std::time::Duration) -> String {
    let ms = time.as_secs_f64() * 1000.0;
    if ms < 99.95 {
        format!("{ms:.1}")
    } else {
        count(time.as_millis().try_into().unwrap_or(u64::MAX))
    }
}

/// The same for a column of five, which the milliseconds of a held Dispatch would not fit: `16.9s`, `720s`.
pub(crate) fn took(time: std::time::Duration) -> String {
    match time.as_secs_f64() {
        seconds if seconds < 10.0 => millis(time),
        seconds if seconds < 99.95 => format!("{seconds:.1}s"),
        seconds => format!("{seconds:.0}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn control_characters_become_their_pictures() {
        assert_eq!(clean("a\x1b[31mb\r\n\u{9b}1m\u{7f}"), "a␛[31mb␍␊·1m␡");
        assert_eq!(clean("a\tb"), "a    b");
        assert_eq!(clean("user\u{202e}gpj.exe"), "user·gpj.exe");
        assert!(matches!(clean("plain 漢字"), Cow::Borrowed(_)));
    }

    #[test]
    fn what_took_long_fits_its_column() {
        let of = |ms: u64| took(Duration::from_millis(ms));
        assert_eq!([of(99), of(9_999)], ["99.0", &count(9_999)]);
        assert_eq!([of(10_000), of(16_880), of(99_949)], ["10.0s", "16.9s", "99.9s"]);
        assert_eq!([of(99_960), of(720_400)], ["100s", "720s"]);
    }

    #[test]
    fn wide_characters_take_two_columns() {
        assert_eq!(width("漢字"), 4);
        assert_eq!(fit("漢字漢字", 5), "漢字…");
        assert_eq!(left("漢", 4), "漢  ");
        assert_eq!(right("1.5", 6), "   1.5");
        assert_eq!(fit("abc", 0), "");
    }

    #[test]
    fn paths_are_cut_in_the_middle() {
        assert_eq!(fit_middle("/v1/orders/12345/lines", 11), "/v1/o…lines");
        assert_eq!(fit_middle("/v1/orders", 10), "/v1/orders");
    }

    #[test]
    fn a_query_is_cut_before_its_path() {
        assert_eq!(fit_url("/v1/orders?status=open", 19), "/v1/orders?status=…");
        assert_eq!(fit_url("/v1/orders?status=open", 10), "/v1/orders");
        assert_eq!(fit_url("/v1/orders?status=open", 9), "/v1/…ders");
        assert_eq!(fit_url("/me?a=1", 7), "/me?a=1");
    }

    #[test]
    fn wrapping_keeps_words_and_cuts_long_ones() {
        assert_eq!(wrap("make it wider", 7), ["make it", "wider"]);
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
    }

    #[test]
    fn numbers_are_for_people() {
        assert_eq!(count(0), "0");
        assert_eq!(count(8412), "8 412");
        assert_eq!(count(1_282_000), "1 282 000");
        assert_eq!(bytes(512), "512 B");
        assert_eq!(bytes(3482), "3.4 KiB");
        assert_eq!(bytes(1023 * 1024 + 1000), "1.0 MiB");
        assert_eq!(millis(Duration::from_micros(312)), "0.3");
        assert_eq!(millis(Duration::from_millis(1204)), "1 204");
    }
}

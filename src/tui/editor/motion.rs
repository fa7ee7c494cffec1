//! Where the cursor goes: from an offset to an offset.

use super::glyph;
use crate::tui::buffer::Buffer;

/// The glyph to the right, over the end of the line where `wrap`.
pub(super) fn right(buffer: &Buffer, at: usize) -> usize {
    let line = buffer.line_of(at);
    let span = buffer.line_span(line);
    if at < span.end {
        return span.start + glyph::next(&buffer.bytes()[span.clone()], at - span.start);
    }
    if line + 1 < buffer.line_count() { buffer.line_span(line + 1).start } else { at }
}

/// The glyph to the left, over the start of the line.
pub(super) fn left(buffer: &Buffer, at: usize) -> usize {
    let line = buffer.line_of(at);
    let span = buffer.line_span(line);
    if at > span.start {
        let at = at.min(span.end);
        return span.start + glyph::previous(&buffer.bytes()[span.clone()], at - span.start);
    }
    if line > 0 { buffer.line_span(line - 1).end } else { at }
}

/// What a byte is to a word.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Space,
    Word,
    Sign,
}

/// The class of the byte at an offset; the end of the text is space.
pub(super) fn class(buffer: &Buffer, at: usize) -> Class {
    match buffer.bytes().get(at) {
        None => Class::Space,
        Some(byte) if byte.is_ascii_whitespace() => Class::Space,
        Some(byte) if byte.is_ascii_alphanumeric() || *byte == b'_' || *byte >= 0x80 => Class::Word,
        Some(_) => Class::Sign,
    }
}

/// The start of the next word.
pub(super) fn next_word(buffer: &Buffer, at: usize) -> usize {
    let first = class(buffer, at);
    let mut at = at;
    while at < buffer.len() && first != Class::Space && class(buffer, at) == first {
        at += 1;
    }
    while at < buffer.len() && class(buffer, at) == Class::Space {
        at += 1;
    }
    at
}

/// The start of this word, or of the one before.
pub(super) fn previous_word(buffer: &Buffer, at: usize) -> usize {
    let mut at = at;
    while at > 0 && class(buffer, at - 1) == Class::Space {
        at -= 1;
    }
    let Some(before) = at.checked_sub(1) else { return 0 };
    let kind = class(buffer, before);
    while at > 0 && class(buffer, at - 1) == kind {
        at -= 1;
    }
    at
}

/// The last glyph of this word, or of the next one.
pub(super) fn word_end(buffer: &Buffer, at: usize) -> usize {
    let mut at = right(buffer, at);
    while at < buffer.len() && class(buffer, at) == Class::Space {
        at += 1;
    }
    let kind = class(buffer, at);
    while at + 1 < buffer.len() && class(buffer, at + 1) == kind {
        at += 1;
    }
    // Not into the middle of a letter.
    let behind = right(buffer, left(buffer, at));
    if behind <= at { behind } else { left(buffer, behind) }
}

/// The first byte of a line that is no space, or its end.
pub(super) fn first_sign(buffer: &Buffer, line: usize) -> usize {
    let span = buffer.line_span(line);
    let spaces =
        buffer.bytes()[span.clone()].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    span.start + spaces
}

/// The white space that a line begins with.
pub(super) fn indent(buffer: &Buffer, line: usize) -> String {
    let spaces = buffer.line(line).iter().take_while(|byte| matches!(byte, b' ' | b'\t'));
    spaces.map(|byte| char::from(*byte)).collect()
}

/// One level of indentation, as the text has it; two spaces where it has none.
pub(super) fn unit(buffer: &Buffer) -> String {
    let mut before = String::new();
    for line in 0..buffer.line_count().min(1_000) {
        let here = indent(buffer, line);
        match here.strip_prefix(before.as_str()) {
            Some(more) if !more.is_empty() => return more.to_owned(),
            _ => before = here,
        }
    }
    "  ".to_owned()
}

/// How the text ends its lines.
pub(super) fn newline(buffer: &Buffer) -> &'static str {
    let first = buffer.line_span(0).end;
    if buffer.bytes()[first..].starts_with(b"\r\n") { "\r\n" } else { "\n" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn buffer(text: &str) -> Buffer {
        let mut buffer = Buffer::default();
        buffer.open(Some(text.as_bytes().to_vec()));
        buffer
    }

    #[test]
    fn steps_cross_lines_and_whole_letters() {
        let buffer = buffer("a\u{6f22}\r\nb");
        let stops: Vec<_> =
            std::iter::successors(Some(0), |at| Some(right(&buffer, *at))).take(6).collect();
        assert_eq!(stops, [0, 1, 4, 6, 7, 7]);
        let stops: Vec<_> =
            std::iter::successors(Some(7), |at| Some(left(&buffer, *at))).take(6).collect();
        assert_eq!(stops, [7, 6, 4, 1, 0, 0]);
    }

    #[test]
    fn words_are_letters_or_signs() {
        let buffer = buffer("  \"driver\": grpc,\n  x");
        let stops: Vec<_> =
            std::iter::successors(Some(0), |at| Some(next_word(&buffer, *at))).take(7).collect();
        assert_eq!(stops, [0, 2, 3, 9, 12, 16, 20]);
        let stops: Vec<_> = std::iter::successors(Some(20), |at| Some(previous_word(&buffer, *at)))
            .take(6)
            .collect();
        assert_eq!(stops, [20, 16, 12, 9, 3, 2]);
        let ends: Vec<_> = std::iter::successors(Some(0), |at| Some(word_end(&buffer, *at)))
            .skip(1)
            .take(4)
            .collect();
        assert_eq!(ends, [2, 8, 10, 15]);
    }

    #[test]
    fn the_layout_is_the_texts() {
        let text = buffer("{\r\n\t\"a\": [\r\n\t\t1]}");
        assert_eq!(
            (unit(&text).as_str(), newline(&text), indent(&text, 2).as_str()),
            ("\t", "\r\n", "\t\t")
        );
        assert_eq!(unit(&buffer("{}")), "  ");
    }
}

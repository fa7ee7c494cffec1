//! Lays JSON out anew: every token as it was written, only the space between them changes.

use std::ops::Range;

use super::outline::{Outline, string_end, word_end};
use super::{Editor, motion};
use crate::domain::json::{Document, Edit, Trailing};

/// How a text is laid out.
struct Layout<'a> {
    unit: &'a str,
    newline: &'a str,
}

impl Editor {
    /// Formats what is selected, or the whole text; the error says why not.
    pub(super) fn format(&mut self) -> Result<(), String> {
        let bytes = self.buffer.bytes();
        // Of text that is no JSON nobody knows which brackets were meant.
        Document::parse(bytes, Trailing::Refused)
            .map_err(|error| format!("not JSON yet: {}: {error}", error.place))?;
        let span = self.selection().and_then(|span| self.smallest(&span)).unwrap_or(0..bytes.len());
        let whole = span.len() == bytes.len();
        let indent = if whole {
            String::new()
        } else {
            motion::indent(&self.buffer, self.buffer.line_of(span.start))
        };
        let unit = motion::unit(&self.buffer);
        let layout = Layout { unit: &unit, newline: motion::newline(&self.buffer) };
        let mut text = layout.lay_out(&bytes[span.clone()], &indent);
        if whole && bytes.ends_with(b"\n") {
            text.extend_from_slice(layout.newline.as_bytes());
        }
        let signs = signs(&bytes[span.start..self.at.clamp(span.start, span.end)]);
        let at = span.start + behind(&text, signs);
        let edit = smallest_edit(&bytes[span.clone()], &text, span.start)
            .ok_or("bytes that are no text are in the way")?;
        let inside = (span.start..=span.end).contains(&self.at);
        self.apply(&[edit]);
        self.go(if inside { at } else { self.at }, false);
        Ok(())
    }

    /// The smallest container that holds a span.
    fn smallest(&self, span: &Range<usize>) -> Option<Range<usize>> {
        let starts = self.outline.opening_at(span.start);
        let mut found = starts.or_else(|| self.outline.around(span.start))?;
        while found.close + 1 < span.end {
            found = self.outline.parent(found)?;
        }
        Some(found.open..(found.close + 1).min(self.buffer.len()))
    }
}

impl Layout<'_> {
    fn lay_out(&self, source: &[u8], indent: &str) -> Vec<u8> {
        let outline = Outline::of(source);
        let mut text = Vec::with_capacity(source.len() + source.len() / 4);
        let mut depth = 0_usize;
        let mut at = 0;
        let line = |text: &mut Vec<u8>, depth: usize| {
            text.extend_from_slice(self.newline.as_bytes());
            text.extend_from_slice(indent.as_bytes());
            (0..depth).for_each(|_| text.extend_from_slice(self.unit.as_bytes()));
        };
        while let Some(&byte) = source.get(at) {
            let from = at;
            at += 1;
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' => {}
                b'{' | b'[' => {
                    text.push(byte);
                    match outline.opening_at(from) {
                        Some(empty) if empty.count == 0 => {
                            text.push(source[empty.close]);
                            at = empty.close + 1;
                        }
                        _ => {
                            depth += 1;
                            line(&mut text, depth);
                        }
                    }
                }
                b'}' | b']' => {
                    depth = depth.saturating_sub(1);
                    line(&mut text, depth);
                    text.push(byte);
                }
                b',' => {
                    text.push(byte);
                    line(&mut text, depth);
                }
                b':' => text.extend_from_slice(b": "),
                _ => {
                    at = if byte == b'"' {
                        string_end(source, from)
                    } else {
                        word_end(source, from)
                    };
                    text.extend_from_slice(&source[from..at]);
                }
            }
        }
        text
    }
}

/// How many bytes are no space. Laying out changes none of them, so they tell where the cursor was.
fn signs(text: &[u8]) -> usize {
    text.iter().filter(|byte| !byte.is_ascii_whitespace()).count()
}

/// The byte behind so many that are no space.
fn behind(text: &[u8], count: usize) -> usize {
    let Some(last) = count.checked_sub(1) else { return 0 };
    let found = text.iter().enumerate().filter(|(_, byte)| !byte.is_ascii_whitespace()).nth(last);
    found.map_or(text.len(), |(at, _)| at + 1)
}

/// The edit that makes `new` of `old`, without what they have in common at both ends; none where what remains is no text.
fn smallest_edit(old: &[u8], new: &[u8], at: usize) -> Option<Edit> {
    let is_start = |text: &[u8], at: usize| text.get(at).is_none_or(|byte| byte & 0xc0 != 0x80);
    let mut same = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    while !(is_start(old, same) && is_start(new, same)) {
        same -= 1;
    }
    let (old, new) = (&old[same..], &new[same..]);
    let mut tail =
        old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count();
    while !(is_start(old, old.len() - tail) && is_start(new, new.len() - tail)) {
        tail -= 1;
    }
    let text = std::str::from_utf8(&new[..new.len() - tail]).ok()?.to_owned();
    Some(Edit { span: at + same..at + same + old.len() - tail, text })
}

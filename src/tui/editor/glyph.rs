//! What the cursor steps over: one grapheme, or one run of bytes that are no text; and the columns that it takes.

use std::borrow::Cow;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use crate::tui::text;

/// One thing that the cursor stands on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Glyph<'a> {
    /// Its bytes in the text that was given.
    pub(super) span: Range<usize>,
    /// As it is shown.
    pub(super) shown: Cow<'a, str>,
}

impl Glyph<'_> {
    /// The columns that it takes.
    pub(super) fn columns(&self) -> usize {
        text::width(&self.shown)
    }
}

/// The glyphs of a line.
pub(super) fn glyphs(line: &[u8]) -> impl Iterator<Item = Glyph<'_>> {
    let mut start = 0;
    line.utf8_chunks().flat_map(move |chunk| {
        let at = start;
        start += chunk.valid().len() + chunk.invalid().len();
        let valid = chunk.valid().grapheme_indices(true).map(move |(offset, grapheme)| Glyph {
            span: at + offset..at + offset + grapheme.len(),
            shown: text::clean(grapheme),
        });
        let broken = at + chunk.valid().len()..start;
        let broken =
            (!broken.is_empty()).then_some(Glyph { span: broken, shown: "\u{fffd}".into() });
        valid.chain(broken)
    })
}

/// Whether each byte takes one column: nearly every line of JSON, and the long ones among them need not be measured.
fn is_plain(line: &[u8]) -> bool {
    line.iter().all(|byte| (0x20..0x7f).contains(byte))
}

/// The columns that a piece of a line takes.
pub(super) fn columns(line: &[u8]) -> usize {
    if is_plain(line) { line.len() } else { glyphs(line).map(|glyph| glyph.columns()).sum() }
}

/// The byte of the glyph that covers a column; the line's end where it has fewer.
pub(super) fn at_column(line: &[u8], column: usize) -> usize {
    if is_plain(line) {
        return column.min(line.len());
    }
    let mut used = 0;
    let covering = glyphs(line).find(|glyph| {
        used += glyph.columns();
        used > column
    });
    covering.map_or(line.len(), |glyph| glyph.span.start)
}

/// The byte behind the glyph that begins at `offset`, or the line's end.
pub(super) fn next(line: &[u8], offset: usize) -> usize {
    glyphs(&line[offset..]).next().map_or(line.len(), |glyph| offset + glyph.span.end)
}

/// The byte where the glyph before `offset` begins, or the line's start.
pub(super) fn previous(line: &[u8], offset: usize) -> usize {
    // A glyph before is looked for near by first: lines may be a megabyte long.
    let near = (offset.saturating_sub(64)..=offset)
        .find(|at| line[*at..offset].first().is_none_or(u8::is_ascii));
    let near = near.unwrap_or(0);
    let from = if near == offset { 0 } else { near };
    glyphs(&line[from..offset]).last().map_or(0, |glyph| from + glyph.span.start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_ones_tabs_and_broken_bytes_are_measured_as_they_are_shown() {
        let line = "\t\u{6f22}e\u{301}".as_bytes();
        let spans: Vec<_> =
            glyphs(line).map(|glyph| (glyph.span.clone(), glyph.columns())).collect();
        assert_eq!(spans, [(0..1, 4), (1..4, 2), (4..7, 1)]);
        assert_eq!(columns(line), 7);
        assert_eq!([0, 3, 4, 5, 6, 9].map(|column| at_column(line, column)), [0, 0, 1, 1, 4, 7]);
        assert_eq!(
            glyphs(b"a\xffb").map(|glyph| glyph.shown.into_owned()).collect::<String>(),
            "a\u{fffd}b"
        );
    }

    #[test]
    fn steps_go_from_glyph_to_glyph() {
        let line = "ae\u{301}\u{1f468}\u{200d}\u{1f469}b".as_bytes();
        let mut stops = vec![0];
        while *stops.last().unwrap() < line.len() {
            stops.push(next(line, *stops.last().unwrap()));
        }
        assert_eq!(stops.len(), 5);
        let back: Vec<_> = stops[1..].iter().map(|stop| previous(line, *stop)).collect();
        assert_eq!(back, stops[..4]);
        assert_eq!(previous(b"\xff\xfe", 2), 1);
    }
}

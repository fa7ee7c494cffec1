//! Where something is in a text, as an editor counts.

/// A place in a text: line and column, both from 1; columns count characters, not bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// Bytes between two marks of [`Lines`].
const BLOCK: usize = 4096;

/// Where each line of a text begins, and how many characters come before each block of it: a manifest of one line and
/// thousands of files would otherwise be counted from its start for every place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    starts: Vec<usize>,
    marks: Vec<usize>,
}

impl Lines {
    /// Of a text.
    pub fn of(source: &[u8]) -> Self {
        let ends = source.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
        let marks = source.chunks(BLOCK).scan(0, |before, block| {
            let mark = *before;
            *before += characters(block);
            Some(mark)
        });
        Self {
            starts: std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect(),
            marks: marks.collect(),
        }
    }

    /// The place of a byte; past the end it is the end's.
    pub fn place(&self, source: &[u8], offset: usize) -> Place {
        let offset = offset.min(source.len());
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts[line - 1];
        Place { line, column: self.before(source, offset) - self.before(source, start) + 1 }
    }

    /// Characters before a byte.
    fn before(&self, source: &[u8], offset: usize) -> usize {
        // The end of a text that fills its last block has no mark.
        let block = (offset / BLOCK).min(self.marks.len().saturating_sub(1));
        let mark = self.marks.get(block).copied().unwrap_or_default();
        mark + characters(&source[block * BLOCK..offset])
    }

    /// The byte at a place; a column past the line's end is the line's end.
    pub fn offset(&self, source: &[u8], place: Place) -> usize {
        let Some(start) = place.line.checked_sub(1).and_then(|line| self.starts.get(line)) else {
            return source.len();
        };
        let end = self.starts.get(place.line).map_or(source.len(), |next| next - 1);
        let mut rest = &source[*start..end];
        let mut left = place.column.saturating_sub(1);
        while left > 0 && !rest.is_empty() {
            rest = &rest[char_length(rest)..];
            left -= 1;
        }
        end - rest.len()
    }
}

/// Bytes that begin a character; one that is no UTF-8 counts as one.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

/// Bytes of the first character, as [`String::from_utf8_lossy`] counts characters.
fn char_length(bytes: &[u8]) -> usize {
    let Some(chunk) = bytes.utf8_chunks().next() else { return 0 };
    match chunk.valid().chars().next() {
        Some(first) => first.len_utf8(),
        None => chunk.invalid().len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_offsets_come_back() {
        let source = "ab\n\u{6f22}\u{1f600}x\n".as_bytes();
        let lines = Lines::of(source);
        assert_eq!(lines.place(source, 0), Place { line: 1, column: 1 });
        let x = source.iter().position(|byte| *byte == b'x').unwrap();
        assert_eq!(lines.place(source, x), Place { line: 2, column: 3 });
        assert_eq!(lines.offset(source, Place { line: 2, column: 3 }), x);
        assert_eq!(lines.place(source, source.len()), Place { line: 3, column: 1 });
        assert_eq!(lines.offset(source, Place { line: 1, column: 99 }), 2);
        assert_eq!(lines.offset(source, Place { line: 9, column: 1 }), source.len());
    }

    #[test]
    fn places_hold_across_blocks() {
        for length in [BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK] {
            let source = "x\n".to_owned() + &"\u{e9}".repeat(length);
            let lines = Lines::of(source.as_bytes());
            for column in [1, 2, length / 2, length, length + 1] {
                let offset = 2 + 2 * (column - 1);
                let place = Place { line: 2, column };
                assert_eq!(lines.place(source.as_bytes(), offset), place);
                assert_eq!(lines.offset(source.as_bytes(), place), offset);
            }
        }
    }

    #[test]
    fn bytes_that_are_no_text_count_as_characters() {
        let source = b"\xff\xffx";
        let lines = Lines::of(source);
        assert_eq!(lines.place(source, 2).column, 3);
        assert_eq!(lines.offset(source, Place { line: 1, column: 3 }), 2);
    }
}

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

/// Where each line of a text begins.
#[derive(Clone, Debug)]
pub(super) struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    pub(super) fn of(source: &[u8]) -> Self {
        let ends = source.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
        Self { starts: std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect() }
    }

    /// The place of a byte; past the end it is the end's.
    pub(super) fn place(&self, source: &[u8], offset: usize) -> Place {
        let offset = offset.min(source.len());
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts[line - 1];
        let before = String::from_utf8_lossy(&source[start..offset]);
        Place { line, column: before.chars().count() + 1 }
    }

    /// The byte at a place; a column past the line's end is the line's end.
    pub(super) fn offset(&self, source: &[u8], place: Place) -> usize {
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
    fn bytes_that_are_no_text_count_as_characters() {
        let source = b"\xff\xffx";
        let lines = Lines::of(source);
        assert_eq!(lines.place(source, 2).column, 3);
        assert_eq!(lines.offset(source, Place { line: 1, column: 3 }), 2);
    }
}

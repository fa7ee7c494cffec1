//! What differs between two texts, as lines that people read.

use std::collections::HashMap;
use std::fmt;

use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices, group_diff_ops};

/// Lines that are the same, shown around each change.
const CONTEXT: usize = 3;

/// Steps of the search for the smallest difference; with more, people would wait.
const PATIENCE: usize = 100_000_000;

/// One line of a difference; its text is without the line's end, but for a carriage return.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// The next lines begin at these lines of the old and the new text, from 1.
    At(usize, usize),
    /// In both texts.
    Same(String),
    /// In the old text alone.
    Removed(String),
    /// In the new text alone.
    Added(String),
    /// The line before this has no line's end, as the last of a text may.
    Unended,
}

/// As `diff -u` writes it.
impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::At(old, new) => write!(f, "@@ -{old} +{new} @@"),
            Self::Same(text) => write!(f, " {text}"),
            Self::Removed(text) => write!(f, "-{text}"),
            Self::Added(text) => write!(f, "+{text}"),
            Self::Unended => f.write_str("\\ No newline at end of file"),
        }
    }
}

/// What differs between two texts, with a few lines around each change; nothing where they are equal. Bytes that are no
/// UTF-8 show as U+FFFD.
pub fn lines(old: &[u8], new: &[u8]) -> Vec<Line> {
    let (old, new) = (split(old), split(new));
    let mut lines = Vec::new();
    for group in group_diff_ops(operations(&old, &new), CONTEXT) {
        if let Some(first) = group.first() {
            lines.push(Line::At(first.old_range().start + 1, first.new_range().start + 1));
        }
        for operation in group {
            let (was, is) = (&old[operation.old_range()], &new[operation.new_range()]);
            if operation.tag() == DiffTag::Equal {
                push(&mut lines, was, Line::Same);
            } else {
                push(&mut lines, was, Line::Removed);
                push(&mut lines, is, Line::Added);
            }
        }
    }
    lines
}

fn split(text: &[u8]) -> Vec<&[u8]> {
    text.split_inclusive(|byte| *byte == b'\n').collect()
}

fn push(lines: &mut Vec<Line>, texts: &[&[u8]], of: fn(String) -> Line) {
    for text in texts {
        let ended = text.strip_suffix(b"\n");
        lines.push(of(String::from_utf8_lossy(ended.unwrap_or(text)).into_owned()));
        if ended.is_none() {
            lines.push(Line::Unended);
        }
    }
}

/// The smallest difference; of large texts that have little in common, that one stands for the other.
fn operations(old: &[&[u8]], new: &[&[u8]]) -> Vec<DiffOp> {
    // Myers' search takes as many rounds as lines differ, and each may look at every line.
    let all = old.len() + new.len();
    let differ = all - 2 * common(old, new);
    if differ.saturating_mul(all) > PATIENCE {
        let (old_len, new_len) = (old.len(), new.len());
        return vec![DiffOp::Replace { old_index: 0, old_len, new_index: 0, new_len }];
    }
    capture_diff_slices(Algorithm::Myers, old, new)
}

/// At most so many lines can stay.
fn common(old: &[&[u8]], new: &[&[u8]]) -> usize {
    let mut counts: HashMap<&[u8], usize> = HashMap::new();
    for line in old {
        *counts.entry(line).or_default() += 1;
    }
    let taken = |line: &&&[u8]| match counts.get_mut(**line) {
        Some(left) if *left > 0 => {
            *left -= 1;
            true
        }
        _ => false,
    };
    new.iter().filter(taken).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(old: &str, new: &str) -> Vec<String> {
        lines(old.as_bytes(), new.as_bytes()).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn one_changed_line_shows_with_those_around_it() {
        let old = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
        let new = old.replace('5', "five");
        assert_eq!(
            shown(old, &new),
            ["@@ -2 +2 @@", " 2", " 3", " 4", "-5", "+five", " 6", " 7", " 8"]
        );
        assert!(shown(old, old).is_empty());
    }

    #[test]
    fn the_ends_of_lines_are_seen() {
        assert_eq!(
            shown("a\r\nb", "a\nb\n"),
            ["@@ -1 +1 @@", "-a\r", "-b", "\\ No newline at end of file", "+a", "+b"]
        );
        assert_eq!(shown("", "a\n"), ["@@ -1 +1 @@", "+a"]);
    }

    #[test]
    fn large_texts_with_nothing_in_common_are_not_searched() {
        let text = |word: &str| {
            let lines: Vec<String> = (0..20_000).map(|at| format!("{word}{at}\n")).collect();
            lines.concat()
        };
        let lines = lines(text("a").as_bytes(), text("b").as_bytes());
        assert_eq!(lines.len(), 40_001);
        // One change in a large text is found all the same.
        let old = text("a");
        let new = old.replace("a19000\n", "x\n").replace("a10\n", "y\n");
        assert_eq!(shown(&old, &new).iter().filter(|line| line.starts_with('+')).count(), 2);
    }
}

//! A line of JSON in its colours. It need not be whole, so this is no parser.

use std::ops::Range;

use super::outline::string_end;
use crate::tui::theme::Role;

/// The pieces of a line with what they are, in order and without a gap.
pub(super) fn tokens(line: &[u8]) -> impl Iterator<Item = (Role, Range<usize>)> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (role, end) = token(line, at)?;
        let span = at..end;
        at = end;
        Some((role, span))
    })
}

fn token(line: &[u8], at: usize) -> Option<(Role, usize)> {
    let first = *line.get(at)?;
    let while_true = |matches: fn(u8) -> bool| {
        let rest = line[at + 1..].iter().take_while(|byte| matches(**byte));
        at + 1 + rest.count()
    };
    Some(match first {
        b'"' => {
            let end = string_end(line, at);
            let behind = line[end..].iter().find(|byte| !byte.is_ascii_whitespace());
            // Strings before a colon are names.
            (if behind == Some(&b':') { Role::Name } else { Role::String }, end)
        }
        b'0'..=b'9' | b'-' => (
            Role::Number,
            while_true(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte)),
        ),
        byte if byte.is_ascii_alphabetic() || byte >= 0x80 => {
            (Role::Literal, while_true(|byte| byte.is_ascii_alphanumeric() || byte >= 0x80))
        }
        _ => {
            let sign = |byte: u8| {
                byte != b'"' && byte != b'-' && !byte.is_ascii_alphanumeric() && byte < 0x80
            };
            (Role::Punctuation, while_true(sign))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_strings_numbers_words_and_signs() {
        let line = r#"  "a\"b" : ["x", -1.5e3, true],"#;
        let pieces: Vec<_> =
            tokens(line.as_bytes()).map(|(role, span)| (role, &line[span])).collect();
        assert_eq!(
            pieces,
            [
                (Role::Punctuation, "  "),
                (Role::Name, r#""a\"b""#),
                (Role::Punctuation, " : ["),
                (Role::String, r#""x""#),
                (Role::Punctuation, ", "),
                (Role::Number, "-1.5e3"),
                (Role::Punctuation, ", "),
                (Role::Literal, "true"),
                (Role::Punctuation, "],"),
            ]
        );
    }

    #[test]
    fn a_string_that_never_ends_takes_the_line_and_no_byte_is_lost() {
        for line in ["\"abc\\", "\"abc\\\"", "{\"", "\u{6f22}x \u{6f22}", "\\", ""] {
            let pieces: String = tokens(line.as_bytes()).map(|(_, span)| &line[span]).collect();
            assert_eq!(pieces, line);
        }
    }
}

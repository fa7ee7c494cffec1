//! Words of a POSIX shell that stand for any text and any bytes, and harm no terminal that they are printed to.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::domain::request::quoted;

/// A text as one word. Control characters are written by `printf`, so that none is in the line itself.
pub(super) fn word(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| !c.is_control() || c == '\n' || c == '\t') {
        return quoted(text);
    }
    Cow::Owned(format!("\"$({})\"", printed(text.as_bytes())))
}

/// A command that prints these bytes: any shell's own `printf` does, of any length.
pub(super) fn printed(bytes: &[u8]) -> String {
    let mut line = String::from("printf '");
    for (at, &byte) in bytes.iter().enumerate() {
        match byte {
            // One in front would begin an option.
            b'-' if at == 0 => line.push_str("\\055"),
            b'%' => line.push_str("%%"),
            b'\\' => line.push_str("\\\\"),
            b'\'' => line.push_str("'\\''"),
            b'\n' => line.push_str("\\n"),
            b' '..=b'~' => line.push(char::from(byte)),
            _ => {
                // Three digits always, as one that follows would be taken in.
                let _ = write!(line, "\\{byte:03o}");
            }
        }
    }
    line.push('\'');
    line
}

/// A text of one line for a comment.
pub(super) fn comment(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_not_in_the_line() {
        assert_eq!(word("a b"), "'a b'");
        assert_eq!(word("two\nlines"), "'two\nlines'");
        assert_eq!(word("a\u{1b}[2Jb"), "\"$(printf 'a\\033[2Jb')\"");
        assert_eq!(printed(b"100%\\'\n\x001\xff"), "printf '100%%\\\\'\\''\\n\\0001\\377'");
        assert_eq!(printed(b"--X\r\n\xff-"), "printf '\\055-X\\015\\n\\377-'");
        assert_eq!(comment("a\nb\u{1b}"), "a b ");
    }
}

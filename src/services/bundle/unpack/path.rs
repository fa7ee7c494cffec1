//! Names of zip entries as paths, as Go's `filepath` sees them on Linux: bytes, of which only `/` and `.` mean anything.

/// Go's `filepath.Clean`: no `.`, no `//`, `..` taken back where something stands before it; `.` for nothing.
pub(in crate::services::bundle) fn clean(name: &[u8]) -> Vec<u8> {
    let rooted = name.starts_with(b"/");
    let mut parts: Vec<&[u8]> = Vec::new();
    for part in name.split(|&byte| byte == b'/') {
        match part {
            b"" | b"." => {}
            b".." if parts.last().is_some_and(|last| *last != b"..") => {
                parts.pop();
            }
            b".." if rooted => {}
            part => parts.push(part),
        }
    }
    let joined = parts.join(&b'/');
    match (rooted, joined.is_empty()) {
        (true, _) => [b"/".as_slice(), &joined].concat(),
        (false, true) => b".".to_vec(),
        (false, false) => joined,
    }
}

/// Where a name that is joined to a folder lies in it: `/a` and `./a` are `a`, `..` leads out of it (`None`).
pub(in crate::services::bundle) fn joined(name: &[u8]) -> Option<Vec<u8>> {
    let relative = match clean(name) {
        // A rooted name is joined below the folder, but its `..` may have been swallowed by the root: clean it as Join
        // does, behind the folder.
        rooted if rooted.starts_with(b"/") => {
            let start = name.iter().take_while(|&&byte| byte == b'/').count();
            clean(&name[start..])
        }
        relative => relative,
    };
    let outside = relative == b".." || relative.starts_with(b"../");
    (!outside).then_some(relative)
}

/// The folder that a cleaned relative path lies in; `None` for what lies at the top.
pub(in crate::services::bundle) fn parent(path: &[u8]) -> Option<&[u8]> {
    path.iter().rposition(|&byte| byte == b'/').map(|at| &path[..at])
}

/// A name for people: what a terminal would obey or hide stands escaped, as do bytes that are no UTF-8.
pub(in crate::services::bundle) fn shown(name: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut text = String::with_capacity(name.len());
    for chunk in name.utf8_chunks() {
        for character in chunk.valid().chars() {
            match character {
                '\\' => text.push('\\'),
                // Controls, and the characters that turn the direction of text or take no room.
                c if c.is_control() && u32::from(c) < 0x100 => {
                    let _ = write!(text, "\\x{:02x}", u32::from(c));
                }
                '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{2069}'
                | '\u{feff}' => {
                    let _ = write!(text, "{}", character.escape_unicode());
                }
                c => text.push(c),
            }
        }
        for byte in chunk.invalid() {
            let _ = write!(text, "\\x{byte:02x}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{clean, joined, parent, shown};

    #[test]
    fn cleans_as_go_does() {
        for (name, cleaned) in [
            ("", "."),
            (".", "."),
            ("./", "."),
            ("a//b/./c/", "a/b/c"),
            ("a/../b", "b"),
            ("a/../..", ".."),
            ("../a/../../b", "../../b"),
            ("/..", "/"),
            ("/../a", "/a"),
            ("/a/..", "/"),
            ("..a", "..a"),
            (r"a\b", r"a\b"),
        ] {
            assert_eq!(clean(name.as_bytes()), cleaned.as_bytes(), "{name:?}");
        }
    }

    #[test]
    fn joins_below_the_folder_or_not_at_all() {
        for (name, path) in [
            ("a.txt", Some("a.txt")),
            ("/a.txt", Some("a.txt")),
            ("./x/../a.txt", Some("a.txt")),
            ("", Some(".")),
            ("..", None),
            ("/../a", None),
            ("x/../../a", None),
            ("..a", Some("..a")),
        ] {
            assert_eq!(joined(name.as_bytes()).as_deref(), path.map(str::as_bytes), "{name:?}");
        }
        assert_eq!(parent(b"a/b/c"), Some(b"a/b".as_slice()));
        assert_eq!(parent(b"a"), None);
    }

    #[test]
    fn shows_nothing_that_a_terminal_obeys() {
        assert_eq!(shown("na\u{ef}ve & grün 日本.txt".as_bytes()), "naïve & grün 日本.txt");
        assert_eq!(shown(b"a\x1b[31m\x00\n\x7f.txt"), r"a\x1b[31m\x00\x0a\x7f.txt");
        assert_eq!(shown("\u{9b}31m\u{202e}txt".as_bytes()), r"\x9b31m\u{202e}txt");
        assert_eq!(shown(b"na\xefve"), r"na\xefve");
    }
}

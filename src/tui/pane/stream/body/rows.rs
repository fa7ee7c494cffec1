//! Rows of a body that is shown as text or in hex.

use std::ops::Range;

use unicode_width::UnicodeWidthChar as _;

/// Bytes in a row of hex.
const HEX: usize = 16;

/// Where the lines of a text are, broken where they are too long for a width.
pub(super) fn lines(bytes: &[u8], width: usize) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        if from >= bytes.len() {
            return None;
        }
        let start = from;
        let mut room = width;
        let mut at = start;
        while at < bytes.len() {
            if bytes[at] == b'\n' {
                from = at + 1;
                let end = if at > start && bytes[at - 1] == b'\r' { at - 1 } else { at };
                return Some(start..end);
            }
            let (length, wide) = next_char(&bytes[at..]);
            if wide > room {
                break;
            }
            room -= wide;
            at += length;
        }
        from = at;
        Some(start..at)
    })
}

/// Bytes and columns of the first character; a byte that begins none stands for itself.
fn next_char(bytes: &[u8]) -> (usize, usize) {
    if bytes[0] == b'\t' {
        return (1, 4);
    }
    if bytes[0].is_ascii() {
        return (1, 1);
    }
    let most = &bytes[..bytes.len().min(4)];
    let text = match std::str::from_utf8(most) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&most[..error.valid_up_to()]).unwrap_or_default(),
    };
    text.chars().next().map_or((1, 1), |c| (c.len_utf8(), c.width().unwrap_or(1)))
}

/// So many bytes fit into a row of hex: sixteen, or eight where there is little room.
pub(super) fn hex_bytes(width: usize) -> usize {
    if width >= 10 + HEX * 4 { HEX } else { HEX / 2 }
}

pub(super) fn hex(bytes: &[u8], piece: Range<usize>, each: usize) -> String {
    use std::fmt::Write as _;
    let mut line = format!("{:08x}  ", piece.start);
    let row = &bytes[piece];
    for at in 0..each {
        let _ = match row.get(at) {
            Some(byte) => write!(line, "{byte:02x} "),
            None => write!(line, "   "),
        };
    }
    line.push(' ');
    line.extend(row.iter().map(|byte| {
        if byte.is_ascii_graphic() || *byte == b' ' { char::from(*byte) } else { '·' }
    }));
    line
}

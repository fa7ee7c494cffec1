//! Standard base64 as Go's `encoding/base64` reads it: the Gateway decodes signatures and PEM blocks with it.
//!
//! It differs from a strict decoder: CR and LF are skipped anywhere, padding is required, and bits left over in the
//! last character may be set. The error names the byte that Go names.

/// Decodes padded standard base64 by Go's rules; the error is the offset that Go's message names.
pub(super) fn decode(text: &[u8]) -> Result<Vec<u8>, usize> {
    let mut decoded = Vec::with_capacity(text.len() / 4 * 3);
    let mut at = 0;
    loop {
        let mut group = [0_u8; 4];
        let mut filled = 0;
        while filled < 4 {
            let Some(&byte) = text.get(at) else {
                return if filled == 0 { Ok(decoded) } else { Err(at - filled) };
            };
            at += 1;
            match byte {
                b'\r' | b'\n' => {}
                b'=' => {
                    let end = padding(text, at, filled)?;
                    push(&mut decoded, group, filled);
                    return if end < text.len() { Err(end) } else { Ok(decoded) };
                }
                _ => {
                    group[filled] = sextet(byte).ok_or(at - 1)?;
                    filled += 1;
                }
            }
        }
        push(&mut decoded, group, 4);
    }
}

/// Where the text goes on behind the padding, whose first `=` lies before `at`.
fn padding(text: &[u8], mut at: usize, filled: usize) -> Result<usize, usize> {
    if filled < 2 {
        return Err(at - 1);
    }
    if filled == 2 {
        at = skip_line_ends(text, at);
        match text.get(at) {
            None => return Err(text.len()),
            Some(b'=') => at += 1,
            Some(_) => return Err(at - 1),
        }
    }
    Ok(skip_line_ends(text, at))
}

fn skip_line_ends(text: &[u8], at: usize) -> usize {
    at + text[at..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count()
}

fn push(decoded: &mut Vec<u8>, group: [u8; 4], filled: usize) {
    let [a, b, c, d] = group;
    let bytes = [a << 2 | b >> 4, b << 4 | c >> 2, c << 6 | d];
    decoded.extend_from_slice(&bytes[..filled.saturating_sub(1)]);
}

fn sextet(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn reads_what_go_reads() {
        assert_eq!(decode(b""), Ok(vec![]));
        assert_eq!(decode(b"aGVsbG8="), Ok(b"hello".to_vec()));
        assert_eq!(decode(b"aGVs\r\nbG8=\n"), Ok(b"hello".to_vec()));
        assert_eq!(decode(b"aGVsbG8h"), Ok(b"hello!".to_vec()));
        assert_eq!(decode(b"aA=\n="), Ok(b"h".to_vec()));
        // Bits left over in the last character are not looked at.
        assert_eq!(decode(b"aGVsbG9="), Ok(b"hello".to_vec()));
    }

    #[test]
    fn names_the_byte_that_go_names() {
        assert_eq!(decode(b"aGVsbG8"), Err(4), "padding missing");
        assert_eq!(decode(b"aGVsb-8="), Err(5), "of the URL alphabet");
        assert_eq!(decode(b" aGVs"), Err(0));
        assert_eq!(decode(b"aA=A"), Err(2));
        assert_eq!(decode(b"aA="), Err(3));
        assert_eq!(decode(b"a==="), Err(1));
        assert_eq!(decode(b"aA==aA=="), Err(4), "something after the padding");
    }

    proptest::proptest! {
        #[test]
        fn reads_back_what_an_encoder_wrote(bytes: Vec<u8>) {
            use base64::Engine as _;
            let text = base64::engine::general_purpose::STANDARD.encode(&bytes);
            proptest::prop_assert_eq!(decode(text.as_bytes()), Ok(bytes));
        }
    }
}

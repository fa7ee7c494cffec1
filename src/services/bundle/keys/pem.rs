//! PEM blocks as Go's `encoding/pem` finds them: text around them, headers, spaces and CR LF are no hindrance.
//!
//! The Gateway reads `public_key_path` with it, so what it finds there and what it does not is what we find.

use secrecy::zeroize::Zeroizing;

use crate::services::bundle::go_base64;

const BEGIN: &[u8] = b"-----BEGIN ";
const END: &[u8] = b"\n-----END ";
const DASHES: &[u8] = b"-----";

/// One block: its label, whether it has a `Proc-Type: 4,ENCRYPTED` header, its bytes (wiped when dropped).
pub(super) struct Block {
    /// The words between `BEGIN ` and the dashes.
    pub(super) label: String,
    /// Encrypted in the traditional way of OpenSSL, from before PKCS#8.
    pub(super) proc_type_encrypted: bool,
    /// What the base64 holds.
    pub(super) contents: Zeroizing<Vec<u8>>,
}

/// The first block of the text.
pub(super) fn first(text: &[u8]) -> Option<Block> {
    next(text).map(|(block, _)| block)
}

/// All blocks of the text, in order.
pub(super) fn all(mut text: &[u8]) -> Vec<Block> {
    let mut blocks = Vec::new();
    while let Some((block, rest)) = next(text) {
        blocks.push(block);
        text = rest;
    }
    blocks
}

/// The next block and the text behind it.
fn next(text: &[u8]) -> Option<(Block, &[u8])> {
    let mut rest = text;
    loop {
        // The first END line, and the last BEGIN line before it: a BEGIN without its END is passed over.
        let end = find(rest, END)?;
        let behind_end = end + END.len();
        let Some(begin) = rfind(&rest[..end], BEGIN) else {
            rest = &rest[behind_end..];
            continue;
        };
        let at_line_start = begin == 0 || rest[begin - 1] == b'\n';
        match at_line_start.then(|| parse(&rest[begin + BEGIN.len()..])).flatten() {
            Some(found) => return Some(found),
            None => rest = &rest[behind_end..],
        }
    }
}

/// Parses a block from its label on.
fn parse(text: &[u8]) -> Option<(Block, &[u8])> {
    let (label_line, mut body) = line(text);
    let label = label_line.strip_suffix(DASHES)?;
    let mut proc_type_encrypted = false;
    loop {
        let (header, behind) = line(body);
        let Some(colon) = header.iter().position(|&byte| byte == b':') else { break };
        let (name, value) = (header[..colon].trim_ascii(), header[colon + 1..].trim_ascii());
        proc_type_encrypted |= name == b"Proc-Type" && value.ends_with(b"ENCRYPTED");
        body = behind;
    }
    // A block may be empty: then its END line follows at once, without the line end that END begins with.
    let (base64, behind_end) = if let Some(behind_end) = body.strip_prefix(&END[1..]) {
        (&body[..0], behind_end)
    } else {
        let end = find(body, END)?;
        (&body[..end], &body[end + END.len()..])
    };
    let (end_line, rest) = line(behind_end);
    if end_line.strip_suffix(DASHES)? != label {
        return None;
    }
    let base64: Zeroizing<Vec<u8>> = Zeroizing::new(
        base64.iter().copied().filter(|byte| !matches!(byte, b' ' | b'\t')).collect(),
    );
    let contents = Zeroizing::new(go_base64::decode(&base64).ok()?);
    let label = String::from_utf8_lossy(label).into_owned();
    Some((Block { label, proc_type_encrypted, contents }, rest))
}

/// The first line without its end and the blanks before it, and what follows.
fn line(text: &[u8]) -> (&[u8], &[u8]) {
    let (mut line, rest) = match text.iter().position(|&byte| byte == b'\n') {
        Some(end) => (&text[..end], &text[end + 1..]),
        None => (text, &text[text.len()..]),
    };
    line = line.strip_suffix(b"\r").unwrap_or(line);
    while let [shorter @ .., b' ' | b'\t'] = line {
        line = shorter;
    }
    (line, rest)
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).position(|window| window == what)
}

fn rfind(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).rposition(|window| window == what)
}

#[cfg(test)]
mod tests {
    use super::{all, first};

    fn labels(text: &str) -> Vec<String> {
        all(text.as_bytes()).into_iter().map(|block| block.label).collect()
    }

    #[test]
    fn finds_a_block_among_other_text_with_spaces_and_windows_line_ends() {
        let text = "Bag Attributes\r\n  name: x\r\n-----BEGIN A B----- \r\naGVs\r\n bG8=\t\r\n-----END A B-----\r\n";
        let block = first(text.as_bytes()).expect("a block");
        assert_eq!(block.label, "A B");
        assert_eq!(*block.contents, b"hello");
    }

    #[test]
    fn passes_over_what_is_no_block() {
        assert_eq!(labels("-----BEGIN A-----\naGVs\n"), [] as [&str; 0], "no end");
        assert_eq!(
            labels(" -----BEGIN A-----\naGVs\n-----END A-----\n"),
            [] as [&str; 0],
            "indented"
        );
        assert_eq!(
            labels("\u{feff}-----BEGIN A-----\naGVs\n-----END A-----\n"),
            [] as [&str; 0],
            "BOM"
        );
        assert_eq!(
            labels("-----BEGIN A-----\na*\n-----END A-----\n"),
            [] as [&str; 0],
            "no base64"
        );
        assert_eq!(
            labels("-----BEGIN A-----\naGVs\n-----END B-----\n"),
            [] as [&str; 0],
            "another end"
        );
        assert_eq!(labels("-----BEGIN A-----\naGVs\n-----END A----- x\n"), [] as [&str; 0]);
        let two =
            "-----BEGIN A-----\na*\n-----END A-----\n-----BEGIN B-----\naGVs\n-----END B-----";
        assert_eq!(labels(two), ["B"], "the next one is looked at");
        assert_eq!(labels("-----BEGIN A-----\n-----BEGIN B-----\naGVs\n-----END B-----\n"), ["B"]);
        assert_eq!(labels("-----BEGIN A-----\n-----END A-----\n"), ["A"], "an empty one");
    }

    #[test]
    fn knows_the_traditional_encryption() {
        let text = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\naGVs\n\
                    -----END RSA PRIVATE KEY-----\n";
        assert!(first(text.as_bytes()).expect("a block").proc_type_encrypted);
    }
}

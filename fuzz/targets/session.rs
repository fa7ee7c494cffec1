//! A session's file: its records are read up to where it is damaged, or it is none.

use tyk_tui::capture::marks::LONGEST_NOTE;
use tyk_tui::capture::session::Reader;

/// The input is the file.
pub(crate) fn run(input: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("x.tyks");
    std::fs::write(&path, input).expect("a file");
    let Ok(mut reader) = Reader::open(&path) else { return };
    let _ = (reader.facts(), reader.count(), reader.span(), reader.bytes(), reader.last(10));
    for (_, note) in reader.marks(&(0..=u64::MAX), 50).unwrap_or_default() {
        assert!(note.chars().count() <= LONGEST_NOTE && !note.contains(char::is_control));
    }
    let mut next = 0;
    while let Ok(piece) = reader.since(next, 50) {
        let Some(last) = piece.last() else { break };
        assert!(last.seq >= next, "records go on and on");
        let Some(after) = last.seq.checked_add(1) else { break };
        next = after;
    }
}

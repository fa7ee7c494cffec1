use proptest::prelude::*;

use super::*;

fn buffer(text: &str) -> Buffer {
    let mut buffer = Buffer::default();
    buffer.open(Some(text.as_bytes().to_vec()));
    buffer
}

fn insert(buffer: &mut Buffer, at: usize, text: &str) {
    buffer.type_in(Edit { span: at..at, text: text.to_owned() });
}

fn text(buffer: &Buffer) -> &str {
    std::str::from_utf8(buffer.bytes()).unwrap()
}

#[test]
fn letters_join_to_words_and_each_word_is_one_step() {
    let mut buffer = buffer("");
    for (at, letter) in "two words".char_indices() {
        insert(&mut buffer, at, &letter.to_string());
    }
    assert_eq!(buffer.undo(), [Splice { at: 4, removed: 5, inserted: 0 }]);
    assert_eq!(text(&buffer), "two ");
    buffer.undo();
    assert!(!buffer.dirty() && !buffer.can_undo());
    buffer.redo();
    buffer.redo();
    assert_eq!(text(&buffer), "two words");
    assert!(!buffer.can_redo());
}

#[test]
fn what_is_erased_letter_by_letter_comes_back_at_once() {
    let mut buffer = buffer("abcdef");
    for at in [3, 2, 1] {
        buffer.type_in(Edit { span: at..at + 1, text: String::new() });
    }
    assert_eq!(text(&buffer), "aef");
    assert_eq!(buffer.undo(), [Splice { at: 1, removed: 0, inserted: 3 }]);
    assert_eq!(text(&buffer), "abcdef");
}

#[test]
fn a_change_begins_a_new_branch_and_saving_ends_a_word() {
    let mut buffer = buffer("");
    insert(&mut buffer, 0, "a");
    buffer.set_saved(Some(b"a".to_vec()));
    assert!(!buffer.dirty());
    insert(&mut buffer, 1, "b");
    assert!(buffer.dirty());
    buffer.undo();
    assert_eq!(text(&buffer), "a");
    assert!(!buffer.dirty());
    buffer.undo();
    assert!(buffer.dirty(), "the file has what was taken back");
    insert(&mut buffer, 0, "z");
    assert!(!buffer.can_redo());
}

#[test]
fn several_edits_are_one_step_in_whatever_order_they_come() {
    let edits = [
        Edit { span: 0..1, text: "AA".into() },
        Edit { span: 2..3, text: String::new() },
        Edit { span: 3..3, text: "!".into() },
    ];
    let mut buffer = buffer("abc");
    buffer.apply(&edits);
    assert_eq!(text(&buffer), "AAb!");
    buffer.undo();
    assert_eq!(text(&buffer), "abc");
    assert!(buffer.apply(&[edits[0].clone(), Edit { span: 3..4, text: "x".into() }]).is_empty());
    assert_eq!(text(&buffer), "abc", "edits of another text are not made in part");
}

#[test]
fn bytes_that_are_no_text_are_kept() {
    let mut buffer = Buffer::default();
    buffer.open(Some(b"{\"a\": \"\xff\xfe\"}\r\n".to_vec()));
    buffer.apply(&[Edit { span: 2..3, text: "b".into() }]);
    assert_eq!(buffer.bytes(), b"{\"b\": \"\xff\xfe\"}\r\n");
    buffer.apply(&[Edit { span: 0..buffer.len(), text: String::new() }]);
    buffer.undo();
    assert_eq!(buffer.bytes(), b"{\"b\": \"\xff\xfe\"}\r\n");
    assert_eq!(buffer.line(0), b"{\"b\": \"\xff\xfe\"}");
}

#[test]
fn places_are_those_of_findings() {
    let text = "{\r\n \"\u{6f22}\": \"\u{e9}\"\n}";
    let buffer = buffer(text);
    let document =
        crate::domain::json::Document::parse(text, crate::domain::json::Trailing::Refused).unwrap();
    for (offset, _) in text.char_indices().filter(|(_, c)| *c != '\r' && *c != '\n') {
        let place = document.place(offset);
        assert_eq!(buffer.place(offset), place);
        assert_eq!(buffer.offset(place), offset);
    }
    assert_eq!(buffer.offset(Place { line: 9, column: 1 }), buffer.len());
}

#[test]
fn offsets_move_with_what_stands_before_them() {
    let splice = Splice { at: 2, removed: 3, inserted: 1 };
    assert_eq!([0, 2, 3, 4, 5, 9].map(|offset| splice.shift(offset)), [0, 2, 3, 3, 3, 7]);
}

fn edits() -> impl Strategy<Value = Vec<(usize, usize, String, bool)>> {
    let text = prop_oneof!["[a-z\" {}\n]{0,6}", "\u{6f22}\r\n|\n\n|\r"];
    prop::collection::vec((0..64usize, 0..8usize, text, any::<bool>()), 1..24)
}

proptest! {
    #[test]
    fn all_that_is_done_can_be_taken_back_and_done_again(
        start in "[a-z\r\n]{0,40}", edits in edits(),
    ) {
        let mut buffer = buffer(&start);
        for (at, len, text, typed) in edits {
            let at = at.min(buffer.len());
            let edit = Edit { span: at..(at + len).min(buffer.len()), text };
            let before = buffer.version();
            let splices =
                if typed { buffer.type_in(edit) } else { buffer.apply(std::slice::from_ref(&edit)) };
            prop_assert_eq!(buffer.version() > before, !splices.is_empty());
            prop_assert_eq!(&buffer.lines, &Lines::of(buffer.bytes()));
        }
        let end = buffer.bytes().to_vec();
        while buffer.can_undo() {
            buffer.undo();
            prop_assert_eq!(&buffer.lines, &Lines::of(buffer.bytes()));
        }
        prop_assert_eq!(buffer.bytes(), start.as_bytes());
        prop_assert!(!buffer.dirty());
        while buffer.can_redo() {
            buffer.redo();
        }
        prop_assert_eq!(buffer.bytes(), end);
    }
}

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::*;
use crate::tui::action::Action;
use crate::tui::keymap::Key;

/// An editor of this text; `|` is the cursor.
pub(super) fn editor(text: &str) -> Editor {
    let at = text.find('|').unwrap_or(0);
    let mut editor = Editor::default();
    editor.open(Some(text.replacen('|', "", 1).into_bytes()));
    editor.show(20, 60);
    editor.begin().unwrap();
    editor.go(at, false);
    editor
}

/// The text with its cursor.
pub(super) fn shown(editor: &Editor) -> String {
    let mut text = editor.text(0..editor.buffer.len());
    text.insert(editor.at, '|');
    text
}

/// Presses keys: names in angle brackets, letters as they are.
pub(super) fn press(editor: &mut Editor, keys: &str) {
    let mut rest = keys;
    while let Some(first) = rest.chars().next() {
        let named = rest.strip_prefix('<').and_then(|named| named.split_once('>'));
        let event = if let Some((name, after)) = named {
            rest = after;
            Key::parse(name).unwrap_or_else(|| panic!("{name} is no key")).into()
        } else {
            rest = &rest[first.len_utf8()..];
            KeyEvent::new(KeyCode::Char(first), KeyModifiers::NONE)
        };
        editor.key(event);
    }
}

#[track_caller]
fn typed(before: &str, keys: &str, after: &str) {
    let mut editor = editor(before);
    press(&mut editor, keys);
    assert_eq!(shown(&editor), after, "{keys} in {before}");
}

#[test]
fn brackets_and_quotes_come_in_pairs_where_that_helps() {
    typed("|", "{\"a\": [1]}", "{\"a\": [1]}|");
    typed("|", "{\"a", "{\"a|\"}");
    typed("{|\"a\": 1}", "\"", "{\"|\"a\": 1}");
    typed("[\"a|\"]", "b{[", "[\"ab{[|\"]");
    typed("|", "[<backspace>", "|");
    typed("[|]", "]", "[]|]");
    typed("|", "[1<left><left><right><right>]", "[1]|");
}

#[test]
fn a_new_line_keeps_the_indentation_and_opens_a_pair() {
    typed("{|}", "<enter>\"a\": 1", "{\n  \"a\": 1|\n}");
    typed("{\n\t\"a\": [|1]\n}", "<enter>", "{\n\t\"a\": [\n\t\t|1]\n}");
    typed("{\r\n  \"a\": 1,|\r\n}", "<enter>", "{\r\n  \"a\": 1,\r\n  |\r\n}");
    typed("{\n  \"a\": [\n    1\n    |", "]", "{\n  \"a\": [\n    1\n  ]|");
}

#[test]
fn what_is_selected_is_replaced_and_erased() {
    typed("[|ab]", "<shift-right><shift-right>x", "[x|]");
    typed("[ab|]", "<shift-home><backspace>", "|]");
    typed("a b c|", "<ctrl-left><ctrl-backspace>", "a |c");
    typed("\u{6f22}e\u{301}|", "<backspace><backspace>", "|");
    typed("a\r\n|b", "<backspace>", "a|b");
}

#[test]
fn tab_indents_and_lines_move() {
    typed("{\n  \"a\": 1\n|}", "<tab>", "{\n  \"a\": 1\n  |}");
    let mut editor = editor("[\n  |1,\n  2\n]");
    press(&mut editor, "<shift-down><tab>");
    assert_eq!(shown(&editor), "[\n    1,\n    |2\n]");
    press(&mut editor, "<backtab><backtab>");
    assert_eq!(shown(&editor), "[\n1,\n|2\n]");
    editor.anchor = None;
    editor.act(Action::LineUp);
    assert_eq!(shown(&editor), "[\n|2\n1,\n]");
    editor.act(Action::LineDown);
    editor.act(Action::DuplicateLine);
    assert_eq!(shown(&editor), "[\n1,\n2\n|2\n]");
    editor.act(Action::LineDown);
    editor.act(Action::LineDown);
    assert_eq!(shown(&editor), "[\n1,\n2\n]\n|2");
    editor.act(Action::DeleteLine);
    assert_eq!(shown(&editor), "[\n1,\n2\n|]");
}

#[test]
fn up_and_down_keep_the_column_past_wide_letters_and_folds() {
    let mut editor = editor("abcd|\n\u{6f22}\u{6f22}x\na\n{\n1\n}");
    press(&mut editor, "<down>");
    assert_eq!(editor.at, "abcd\n\u{6f22}\u{6f22}".len());
    press(&mut editor, "<down><down><up><up>");
    assert_eq!(editor.at, "abcd\n\u{6f22}\u{6f22}".len());
    press(&mut editor, "<down><down>");
    editor.act(Action::Fold);
    assert_eq!(editor.line(), 4);
    press(&mut editor, "<down>");
    assert_eq!(editor.line(), 4, "the fold is the last line that is seen");
    press(&mut editor, "<right>");
    assert_eq!((editor.line(), editor.folds.last_of(3)), (4, 3), "going into a fold opens it");
}

#[test]
fn undo_takes_back_what_form_and_keys_did_alike() {
    let mut editor = editor("{|}");
    press(&mut editor, "\"a\": 1");
    editor.apply(&[Edit { span: 0..0, text: "\n".into() }]);
    editor.act(Action::TextUndo);
    assert_eq!(editor.text(0..editor.buffer.len()), "{\"a\": 1}");
    while editor.buffer.can_undo() {
        editor.act(Action::TextUndo);
    }
    assert!(!editor.buffer.dirty());
    editor.act(Action::TextRedo);
    assert!(editor.buffer.dirty());
}

#[test]
fn the_text_scrolls_with_the_cursor_and_keeps_it_visible() {
    let mut editor = editor(&"x\n".repeat(50));
    editor.show(10, 40);
    press(&mut editor, "<pagedown><pagedown>");
    editor.show(10, 40);
    assert_eq!((editor.top, editor.line()), (11, 21));
    press(&mut editor, "<ctrl-home>");
    editor.show(10, 40);
    assert_eq!(editor.top, 0);
    editor.scroll(5);
    assert_eq!((editor.top, editor.line()), (5, 6));
    press(&mut editor, &"y".repeat(100));
    editor.show(10, 40);
    assert_eq!(editor.left, 71);
}

#[test]
fn search_finds_while_one_types_and_replaces_one_by_one_or_all() {
    let mut editor = editor("|[\"Foo\", \"foo\", \"bar\", \"foo\"]");
    editor.act(Action::TextSearch);
    press(&mut editor, "fo");
    assert_eq!((editor.at, editor.search.count(editor.at).as_str()), (2, "1 of 3"));
    press(&mut editor, "<enter>");
    editor.act(Action::TextNext);
    assert_eq!(editor.notice, "2 of 3");
    editor.act(Action::TextPrevious);
    editor.act(Action::TextPrevious);
    assert_eq!(editor.notice, "3 of 3");
    press(&mut editor, "<ctrl-home>");
    editor.act(Action::Replace);
    press(&mut editor, "foo<enter>x<enter>nya");
    assert_eq!(editor.text(0..editor.buffer.len()), "[\"x\", \"x\", \"bar\", \"x\"]");
    editor.act(Action::TextUndo);
    assert_eq!(editor.text(0..editor.buffer.len()), "[\"Foo\", \"x\", \"bar\", \"foo\"]");
    editor.act(Action::TextSearch);
    press(&mut editor, "Foo");
    assert_eq!(editor.search.matches().len(), 1, "a capital wants a capital");
    press(&mut editor, "<esc>");
    assert!(editor.search.matches().is_empty());
}

#[test]
fn one_goes_to_lines_and_paths() {
    let mut editor = editor("{\n  \"a\": {\n    \"b\": [1, 2]\n  }\n}");
    for (typed, place) in
        [("3", "3:1"), ("3:5", "3:5"), ("a.b[1]", "3:14"), ("/a/b/0", "3:11"), ("a", "2:3")]
    {
        editor.act(Action::GoTo);
        press(&mut editor, typed);
        press(&mut editor, "<enter>");
        assert_eq!(editor.buffer.place(editor.at).to_string(), place, "{typed}");
    }
    for (typed, why) in [("a.c", "nothing is at a.c"), ("a..b", "no line and no path")] {
        editor.act(Action::GoTo);
        press(&mut editor, typed);
        press(&mut editor, "<enter>");
        assert!(editor.notice.contains(why), "{}", editor.notice);
    }
}

#[test]
fn formatting_changes_space_alone_and_keeps_the_cursor() {
    let mut text = editor("{\"a\":[1.50,{}, [ ]],|\"b\" : \"x  y\"}\n");
    text.act(Action::Format);
    let laid_out = "{\n  \"a\": [\n    1.50,\n    {},\n    []\n  ],|\n  \"b\": \"x  y\"\n}\n";
    assert_eq!(shown(&text), laid_out);
    let version = text.buffer.version();
    text.act(Action::Format);
    assert_eq!(text.buffer.version(), version, "what is laid out already is left alone");
    let mut part = editor("{\n\t\"a\": |[1,2],\n\t\"b\":{}\n}");
    press(&mut part, "<shift-right>");
    part.act(Action::Format);
    assert_eq!(
        part.text(0..part.buffer.len()),
        "{\n\t\"a\": [\n\t\t1,\n\t\t2\n\t],\n\t\"b\":{}\n}"
    );
    let mut broken = editor("{|");
    broken.act(Action::Format);
    assert!(broken.notice.starts_with("not JSON yet: 1:2"), "{}", broken.notice);
}

#[test]
fn what_is_too_large_is_only_read() {
    let mut editor = Editor::default();
    editor.open(Some(vec![b' '; LARGEST + 1]));
    assert!(editor.begin().is_err());
    editor.open(Some(vec![b' '; LARGEST]));
    assert!(editor.begin().is_ok());
}

#[test]
fn marks_move_with_the_text_and_the_next_one_is_found() {
    let mut editor = editor("|{\n  \"a\": 1\n}");
    let mark = |line, column| {
        Mark::new(crate::domain::task::Severity::Error, Place { line, column }, "no")
    };
    editor.set_marks(vec![mark(2, 3)]);
    press(&mut editor, "<enter>");
    editor.act(Action::NextMark);
    assert_eq!(editor.buffer.place(editor.at).to_string(), "3:3");
}

const WORDS: &[Word] = &[
    Word::new(
        "driver",
        Takes::OneOf(|| vec![("grpc", "a server"), ("python", "inside")]),
        "what runs it",
    ),
    Word::new("disabled", Takes::Switch, "off"),
    Word::new("hooks", Takes::List(&Takes::Object(HOOK)), "what is called"),
];
const HOOK: &[Word] = &[Word::new("name", Takes::Text, "the function")];

#[track_caller]
fn completed(before: &str, keys: &str, after: &str) {
    let mut editor = editor(before);
    editor.vocabulary = WORDS;
    press(&mut editor, keys);
    assert_eq!(shown(&editor), after, "{keys} in {before}");
}

#[test]
fn known_keys_and_values_are_offered_where_they_may_stand() {
    completed("{|}", "\"dr<tab>", "{\"driver\": \"|\"}");
    completed("{|}", "\"dr<tab><tab>", "{\"driver\": \"grpc\"|}");
    completed("{|}", "\"dr<tab>py<tab>", "{\"driver\": \"python\"|}");
    completed("{|\n\"x\": 1}", "\"dis<tab>", "{\"disabled\": true|,\n\"x\": 1}");
    completed(
        "{\"driver\": \"grpc\", \"d|\"}",
        "i<tab>",
        "{\"driver\": \"grpc\", \"disabled\": true|}",
    );
    completed("{\"d|\": 1}", "r<tab>", "{\"driver\"|: 1}");
    completed("{\"hooks\": [{|}]}", "\"n<tab>", "{\"hooks\": [{\"name\": \"|\"}]}");
    completed("{\"disabled\": |}", "t<tab>", "{\"disabled\": true|}");
    completed("{\"HOOKS\": [{|}]}", "\"n<down><enter>", "{\"HOOKS\": [{\"name\": \"|\"}]}");
    completed("{|}", "\"dirver<tab>", "{\"driver\": \"|\"}");
}

#[test]
fn offers_do_not_stand_in_the_way() {
    // Where nobody has moved into the list, enter breaks the line.
    completed("{\"disabled\": tru|}", "e<enter>", "{\"disabled\": true\n|}");
    completed("{\"x\": |}", "dr<tab>", "{\"x\": dr  |}");
    completed("{\"driver\": \"x\", |}", "\"driv<esc><esc>", "{\"driver\": \"x\", \"driv|\"}");
    let mut editor = editor("{\"y\": |}");
    editor.vocabulary = WORDS;
    editor.act(Action::Complete);
    assert_eq!(editor.notice, "nothing is known to go here");
    editor.go(1, false);
    editor.act(Action::Complete);
    assert!(editor.popup.is_some());
    press(&mut editor, "<esc>");
    assert!(editor.popup.is_none() && editor.editing());
}

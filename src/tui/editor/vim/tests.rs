use super::super::tests::{editor, press, shown};
use super::*;
use crate::tui::effect::Effect;

fn vim(before: &str, keys: &str) -> Editor {
    let mut editor = editor(before);
    editor.set_vim(true);
    press(&mut editor, keys);
    editor
}

#[track_caller]
fn gives(before: &str, keys: &str, after: &str) {
    assert_eq!(shown(&vim(before, keys)), after, "{keys} in {before}");
}

#[test]
fn motions_go_where_vim_goes() {
    let text = "|{\n  \"driver\": \"grpc\",\n  \"n\": [1]\n}";
    for (keys, after) in [
        ("jw", "{\n  |\"driver\": \"grpc\",\n  \"n\": [1]\n}"),
        ("jwww", "{\n  \"driver|\": \"grpc\",\n  \"n\": [1]\n}"),
        ("j2e", "{\n  \"drive|r\": \"grpc\",\n  \"n\": [1]\n}"),
        ("j$", "{\n  \"driver\": \"grpc\"|,\n  \"n\": [1]\n}"),
        ("j$b", "{\n  \"driver\": \"grpc|\",\n  \"n\": [1]\n}"),
        ("G", "{\n  \"driver\": \"grpc\",\n  \"n\": [1]\n|}"),
        ("Ggg", "|{\n  \"driver\": \"grpc\",\n  \"n\": [1]\n}"),
        ("3G", "{\n  \"driver\": \"grpc\",\n  |\"n\": [1]\n}"),
        ("%", "{\n  \"driver\": \"grpc\",\n  \"n\": [1]\n|}"),
        ("j$0^", "{\n  |\"driver\": \"grpc\",\n  \"n\": [1]\n}"),
        ("jfr;", "{\n  \"drive|r\": \"grpc\",\n  \"n\": [1]\n}"),
        ("jfr;;,", "{\n  \"drive|r\": \"grpc\",\n  \"n\": [1]\n}"),
        ("jt:", "{\n  \"driver|\": \"grpc\",\n  \"n\": [1]\n}"),
        ("/grp<enter>", "{\n  \"driver\": \"|grpc\",\n  \"n\": [1]\n}"),
        (":3<enter>", "{\n  \"driver\": \"grpc\",\n|  \"n\": [1]\n}"),
        (":n[0]<enter>", "{\n  \"driver\": \"grpc\",\n  \"n\": [|1]\n}"),
    ] {
        gives(text, keys, after);
    }
}

#[test]
fn operators_take_motions_lines_and_objects() {
    for (before, keys, after) in [
        ("a |b c", "dw", "a |c"),
        ("a |b\nc", "dw", "a| \nc"),
        ("|a b c d", "d2w", "|c d"),
        ("|a b c d", "2dw", "|c d"),
        ("ab|cd", "D", "a|b"),
        ("a\n|b\nc", "dd", "a\n|c"),
        ("a\nb\n|c", "dd", "a\n|b"),
        ("|a\nb\nc", "2dd", "|c"),
        ("|a\nb\nc", "dj", "|c"),
        ("a\nb\n|c", "dgg", "|"),
        ("|ab", "x", "|b"),
        ("a|b", "X", "|b"),
        ("|a: b", "cwx<esc>", "|x: b"),
        ("|ab: c", "Cx<esc>", "|x"),
        ("  |a\nb", "ccx<esc>", "  |x\nb"),
        ("{\"a\": \"x |y\"}", "ci\"z<esc>", "{\"a\": \"|z\"}"),
        ("{\"a\": \"x |y\"}", "da\"", "{\"a\": |}"),
        ("{\"a\": {\"b|\": 1}}", "di{", "{\"a\": {|}}"),
        ("{\"a\": [1, {\"b|\": 1}]}", "da[", "{\"a\": |}"),
        ("one t|wo three", "diw", "one | three"),
        ("one t|wo three", "daw", "one |three"),
        ("{|\"a\": [1]}", "d%", "{|}"),
        ("|abc)", "dt)", "|)"),
        ("|abc)", "df)", "|"),
    ] {
        gives(before, keys, after);
    }
}

#[test]
fn what_was_taken_is_put_back() {
    for (before, keys, after) in [
        ("|a\nb", "ddp", "b\n|a"),
        ("|a\nb", "yyP", "|a\na\nb"),
        ("|a b", "dwp", "ba| "),
        ("|ab", "xp", "b|a"),
        ("|ab", "yl3p", "aaa|ab"),
        ("|a\nb", "Yjp", "a\nb\n|a"),
    ] {
        gives(before, keys, after);
    }
    let mut editor = vim("|one two", "");
    let answer = [KeyCode::Char('y'), KeyCode::Char('w')]
        .map(|code| editor.key(KeyEvent::new(code, KeyModifiers::NONE)));
    let [_, Answer::Done(effects)] = answer else { panic!("y is the editor's") };
    assert!(matches!(&effects[..], [Effect::Copy(_, text)] if text == "one "));
}

#[test]
fn inserting_is_one_step_and_a_dot_makes_it_again() {
    gives("|a\nb", "Ix, y <esc>u", "|a\nb");
    gives("|a b", "cwnew<esc>w.", "new ne|w");
    gives("|a\nb\n", "A,<esc>j.", "a,\nb|,\n");
    gives("a|b\ncd", "xj.", "a\n|d");
    gives("|a\n", "onew<esc>", "a\nne|w\n");
    gives("  |a", "Onew<esc>", "  ne|w\n  a");
    gives("|abc", "rx~", "X|bc");
    gives("[\n|1,\n  2\n]", "J", "[\n1,| 2\n]");
    gives("|a\nb\nc", ">>j.", "  a\n  |b\nc");
    gives("|a b c", "dwu<ctrl-r>", "|b c");
}

#[test]
fn what_is_selected_includes_the_letter_at_the_cursor() {
    gives("|abc", "vld", "|c");
    gives("a|bc", "vhy<ctrl-a>", "|abc");
    gives("|a\nb\nc", "Vjd", "|c");
    gives("|abc def", "viwcx<esc>", "|x def");
    gives("|ab", "vl<esc>x", "|a");
    gives("|a\nb", "Vj>", "  |a\n  b");
    gives("ab|cd", "vhohd", "a|cd");
}

#[test]
fn modes_are_said_and_esc_leaves_one_after_the_other() {
    let mut editor = vim("|{}", "i");
    assert_eq!(editor.vim.as_ref().unwrap().word(), "INSERT");
    press(&mut editor, "<esc>2d");
    assert_eq!(editor.vim.as_ref().unwrap().word(), "2d NORMAL");
    press(&mut editor, "<esc>");
    assert!(editor.editing());
    press(&mut editor, "<esc>");
    assert!(!editor.editing());
}

#[test]
fn folds_and_lines_of_commands() {
    let text = "|{\n  \"a\": {\n    \"b\": 1\n  }\n}";
    let mut editor = vim(text, "jzc");
    assert_eq!(editor.folds.last_of(1), 3);
    press(&mut editor, "zo");
    assert_eq!(editor.folds.last_of(1), 1);
    press(&mut editor, "zMzR");
    assert_eq!(editor.folds.last_of(1), 1);
    press(&mut editor, ":%s/b/c/g<enter>");
    assert!(editor.text(0..editor.buffer.len()).contains("\"c\": 1"));
    press(&mut editor, ":nonsense<enter>");
    assert!(editor.notice.contains("not known here"));
    assert!(matches!(editor.command("wq"), Answer::Save));
    assert!(!editor.editing());
}

//! What is read, what is edited, and what is refused.

use rstest::rstest;
use serde_json::{Value as Json, json};

use super::*;
use crate::domain::json::{EditError, Path};

fn yaml(text: &str) -> Yaml {
    Yaml::parse(text).unwrap()
}

fn path(text: &str) -> Path {
    Path::parse_any(text).unwrap()
}

fn read(text: &str) -> Json {
    serde_json::from_slice(yaml(text).document().source()).unwrap()
}

const TEXT: &str = "\u{feff}# An API.\r\nopenapi: 3.0.3\r\ninfo:   # who\r\n    title: \"a\"  # t\r\n    'version': '1'\r\nempty:\r\nlist:\r\n- a\r\n-\r\n- b: 1\r\n  c: 2\r\nlong: |\r\n  one\r\n  two\r\n\r\nflow: {a: 1, b: [x, y]}\r\nlast: \u{e4}";

#[rstest]
#[case("flow.a", "b2", "flow: {b2: 1, b: [x, y]}")]
#[case("info.title", "on", "    \"on\": \"a\"  # t\r\n    'version': '1'")]
#[case("info.version", "it's", "    'it''s': '1'\r\n")]
#[case("list[2].b", "x y", "- x y: 1\r\n  c: 2")]
#[case("long", "short", "short: |\r\n  one\r\n")]
fn a_member_gets_another_key_in_the_quotes_of_the_old(
    #[case] at: &str,
    #[case] key: &str,
    #[case] after: &str,
) {
    let yaml = yaml(TEXT);
    let edit = yaml.rename(yaml.document().at(&path(at)).unwrap(), key).unwrap();
    let text = String::from_utf8(edit.apply(TEXT.as_bytes())).unwrap();
    assert!(text.contains(after), "{text}");
}

#[test]
fn a_key_of_an_anchor_is_renamed_in_all_places_or_not_at_all() {
    let yaml = yaml("a: &x {b: 1}\nc: *x\n");
    let value = yaml.document().at(&path("a.b")).unwrap();
    assert_eq!(yaml.rename(value, "d").unwrap_err(), EditError::Unwritable);
    let element = Yaml::parse("- a\n").unwrap();
    assert!(element.rename(element.document().at(&path("[0]")).unwrap(), "d").is_err());
}

#[test]
fn values_are_those_that_a_gateway_reads() {
    assert_eq!(
        read(TEXT),
        json!({"openapi": "3.0.3", "info": {"title": "a", "version": "1"}, "empty": null,
            "list": ["a", null, {"b": 1, "c": 2}], "long": "one\ntwo\n",
            "flow": {"a": 1, "b": ["x", "y"]}, "last": "\u{e4}"})
    );
    let scalars = "- 0x1F\n- 0o17\n- 017\n- 1_000\n- .5\n- 1.50\n- +3\n- yes\n- ~\n- True\n- 3.0.3\n- 1e2\n- !!str 5\n- 2020-01-01\n- -\n";
    assert_eq!(
        read(scalars),
        json!([
            31,
            15,
            15,
            1000,
            0.5,
            1.50,
            3,
            "yes",
            null,
            true,
            "3.0.3",
            1e2,
            "5",
            "2020-01-01",
            [null]
        ])
    );
    assert_eq!(read("a: &x {k: 1, l: 2}\nb: *x\nc:\n  <<: *x\n  l: 3\n")["c"]["l"], 3);
}

#[test]
fn places_are_those_of_the_text() {
    let yaml = yaml(TEXT);
    let place = |at: &str| yaml.place(yaml.document().at(&path(at)).unwrap()).to_string();
    assert_eq!(place("info.title"), "4:5");
    assert_eq!(place("list[2].c"), "11:3");
    assert_eq!(place("list[1]"), "9:2");
    assert_eq!(place("flow.b[1]"), "16:21");
    assert_eq!(place("last"), "17:1");
}

/// The text after setting a value.
fn set(text: &str, at: &str, value: &Json) -> String {
    yaml(text).set(&path(at), value).unwrap().apply_to(text)
}

#[rstest]
#[case("openapi", json!("3.0.4"), "openapi: 3.0.3", "openapi: 3.0.4")]
#[case("info.title", json!("b: c"), "\"a\"  # t", "\"b: c\"  # t")]
#[case("info.version", json!("it's"), "'1'", "'it''s'")]
#[case("info.version", json!(2), "'1'", "2")]
#[case("empty", json!(true), "empty:\r\n", "empty: true\r\n")]
#[case("empty", json!({"a": {"b": []}}), "empty:\r\n", "empty:\r\n    a:\r\n        b: []\r\n")]
#[case("list[1]", json!("x"), "-\r\n", "- x\r\n")]
#[case("list[2].c", json!("yes"), "c: 2", "c: \"yes\"")]
#[case("list[3]", json!({"d": 1, "e": 2}), "  c: 2\r\n", "  c: 2\r\n- d: 1\r\n  e: 2\r\n")]
#[case("list[2].d", json!(null), "  c: 2\r\n", "  c: 2\r\n  d: null\r\n")]
#[case("long", json!("short"), "|\r\n  one\r\n  two", "short")]
#[case("flow.a", json!("x, y"), "a: 1", "a: \"x, y\"")]
#[case("flow.c", json!("x"), "[x, y]}", "[x, y], c: x}")]
#[case("flow.b[0]", json!({"k": [1]}), "[x,", "[{\"k\":[1]},")]
#[case("info.x.k", json!("z"), "    'version': '1'\r\n", "    'version': '1'\r\n    x:\r\n        k: z\r\n")]
#[case("new", json!([1, {"a": "b"}]), "last: \u{e4}", "last: \u{e4}\r\nnew:\r\n    - 1\r\n    - a: b")]
fn a_value_is_set_and_nothing_else_changes(
    #[case] at: &str,
    #[case] value: Json,
    #[case] before: &str,
    #[case] after: &str,
) {
    assert_eq!(set(TEXT, at, &value), TEXT.replacen(before, after, 1));
}

#[rstest]
#[case("info.title", "    title: \"a\"  # t\r\n", "")]
#[case("list[0]", "- a\r\n", "")]
#[case("list[2]", "- b: 1\r\n  c: 2\r\n", "")]
#[case("list[2].b", "b: 1\r\n  c", "c")]
#[case("long", "long: |\r\n  one\r\n  two\r\n", "")]
#[case("flow.a", "a: 1, ", "")]
#[case("flow.b[1]", ", y", "")]
fn what_is_removed_leaves_the_rest(#[case] at: &str, #[case] before: &str, #[case] after: &str) {
    let removed = yaml(TEXT).remove(&path(at)).unwrap().apply_to(TEXT);
    assert_eq!(removed, TEXT.replacen(before, after, 1));
}

#[test]
fn the_last_member_leaves_an_empty_collection() {
    let remove = |text: &str, at: &str| yaml(text).remove(&path(at)).unwrap().apply_to(text);
    assert_eq!(remove("a:\n  b: 1\nc: 2\n", "a.b"), "a: {}\nc: 2\n");
    assert_eq!(remove("a:\n- 1\n", "a[0]"), "a: []\n");
    assert_eq!(remove("a: [1]\n", "a[0]"), "a: []\n");
}

#[test]
fn elements_go_in_before_others() {
    let insert = |text: &str, at: &str, index| {
        yaml(text).insert(&path(at), index, &json!({"k": 1})).unwrap().apply_to(text)
    };
    assert_eq!(insert("a:\n  - b\n  - c # c\n", "a", 1), "a:\n  - b\n  - k: 1\n  - c # c\n");
    assert_eq!(insert("a:\n  - b\n  - c # c\n", "a", 2), "a:\n  - b\n  - c # c\n  - k: 1\n");
    assert_eq!(insert("a: [b]\n", "a", 0), "a: [{\"k\":1}, b]\n");
    assert_eq!(insert("a: []\n", "a", 0), "a:\n  - k: 1\n");
}

#[rstest]
#[case("a:\n  - b\n  - c\n", "a:\n  - c\n  - b\n")]
#[case(
    "a: # all\n  # of b\n  - k: b # b\n    # in b\n    l: 1\n    # below b\n\n  # of c\n  # too\n  - c # c\nz: 1\n",
    "a: # all\n  # of c\n  # too\n  - c # c\n\n  # of b\n  - k: b # b\n    # in b\n    l: 1\n    # below b\nz: 1\n"
)]
#[case("a:\r\n- b: |\r\n    1\r\n    2\r\n- c", "a:\r\n- c\r\n- b: |\r\n    1\r\n    2")]
#[case("a: [{k: 1}, [2] ] # both\n", "a: [[2], {k: 1} ] # both\n")]
fn elements_change_places_with_their_comments(#[case] text: &str, #[case] swapped: &str) {
    assert_eq!(yaml(text).swap(&path("a"), 0).unwrap().apply_to(text), swapped);
}

#[rstest]
#[case("a: [b, # of b\n  c]\n")]
#[case("a:\n  - &x {k: 1}\n  - *x\n")]
#[case("a:\n  - - b\n    - c\n  - d\nb: 1\n")]
fn elements_whose_change_of_places_could_change_more_stay(#[case] text: &str) {
    let at = if text.contains("- - ") { "a[0]" } else { "a" };
    assert_eq!(yaml(text).swap(&path(at), 0), Err(EditError::Unwritable));
}

#[rstest]
#[case("a: &x {k: 1}\nb: *x\n", "b.k")]
#[case("a: &x {k: 1}\nb: *x\n", "a.k")]
#[case("a: &x\n  k: 1\nb:\n  <<: *x\n", "b.k")]
fn an_edit_that_would_change_more_is_refused(#[case] text: &str, #[case] at: &str) {
    let refused = yaml(text).set(&path(at), &json!(2)).unwrap_err();
    assert_eq!(refused, EditError::Unwritable);
    assert!(refused.to_string().contains("convert it to JSON"), "{refused}");
}

#[rstest]
#[case("", "1:1", "the text is empty")]
#[case("# nothing\n", "1:1", "the text is empty")]
#[case("a: 1\n---\nb: 2\n", "2:1", "second YAML document")]
#[case("? [a]\n: b\n", "1:3", "a key that is no text")]
#[case("a: [1\nb: 2\n", "2:2", "")]
#[case("a: *x\n", "1:4", "")]
fn what_cannot_be_read_says_where(#[case] text: &str, #[case] place: &str, #[case] said: &str) {
    let error = Yaml::parse(text).unwrap_err();
    assert!(error.message.contains(said), "{error}");
    assert_eq!(error.place.to_string(), place, "{error}");
}

#[test]
fn a_bomb_of_aliases_is_refused() {
    let level = |level: usize| {
        let below = format!("*a{}", level - 1);
        format!("a{level}: &a{level} [{}]\n", [below.as_str(); 8].join(", "))
    };
    let levels: String = (1..12).map(level).collect();
    let bomb = format!("a0: &a0 [x]\n{levels}");
    let error = Yaml::parse(bomb).unwrap_err();
    assert!(error.message.contains("too large"), "{error}");
}

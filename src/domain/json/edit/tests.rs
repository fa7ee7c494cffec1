//! Edits change their bytes and no others.

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::super::{Document, Path, Trailing};
use super::{Edit, EditError};

const MANIFEST: &str = r#"{
    "$schema": "x",
    "file_list": ["a.txt"],
    "custom_middleware": {
        "pre": [
            {"name": "A", "n": 1.50}
        ],
        "post": [],
        "id_extractor": null,
        "driver" : "grpc"
    }
}
"#;

fn document(text: &str) -> Document {
    Document::parse(text, Trailing::Refused).unwrap()
}

fn path(text: &str) -> Path {
    text.parse().unwrap()
}

fn after(text: &str, edit: impl FnOnce(&Document) -> Result<Edit, EditError>) -> String {
    let changed = edit(&document(text)).unwrap().apply_to(text);
    document(&changed);
    changed
}

#[test]
fn a_value_is_set_where_it_stands() {
    let changed = after(MANIFEST, |d| d.set(&path("custom_middleware.driver"), &json!("python")));
    assert_eq!(changed, MANIFEST.replace("\"grpc\"", "\"python\""));
    let changed = after(MANIFEST, |d| d.set(&path("file_list"), &json!(["b", "c"])));
    assert_eq!(changed, MANIFEST.replace("[\"a.txt\"]", "[\"b\", \"c\"]"));
}

#[test]
fn the_same_value_keeps_its_spelling() {
    let text = r#"{"a": "\u0041", "b": true, "c": null}"#;
    for (at, value) in [("a", json!("A")), ("b", json!(true)), ("c", json!(null))] {
        assert!(document(text).set(&path(at), &value).unwrap().is_empty(), "{at}");
    }
}

#[test]
fn members_are_added_in_the_indentation_of_the_document() {
    let changed =
        after(MANIFEST, |d| d.set(&path("custom_middleware.auth_check.name"), &json!("B")));
    let expected = MANIFEST.replace(
        "\"driver\" : \"grpc\"\n",
        "\"driver\" : \"grpc\",\n        \"auth_check\": {\n            \"name\": \"B\"\n        }\n",
    );
    assert_eq!(changed, expected);
    let changed = after(MANIFEST, |d| {
        d.set(&path("custom_middleware.id_extractor.extract_from"), &json!("header"))
    });
    let expected = MANIFEST.replace(
        "\"id_extractor\": null",
        "\"id_extractor\": {\n            \"extract_from\": \"header\"\n        }",
    );
    assert_eq!(changed, expected);
}

#[test]
fn elements_go_in_and_out() {
    let changed = after(MANIFEST, |d| d.insert(&path("file_list"), 1, &json!("b.txt")));
    assert_eq!(changed, MANIFEST.replace("[\"a.txt\"]", "[\"a.txt\", \"b.txt\"]"));
    let changed = after(MANIFEST, |d| d.insert(&path("file_list"), 0, &json!("b.txt")));
    assert_eq!(changed, MANIFEST.replace("[\"a.txt\"]", "[\"b.txt\", \"a.txt\"]"));
    let changed =
        after(MANIFEST, |d| d.insert(&path("custom_middleware.post"), 0, &json!({"name": "P"})));
    let expected = MANIFEST.replace(
        "\"post\": []",
        "\"post\": [\n            {\n                \"name\": \"P\"\n            }\n        ]",
    );
    assert_eq!(changed, expected);
    let changed =
        after(MANIFEST, |d| d.insert(&path("custom_middleware.pre"), 1, &json!({"name": "P"})));
    let expected = MANIFEST.replace(
        "\"n\": 1.50}\n",
        "\"n\": 1.50},\n            {\n                \"name\": \"P\"\n            }\n",
    );
    assert_eq!(changed, expected);
    let changed = after(MANIFEST, |d| d.remove(&path("custom_middleware.pre[0]")));
    assert_eq!(
        changed,
        MANIFEST.replace("[\n            {\"name\": \"A\", \"n\": 1.50}\n        ]", "[]")
    );
}

#[test]
fn members_go_with_their_comma() {
    let text = r#"{ "a": 1, "b": 2, "c": 3 }"#;
    for (gone, rest) in [
        ("a", r#"{ "b": 2, "c": 3 }"#),
        ("b", r#"{ "a": 1, "c": 3 }"#),
        ("c", r#"{ "a": 1, "b": 2 }"#),
    ] {
        assert_eq!(after(text, |d| d.remove(&path(gone))), rest);
    }
    assert_eq!(after("{ \"a\": 1 }", |d| d.remove(&path("a"))), "{}");
}

#[test]
fn one_line_and_windows_line_ends_stay_as_they_are() {
    assert_eq!(after(r#"{"a":1}"#, |d| d.set(&path("b"), &json!([1, 2]))), r#"{"a":1,"b":[1,2]}"#);
    assert_eq!(after(r#"{"a": 1}"#, |d| d.set(&path("b"), &json!(2))), r#"{"a": 1, "b": 2}"#);
    assert_eq!(after("{}", |d| d.set(&path("b"), &json!(2))), "{\n  \"b\": 2\n}");
    assert_eq!(
        after("{\r\n\t\"a\": 1\r\n}", |d| d.set(&path("b"), &json!({"c": 2}))),
        "{\r\n\t\"a\": 1,\r\n\t\"b\": {\r\n\t\t\"c\": 2\r\n\t}\r\n}"
    );
}

#[test]
fn an_edit_without_a_place_is_an_error() {
    let document = document(MANIFEST);
    assert!(document.remove(&path("nope")).is_err());
    assert!(document.remove(&Path::default()).is_err());
    assert!(document.insert(&path("file_list"), 2, &json!(1)).is_err());
    assert!(document.insert(&path("custom_middleware"), 0, &json!(1)).is_err());
    assert!(document.set(&path("custom_middleware.driver.x"), &json!(1)).is_err());
}

/// A document, and its text in a layout of the strategy's choice.
fn texts() -> impl Strategy<Value = (Json, String)> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i32>().prop_map(Json::from),
        "[ -~\u{e9}\u{6f22}\n]{0,6}".prop_map(Json::from),
    ];
    let value = leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Json::from),
            prop::collection::vec(("[a-z ./\u{e9}]{0,4}", inner), 0..5)
                .prop_map(|members| Json::Object(members.into_iter().collect())),
        ]
    });
    let object = prop::collection::vec(("[a-z]{1,4}", value), 0..6)
        .prop_map(|members| Json::Object(members.into_iter().collect()));
    (object, 0..3_usize).prop_map(|(value, layout)| {
        let text = match layout {
            0 => value.to_string(),
            1 => serde_json::to_string_pretty(&value).unwrap(),
            _ => tabbed(&value),
        };
        (value, text)
    })
}

/// With tabs and the line ends of Windows.
fn tabbed(value: &Json) -> String {
    use serde::Serialize as _;
    let formatter = serde_json::ser::PrettyFormatter::with_indent(b"\t");
    let mut bytes = Vec::new();
    value.serialize(&mut serde_json::Serializer::with_formatter(&mut bytes, formatter)).unwrap();
    String::from_utf8(bytes).unwrap().replace('\n', "\r\n")
}

/// Every path of a document.
fn paths(document: &Document) -> Vec<Path> {
    document.values().map(super::super::Value::path).collect()
}

proptest! {
    #[test]
    fn an_untouched_document_changes_no_byte((value, text) in texts()) {
        let document = document(&text);
        prop_assert_eq!(document.source(), text.as_bytes());
        for path in paths(&document) {
            let found = document.at(&path).unwrap();
            prop_assert_eq!(found.path(), path.clone());
            let read: Json = serde_json::from_slice(found.raw()).unwrap();
            prop_assert_eq!(Some(&read), value.pointer(&path.to_pointer()));
            prop_assert_eq!(&path.to_string().parse::<Path>().unwrap(), &path);
        }
    }

    #[test]
    fn one_value_set_changes_its_bytes_alone((value, text) in texts(), pick in any::<prop::sample::Index>()) {
        let document = document(&text);
        let paths = paths(&document);
        let path = pick.get(&paths);
        let edit = document.set(path, &json!({"new": [1, "x"]})).unwrap();
        let old = document.at(path).unwrap().span();
        prop_assert_eq!(&edit.span, &old);
        let changed = edit.apply_to(&text);
        prop_assert_eq!(&changed[..old.start], &text[..old.start]);
        prop_assert!(changed.ends_with(&text[old.end..]));
        let mut expected = value;
        *expected.pointer_mut(&path.to_pointer()).unwrap() = json!({"new": [1, "x"]});
        prop_assert_eq!(serde_json::from_str::<Json>(&changed).unwrap(), expected);
    }

    #[test]
    fn a_value_removed_leaves_the_others((value, text) in texts(), pick in any::<prop::sample::Index>()) {
        let document = document(&text);
        let paths = paths(&document);
        let path = pick.get(&paths);
        prop_assume!(!path.steps().is_empty());
        let changed = document.remove(path).unwrap().apply_to(&text);
        let (parent, _) = path.split_last().unwrap();
        let mut expected = value;
        match (expected.pointer_mut(&parent.to_pointer()).unwrap(), path.steps().last().unwrap()) {
            (Json::Array(items), super::Step::Index(index)) => drop(items.remove(*index)),
            (Json::Object(members), super::Step::Key(key)) => drop(members.shift_remove(key)),
            _ => unreachable!(),
        }
        prop_assert_eq!(serde_json::from_str::<Json>(&changed).unwrap(), expected);
    }
}

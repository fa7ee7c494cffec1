//! API definitions: byte for byte the same but for what an edit says, on every one that was recorded and on made ones.

use std::path::Path as FilePath;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde::Deserialize;
use serde_json::{Value as Json, json};
use tyk_tui::domain::api::{Definition, Kind, Phase};
use tyk_tui::domain::json::{Document, Kind as JsonKind, Path, Trailing, Value};
use tyk_tui::domain::yaml::Yaml;

#[derive(Deserialize)]
struct Recorded {
    name: String,
    text: String,
}

/// What was sent to a Gateway as a definition, and what it gave out as one.
fn recorded() -> Vec<Recorded> {
    let path =
        FilePath::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/gateway/definitions.jsonl");
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn named(name: &str) -> Definition {
    let found = recorded().into_iter().find(|recorded| recorded.name == name).unwrap();
    Definition::open(found.text).unwrap()
}

fn opened() -> Vec<(Recorded, Definition)> {
    let open = |recorded: Recorded| Some((Definition::open(&recorded.text).ok()?, recorded));
    recorded().into_iter().filter_map(open).map(|(definition, it)| (it, definition)).collect()
}

/// Values that hold no other: some of each document, all of a small one.
fn leaves(document: &Document) -> Vec<Value<'_>> {
    let leaf = |value: &Value<'_>| !matches!(value.kind(), JsonKind::Array | JsonKind::Object);
    let all: Vec<_> = document.values().filter(leaf).collect();
    let step = all.len() / 40 + 1;
    all.into_iter().step_by(step).collect()
}

#[test]
fn all_that_were_recorded_open_but_for_what_is_none() {
    let refused: Vec<_> = recorded()
        .into_iter()
        .filter_map(|it| Some((it.name, Definition::open(&it.text).err()?.to_string())))
        .collect();
    for (name, said) in [
        (
            "apis-post-bad-json",
            "the text ends here, expected a key in double quotes after the comma",
        ),
        ("apis-post-array", "this is a list"),
        ("apis-post-trailing-garbage", "expected nothing more after the document's end"),
        ("apis-put-bad-json", "the text ends here"),
        ("oas-broken-json", "the text ends here"),
        ("oas-trailing-garbage", "expected nothing more after the document's end"),
        ("oas-import-not-json", "this is a string"),
    ] {
        let found = refused.iter().find(|(refused, _)| refused.ends_with(name));
        assert!(found.is_some_and(|(_, error)| error.contains(said)), "{name}: {found:?}");
    }
    assert_eq!(refused.len(), 7, "{refused:?}");
}

#[test]
fn one_value_set_changes_its_bytes_alone() {
    for (recorded, definition) in opened() {
        let text = &recorded.text;
        assert_eq!(definition.source(), text.as_bytes(), "{}", recorded.name);
        for value in leaves(definition.document()) {
            let path = value.path();
            let edit = definition.set(&path, &json!("changed by a test")).unwrap();
            let changed = edit.apply_to(text);
            // In JSON the value's bytes, whatever the notation one line.
            if text.starts_with('{') {
                assert_eq!(edit.span, value.span(), "{}: {path}", recorded.name);
            }
            let lines = text.lines().zip(changed.lines()).filter(|(old, new)| old != new);
            assert_eq!(lines.count(), 1, "{}: {path}", recorded.name);
            assert_eq!(text.lines().count(), changed.lines().count());
            let again = Definition::open(&changed).unwrap();
            let found = again.document().at(&path).and_then(Value::string);
            assert_eq!(found.as_deref(), Some("changed by a test"), "{}: {path}", recorded.name);
        }
    }
}

#[test]
fn what_is_set_and_unset_leaves_no_trace() {
    for (recorded, definition) in opened() {
        let path = definition.path(&["x-added by a test"]);
        let edit = definition.set(&path, &json!({"a": [1, {"b": null}]})).unwrap();
        let longer = Definition::open(edit.apply_to(&recorded.text)).unwrap();
        assert_ne!(longer.source(), recorded.text.as_bytes());
        let back = longer.remove(&path).unwrap().apply(longer.source());
        // The brackets of what was empty close up.
        if definition.root().children().next().is_some() {
            assert_eq!(String::from_utf8(back).unwrap(), recorded.text, "{}", recorded.name);
        }
    }
}

#[test]
fn as_yaml_they_are_read_and_edited_alike() {
    for (recorded, definition) in opened() {
        let document = definition.document();
        let same = |yaml: &Yaml| {
            let one: Json = serde_json::from_slice(yaml.document().source()).unwrap();
            let other: Json = serde_json::from_slice(document.source()).unwrap();
            assert_eq!(one, other, "{}", recorded.name);
        };
        // JSON is YAML.
        same(&Yaml::parse(&recorded.text).unwrap());
        // The same in lines.
        let wanted: Json = serde_json::from_slice(document.source()).unwrap();
        let start = Yaml::parse("# by hand\nroot: null # nothing yet\n").unwrap();
        let root: Path = "root".parse().unwrap();
        let text =
            String::from_utf8(start.set(&root, &wanted).unwrap().apply(start.source())).unwrap();
        let yaml = Yaml::parse(&text).unwrap();
        let written: Json = serde_json::from_slice(yaml.document().source()).unwrap();
        assert_eq!(written["root"], wanted, "{}", recorded.name);
        let leaves = leaves(yaml.document());
        for value in leaves.iter().step_by(leaves.len() / 6 + 1) {
            let path = value.path();
            let changed = yaml.set(&path, &json!("a: b")).unwrap().apply_to(&text);
            let lines = text.lines().zip(changed.lines()).filter(|(old, new)| old != new);
            assert_eq!(lines.count(), 1, "{}: {path}", recorded.name);
        }
    }
}

#[test]
fn the_older_form_and_its_lists_are_the_same_plugins() {
    let names = |definition: &Definition| {
        let name = |plugin: &tyk_tui::domain::api::Plugin<'_>| (plugin.phase, plugin.name.text());
        definition.plugins().iter().map(name).collect::<Vec<_>>()
    };
    for (sent, answered) in [
        ("310-oas-post-singular", "375-oas-get-oas-singular-answer"),
        ("311-oas-post-both-forms", "376-oas-get-oas-both-answer"),
        ("857-oas-singular-post", "858-oas-singular-get-after-restart-answer"),
    ] {
        let (sent, answered) = (named(sent), named(answered));
        assert_eq!(names(&sent), names(&answered));
        let edit = sent.with_plugin_lists().unwrap().unwrap();
        let lists = Definition::open(edit.apply(sent.source())).unwrap();
        assert_eq!(names(&lists), names(&answered));
        assert!(lists.plugin_list(Phase::Pre).unwrap().path.to_string().ends_with("prePlugins"));
        assert_eq!(lists.with_plugin_lists(), Ok(None));
    }
}

#[test]
fn both_formats_of_one_api_show_the_same() {
    let (oas, classic) =
        (named("373-oas-get-plugins-answer"), named("374-oas-get-plugins-classic-answer"));
    assert_eq!((oas.kind(), classic.kind()), (Kind::Oas, Kind::Classic));
    let view = |definition: &Definition| {
        let plugins: Vec<_> = definition
            .plugins()
            .iter()
            .map(|plugin| (plugin.phase, plugin.name.text(), plugin.is_disabled()))
            .collect();
        let summary = definition.summary();
        let texts = [summary.name, summary.id, summary.org_id, summary.listen_path, summary.target];
        let auth = definition.auth();
        (
            plugins,
            texts.map(|field| field.text()),
            definition.driver().text(),
            (auth.words(), auth.is_asked()),
            definition.config_data().switch.is_on(),
        )
    };
    assert_eq!(view(&oas), view(&classic));
}

/// JSON as people and programs write it: white space of every kind, odd numbers, doubles, broken Unicode in escapes.
fn json_text() -> impl Strategy<Value = String> {
    let space = || select(vec!["", " ", "\t", "\n", "\r\n", "\r\n\t", "\n    "]);
    let odd = [
        "0",
        "-0",
        "1.0",
        "1e2",
        "1E+2",
        "12345678901234567890",
        "0.10",
        "null",
        "true",
        "\"\"",
        "\"\\ud800\"",
        "\"\\u00e9\\/<\"",
        "\"\u{6f22}\"",
    ];
    let leaf = select(odd.map(str::to_owned).to_vec());
    let key = || {
        select(vec![
            "\"a\"",
            "\"A\"",
            "\"proxy\"",
            "\"listen_path\"",
            "\"\\u0061\"",
            "\"x.y\"",
            "\"\"",
        ])
    };
    leaf.prop_recursive(4, 40, 5, move |inner| {
        let item =
            (space(), inner.clone(), space()).prop_map(|(a, value, b)| format!("{a}{value}{b}"));
        let member = (space(), key(), space(), space(), inner, space())
            .prop_map(|(a, key, b, c, value, d)| format!("{a}{key}{b}:{c}{value}{d}"));
        prop_oneof![
            (vec(item, 0..5), space()).prop_map(|(items, gap)| match items.as_slice() {
                [] => format!("[{gap}]"),
                items => format!("[{}]", items.join(",")),
            }),
            (vec(member, 0..5), space()).prop_map(|(members, gap)| match members.as_slice() {
                [] => format!("{{{gap}}}"),
                members => format!("{{{}}}", members.join(",")),
            }),
        ]
    })
}

/// A definition around such JSON: with or without a byte order mark, the wrapper, a final newline.
fn definition_text() -> impl Strategy<Value = String> {
    let mark = select(vec!["", "\u{feff}"]);
    let around = select(vec![("", ""), ("{\"api_model\": {},\r\n\t\"api_definition\":", "}")]);
    let end = select(vec!["", "\n", "\r\n", "\n\n"]);
    (mark, around, json_text(), end).prop_map(|(mark, (open, close), inner, end)| {
        format!("{mark}{open}{{\"name\": {inner}, \"name\":{inner}}}{close}{end}")
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn made_definitions_are_kept_and_change_where_they_are_set(text in definition_text(), pick: usize) {
        let definition = Definition::open(&text).unwrap();
        prop_assert_eq!(definition.source(), text.as_bytes());
        prop_assert_eq!(definition.has_mark(), text.starts_with('\u{feff}'));
        // What a later member of the same key hides has no path.
        let document = definition.document();
        let paths: Vec<Path> = document.values().map(Value::path).filter(|path| document.at(path).is_some()).collect();
        let path = &paths[pick % paths.len()];
        // Of members with one key the last is what a path means.
        let value = definition.document().at(path).unwrap();
        let edit = definition.set(path, &json!("new")).unwrap();
        prop_assert_eq!(&edit.span, &value.span());
        let changed = edit.apply_to(&text);
        let document = Document::parse_after_mark(&changed, Trailing::Refused).unwrap();
        let found = document.at(path).and_then(Value::string);
        prop_assert_eq!(found.as_deref(), Some("new"));
    }

    #[test]
    fn made_values_go_into_yaml_and_nothing_else_changes(text in json_text(), pick: usize) {
        let value: Json = serde_json::from_str(&text).unwrap_or(Json::Null);
        let yaml = "a: 1 # one\r\n'b': [x, {c: \"d\"}]\r\ne:\r\n- f\r\n-   g: |\r\n      h\r\n    i: ~\r\nj:";
        let paths = ["a", "b", "b[1].c", "b[1].n", "e[0]", "e[1].g", "e[1].n", "e[2]", "j", "j.k.l", "n"];
        let path: Path = paths[pick % paths.len()].parse().unwrap();
        let opened = Yaml::parse(yaml).unwrap();
        let changed = opened.set(&path, &value).unwrap().apply_to(yaml);
        let again = Yaml::parse(&changed).unwrap();
        let found = again.document().at(&path).unwrap();
        prop_assert_eq!(serde_json::from_slice::<Json>(found.raw()).unwrap(), value);
    }
}

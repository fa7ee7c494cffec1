//! Reading as Go does, writing as the reference tool does.

use proptest::prelude::*;

use super::*;

fn decode(text: &str) -> Manifest {
    Manifest::decode(text, Trailing::Refused).unwrap()
}

fn error(text: &str) -> String {
    let error = Manifest::decode(text, Trailing::Refused).unwrap_err();
    format!("{}: {error}", error.place())
}

#[test]
fn the_tutorials_manifest_is_written_as_5_14_writes_it() {
    let mut manifest = decode(
        r#"{"file_list": ["middleware.py"],
            "custom_middleware": {"auth_check": {"name": "MyAuthMiddleware"}, "driver": "python"}}"#,
    );
    manifest.checksum = "100e360cc768f15a35ed9ddf05e354ce".into();
    assert_eq!(
        canonical(&manifest),
        concat!(
            r#"{"file_list":["middleware.py"],"custom_middleware":{"pre":null,"post":null,"#,
            r#""post_key_auth":null,"auth_check":{"disabled":false,"name":"MyAuthMiddleware","#,
            r#""path":"","require_session":false,"raw_body_only":false},"response":null,"#,
            r#""driver":"python","id_extractor":{"disabled":false,"extract_from":"","#,
            r#""extract_with":"","extractor_config":null}},"#,
            r#""checksum":"100e360cc768f15a35ed9ddf05e354ce","signature":""}"#
        )
    );
}

#[test]
fn absent_null_and_empty_are_told_apart() {
    let manifest = decode(r#"{"file_list": null, "custom_middleware": {"pre": [], "post": null}}"#);
    assert_eq!(manifest.file_list, None);
    assert_eq!(manifest.custom_middleware.pre, Some(Vec::new()));
    assert_eq!(manifest.custom_middleware.post, None);
    assert_eq!(decode("{\"file_list\": []}").file_list, Some(Vec::new()));
    let config = |text: &str| {
        let text = format!(r#"{{"custom_middleware": {{"id_extractor": {{{text}}}}}}}"#);
        decode(&text).custom_middleware.id_extractor.extractor_config
    };
    assert_eq!(config(""), None);
    assert_eq!(config(r#""extractor_config": {}"#), Some(BTreeMap::new()));
}

#[test]
fn the_last_of_equal_keys_counts_but_list_elements_keep_what_it_leaves_out() {
    let manifest = decode(
        r#"{"file_list": ["a", "b"], "FILE_LIST": ["c", null], "custom_middleware": {
            "pre": [{"name": "A", "path": "p"}, {"name": "B", "path": "q"}],
            "pre": [{"name": "C"}],
            "pre": [{"name": "D"}, {"name": "E"}, {"name": "F"}],
            "auth_check": {"name": "X", "path": "x"}, "auth_check": {"name": "Y"},
            "id_extractor": {"extractor_config": {"a": 1, "b": {"x": 1}}},
            "id_extractor": {"extractor_config": {"b": {"y": 2}}}}}"#,
    );
    assert_eq!(manifest.files(), ["c", "b"]);
    let pre = manifest.custom_middleware.pre.unwrap();
    let names: Vec<_> = pre.iter().map(|hook| (hook.name.as_str(), hook.path.as_str())).collect();
    // Go's slice was cut to one, and grown again: what lay beyond came back.
    assert_eq!(names, [("D", "p"), ("E", "q"), ("F", "")]);
    assert_eq!(manifest.custom_middleware.auth_check.path, "x");
    let config = manifest.custom_middleware.id_extractor.extractor_config.unwrap();
    assert_eq!(config["a"], Config::Number(1.0));
    assert_eq!(config["b"], Config::Other(r#"{"y":2}"#.into()));
}

#[test]
fn an_empty_or_null_list_forgets_the_earlier_one() {
    for between in ["[]", "null"] {
        let manifest = decode(&format!(
            r#"{{"custom_middleware": {{"pre": [{{"path": "p"}}], "pre": {between}, "pre": [{{}}]}}}}"#
        ));
        assert_eq!(manifest.custom_middleware.pre.unwrap()[0].path, "", "{between}");
    }
}

#[test]
fn what_does_not_fit_is_named_with_its_place() {
    for (text, said) in [
        (r#"{"file_list": "a.txt"}"#, "1:15: file_list is a string, expected a list of file names"),
        (r#"{"file_list": [1]}"#, "1:16: a file name is a number, expected a string"),
        ("[]", "1:1: the manifest is a list, expected an object"),
        ("null", "1:1: the manifest is null, expected an object"),
        (
            "{\"custom_middleware\": {\n \"pre\": {}}}",
            "2:9: pre is an object, expected a list of definitions",
        ),
        (
            r#"{"custom_middleware": {"auth_check": {"require_session": "true"}}}"#,
            "1:58: require_session is a string, expected true or false",
        ),
        (
            r#"{"custom_middleware": {"id_extractor": {"extractor_config": []}}}"#,
            "1:61: extractor_config is a list, expected an object",
        ),
        (
            r#"{"custom_middleware": {"id_extractor": {"extractor_config": {"a": 1e999}}}}"#,
            "1:67: the number 1e999 is too large",
        ),
        (r#"{"checksum": 1}"#, "1:14: checksum is a number, expected a string"),
    ] {
        let found = error(text);
        assert!(found.starts_with(said), "{text}: {found}");
    }
}

#[test]
fn a_gateway_passes_over_what_the_reference_tool_refuses() {
    let text = r#"{"custom_middleware": {"traffic_logs": 1, "pre": [{"code": 2}]}} x"#;
    assert!(Manifest::decode(text, Trailing::Refused).is_err());
    let manifest = Manifest::decode(text, Trailing::Ignored).unwrap();
    assert_eq!(manifest.custom_middleware.traffic_logs, None);
    assert_eq!(Manifest::decode("null", Trailing::Ignored).unwrap(), Manifest::default());
    assert!(Manifest::decode("\u{feff}{}", Trailing::Ignored).is_err());
}

#[test]
fn depth_costs_no_stack_and_objects_are_sorted_at_every_depth() {
    let nested = |text: &str| {
        let text = format!(
            r#"{{"custom_middleware": {{"id_extractor": {{"extractor_config": {{"x": {text}}}}}}}}}"#
        );
        decode(&text).custom_middleware.id_extractor.extractor_config.unwrap()["x"].clone()
    };
    let deep = "[".repeat(9_990) + &"]".repeat(9_990);
    assert_eq!(nested(&deep), Config::Other(deep));
    assert_eq!(
        nested(r#"[{"b": [1.0, {}], "a": 1e2, "b": [{"z": "<", "y": null}]}, []]"#),
        Config::Other("[{\"a\":100,\"b\":[{\"y\":null,\"z\":\"\\u003c\"}]},[]]".into())
    );
}

#[test]
fn what_counts_as_a_hook() {
    for (middleware, counts) in [
        (r#""pre": [null]"#, true),
        (r#""response": [{"name": ""}]"#, true),
        (r#""auth_check": {"path": "x"}"#, false),
        (r#""auth_check": {"name": "x"}"#, true),
        (r#""traffic_logs": {"name": "x"}"#, true),
        (r#""traffic_logs": {}"#, false),
        (r#""pre": []"#, false),
    ] {
        let manifest = decode(&format!(r#"{{"custom_middleware": {{{middleware}}}}}"#));
        assert_eq!(manifest.has_hook(), counts, "{middleware}");
    }
}

fn definitions() -> impl Strategy<Value = Definition> {
    let text = || "[ -~\u{e9}\u{2028}\u{1}\n]{0,5}";
    (any::<[bool; 3]>(), text(), text(), "[a-zA-Z0-9+/=]{0,4}").prop_map(
        |([disabled, require_session, raw_body_only], name, path, code)| Definition {
            disabled,
            name,
            path,
            code,
            require_session,
            raw_body_only,
        },
    )
}

fn manifests() -> impl Strategy<Value = Manifest> {
    let list = || prop::option::of(prop::collection::vec(definitions(), 0..3));
    let config = prop_oneof![
        Just(Config::Null),
        any::<bool>().prop_map(Config::Bool),
        any::<f64>()
            .prop_filter("JSON has no such number", |n| n.is_finite())
            .prop_map(Config::Number),
        ".{0,5}".prop_map(Config::Text),
        Just(Config::Other(r#"{"a":[1,{"b":null}]}"#.into())),
    ];
    let extractor =
        (
            any::<bool>(),
            ".{0,4}",
            ".{0,4}",
            prop::option::of(prop::collection::btree_map(".{0,3}", config, 0..4)),
        )
            .prop_map(|(disabled, extract_from, extract_with, extractor_config)| {
                Extractor { disabled, extract_from, extract_with, extractor_config }
            });
    let lists = (list(), list(), list(), list());
    let middleware = (lists, definitions(), prop::option::of(definitions()), ".{0,4}", extractor)
        .prop_map(
            |(
                (pre, post, post_key_auth, response),
                auth_check,
                traffic_logs,
                driver,
                id_extractor,
            )| {
                Middleware {
                    pre,
                    post,
                    post_key_auth,
                    auth_check,
                    traffic_logs,
                    response,
                    driver,
                    id_extractor,
                }
            },
        );
    (prop::option::of(prop::collection::vec(".{0,6}", 0..4)), middleware, ".{0,4}", ".{0,4}")
        .prop_map(|(file_list, custom_middleware, checksum, signature)| Manifest {
            file_list,
            custom_middleware,
            checksum,
            signature,
        })
}

proptest! {
    #[test]
    fn a_manifest_written_is_read_back(manifest in manifests()) {
        let text = canonical(&manifest);
        let read = Manifest::decode(&text, Trailing::Refused).unwrap();
        prop_assert_eq!(&read, &manifest);
        prop_assert_eq!(canonical(&read), text);
    }

    #[test]
    fn no_text_upsets_the_reader(text in "[\\[\\]{}\",:\\\\a-e0-9.+\\-tfn \n\u{e9}]{0,60}") {
        let _ = Manifest::decode(&text, Trailing::Refused);
    }

    #[test]
    fn what_serde_takes_for_json_is_json(bytes in prop::collection::vec(prop::sample::select(
        &b"[]{}\",:\\ab01.-+eEutrlsfn \n"[..]), 0..24)) {
        let text = String::from_utf8(bytes).unwrap();
        let theirs = serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok();
        let ours = Document::parse(&text, Trailing::Refused).is_ok();
        prop_assert_eq!(ours, theirs, "{}", text);
    }
}

//! One manifest a rule.

use super::*;

/// What is found, as `line:column severity message`, cut to the length of what is expected.
fn found(text: &str) -> Vec<String> {
    let line = |found: Finding| {
        let severity = format!("{:?}", found.severity).to_lowercase();
        format!("{}:{} {severity} {}", found.line, found.column, found.message)
    };
    examine(text).into_iter().map(line).collect()
}

fn has(text: &str, expected: &str) {
    let found = found(text);
    assert!(
        found.iter().any(|line| line.starts_with(expected)),
        "{text}\nexpected {expected}\nfound {found:#?}"
    );
}

/// A sound manifest with this in `custom_middleware`.
fn middleware(more: &str) -> String {
    format!(r#"{{"file_list": ["a.txt"], "custom_middleware": {{"driver": "grpc", {more}}}}}"#)
}

fn extractor(settings: &str) -> String {
    middleware(&format!("\"auth_check\": {{\"name\": \"A\"}},\n\"id_extractor\": {{{settings}}}"))
}

#[test]
fn nothing_is_found_in_a_sound_manifest() {
    for settings in [
        "",
        r#""extract_from": "header", "extract_with": "value", "extractor_config": {"header_name": "X"}"#,
        r#""extract_from": "form", "extract_with": "regex",
           "extractor_config": {"param_name": "p", "regex_expression": "a+", "regex_match_index": 1}"#,
        r#""extract_from": "body", "extract_with": "xpath", "extractor_config": {"xpath_expression": "//a"}"#,
        r#""disabled": true, "extract_from": "nowhere", "extract_with": "magic""#,
    ] {
        assert_eq!(found(&extractor(settings)), [""; 0], "{settings}");
    }
}

#[test]
fn keys() {
    has(
        "{\n \"file-list\": []}",
        "2:2 warning unknown key file-list, which Gateways ignore: did you mean file_list?",
    );
    has(r#"{"$schema": 1}"#, "1:2 hint unknown key $schema");
    has(r#"{"FILE_LIST": []}"#, "1:2 hint readers take FILE_LIST for file_list");
    has(
        r#"{"file_list": [], "file_list": []}"#,
        "1:19 warning file_list is here a second time (first at 1:2): the last",
    );
    has(
        &middleware(r#""pre": [{"name": "A"}], "pre": [{"name": "A"}]"#),
        "1:90 warning pre is here a second time (first at 1:66): this one counts, but its elements are read onto",
    );
    has(
        &middleware(r#""pre": [{"nmae": "A"}]"#),
        "1:75 warning unknown key nmae, which Gateways ignore: did you mean name?",
    );
    has(
        &extractor(r#""extractor_config": {"formParamName": "x"}"#),
        "2:39 warning no extractor reads formParamName: did you mean param_name?",
    );
    has("\u{feff}{}", "1:1 error the text begins with a byte order mark");
    has("{} {}", "1:4 error found {, expected nothing more");
}

#[test]
fn files() {
    let list = |names: &str| {
        format!(
            r#"{{"file_list": {names}, "custom_middleware": {{"pre": [{{"name": "P"}}], "driver": "grpc"}}}}"#
        )
    };
    has(&list(r#""a.txt""#), "1:15 error file_list is a string");
    has(
        &list(r#"["a", "manifest.json"]"#),
        "1:21 error manifest.json: the manifest is in every bundle",
    );
    has(&list(r#"["../a"]"#), "1:16 error ../a: outside");
    has(&list(r#"["/a"]"#), "1:16 warning /a is an absolute path");
    has(&list(r#"["a", "./a"]"#), "1:21 warning ./a is listed already at 1:16");
    has(&list(r#"["d\\x"]"#), "1:16 hint the backslash in d\\x is part of the name");
    has(&list(r#"[""]"#), "1:16 error an empty file name");
    has(&list(r#"["d/"]"#), "1:16 error d/: not the name of a file");
    has(&list(r#"["a", "a/b"]"#), "1:21 error a/b: also listed as a folder");
    has(
        r#"{"custom_middleware": {"pre": [{"name": "P"}], "driver": "python"}}"#,
        "1:58 warning file_list is empty",
    );
}

#[test]
fn hooks_and_drivers() {
    has("{}", "1:1 error No hooks defined");
    has("{\n\"custom_middleware\": {}}", "2:22 error No driver specified");
    has(
        &middleware(r#""pre": [{"name": "A"}, null]"#),
        "1:89 error a pre definition without a name",
    );
    has(&middleware(r#""auth_check": {"path": "x"}"#), "1:80 error auth_check has no name");
    has(
        &middleware(r#""pre": [{"name": "A", "disabled": true}]"#),
        "1:47 warning every hook is disabled",
    );
    has(
        &middleware(r#""pre": [{"name": "A", "code": "eA=="}]"#),
        "1:88 warning code needs a Gateway of 5.15",
    );
    has(
        &middleware(r#""traffic_logs": {"name": "A"}"#),
        "1:66 warning traffic_logs needs a Gateway of 5.15",
    );
    let driver = |name: &str| middleware("\"pre\": [{\"name\": \"A\"}]").replace("grpc", name);
    has(&driver("GRPC"), "1:58 error unknown driver GRPC: case counts, write grpc");
    has(&driver("pyton"), "1:58 error unknown driver pyton: did you mean python?");
    has(&driver("nonsense"), "1:58 error unknown driver nonsense: Gateways know grpc, python");
    has(&driver("javascript"), "1:58 warning the driver javascript needs a Gateway of 5.15");
    has(r#"{"signature": "x"}"#, "1:2 hint this signature is not used");
}

#[test]
fn extractors_that_cannot_work() {
    let regex = |config: &str| {
        extractor(&format!(
            r#""extract_from": "body", "extract_with": "regex", "extractor_config": {config}"#
        ))
    };
    has(
        &extractor(r#""extract_from": "body", "extract_with": "value""#),
        "2:58 error extract_from body with value: all callers share one session",
    );
    has(
        &extractor(r#""extract_from": "querystring", "extract_with": "value""#),
        "2:34 error extract_from querystring is unknown: all callers share",
    );
    has(
        &extractor(r#""extract_from": "header", "extract_with": "magic""#),
        "2:60 error extract_with magic is unknown: the extractor is not used",
    );
    has(
        &extractor(r#""extract_from": "header", "extract_with": "xpath""#),
        "2:60 error extract_from header with xpath does not work",
    );
    has(
        &extractor(r#""extract_from": "header", "extract_with": "value""#),
        "2:17 error extract_from header needs header_name in extractor_config: without it every request is answered 400",
    );
    has(
        &extractor(r#""extract_from": "form", "extract_with": "value", "extractor_config": {}"#),
        "2:87 error extract_from form needs param_name",
    );
    has(&regex("{}"), "2:87 error extract_with regex needs regex_expression");
    has(&regex(r#"{"regex_expression": "([a-z"}"#), "2:108 error not a regular expression of Go's");
    has(
        &regex(r#"{"regex_expression": "(a)", "regex_match_index": 1}"#),
        "2:136 warning regex_match_index counts whole matches from 0",
    );
    has(
        &regex(r#"{"regex_expression": "(a)", "regex_match_index": "0"}"#),
        "2:136 warning regex_match_index must be a whole number",
    );
    has(
        &middleware(
            r#""pre": [{"name": "P"}], "id_extractor": {"extract_from": "header", "extract_with": "value", "extractor_config": {"header_name": "X"}}"#,
        ),
        "1:106 warning id_extractor is used by auth_check alone",
    );
}

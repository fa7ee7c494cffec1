//! With a schema of our own making in the two shapes that a Gateway's have: the Gateway's is its own.

use serde_json::json;

use super::*;
use crate::domain::json::Path;

/// In the shape of that for 3.0.
fn schema() -> Json {
    json!({
        "$schema": "http://json-schema.org/draft-04/schema#",
        "id": "https://example.test/3.0",
        "type": "object",
        "required": ["openapi", "info"],
        "properties": {
            "openapi": {"type": "string"},
            "info": {"type": "object"},
            "x-tyk-api-gateway": {"$ref": "#/definitions/X"}
        },
        "patternProperties": {"^x-": {}},
        "additionalProperties": false,
        "definitions": {
            "X": {"type": "object", "properties": {
                "driver": {"type": "string", "enum": ["grpc", "lua"]},
                "name": {"type": "string", "minLength": 1},
                "plugins": {"type": "array", "items": [{"$ref": "#/definitions/Plugin"}]}
            }},
            "Plugin": {
                "type": "object",
                "required": ["functionName"],
                "properties": {"enabled": {"type": "boolean"}, "functionName": {"type": "string"}}
            }
        }
    })
}

/// The same in the shape of that for 3.1, whose references were left behind.
fn moved() -> Json {
    let mut schema = schema();
    let root = schema.as_object_mut().unwrap();
    root.insert("$schema".into(), "https://json-schema.org/draft/2020-12/schema".into());
    root.remove("id");
    let definitions = root.remove("definitions").unwrap();
    root.insert("$defs".into(), definitions);
    schema
}

fn schemas() -> Schemas {
    let mut schemas = Schemas::default();
    schemas.add("3.0", schema()).unwrap();
    schemas.add("3.1", moved()).unwrap();
    schemas
}

fn found(text: &str) -> Vec<(String, String)> {
    let definition = Definition::open(text).unwrap();
    let found = schemas().check(&definition);
    found.into_iter().map(|mistake| (mistake.path.to_string(), mistake.message)).collect()
}

fn one(path: &str, message: &str) -> Vec<(String, String)> {
    let path: Path = path.parse().unwrap();
    vec![(path.to_string(), message.to_owned())]
}

#[test]
fn every_element_is_held_to_what_is_said_of_the_first() {
    for version in ["3.0.3", "3.1.0"] {
        let with = |plugin: &str| {
            found(&format!(
                r#"{{"openapi": "{version}", "info": {{}}, "x-tyk-api-gateway": {{"plugins": [{{"functionName": "a"}}, {plugin}]}}}}"#
            ))
        };
        assert_eq!(with(r#"{"functionName": "b", "enabled": true}"#), [], "{version}");
        assert_eq!(
            with(r#"{"functionName": "b", "enabled": "yes"}"#),
            one("x-tyk-api-gateway.plugins[1].enabled", "it is not of type \"boolean\""),
            "{version}"
        );
        assert_eq!(
            with("{}"),
            one("x-tyk-api-gateway.plugins[1].functionName", "`functionName` is required")
        );
    }
}

#[test]
fn messages_are_readable_and_say_no_values() {
    let with = |more: &str| {
        found(&format!(
            r#"{{"openapi": "3.0.3", "info": {{}}, "x-tyk-api-gateway": {{}}, {more}}}"#
        ))
    };
    assert_eq!(with(r#""mine": "secret""#), one("mine", "`mine` is no key that is known here"));
    assert_eq!(with(r#""x-mine": 1"#), []);
    let inside = |more: &str| {
        found(&format!(r#"{{"openapi": "3.0.3", "info": {{}}, "x-tyk-api-gateway": {{{more}}}}}"#))
    };
    assert_eq!(
        inside(r#""driver": "perl""#),
        one("x-tyk-api-gateway.driver", "it must be one of \"grpc\", \"lua\"")
    );
    assert_eq!(inside(r#""name": """#), one("x-tyk-api-gateway.name", "it must not be empty"));
}

#[test]
fn a_wrapper_and_yaml_have_their_own_paths_and_other_kinds_no_schema() {
    let wrapped = r#"{"api_definition": {"openapi": "3.0.3", "x-tyk-api-gateway": {}}}"#;
    assert_eq!(found(wrapped), one("api_definition.info", "`info` is required"));
    let yaml = "openapi: 3.0.3\nx-tyk-api-gateway: {}\n";
    assert_eq!(found(yaml), one("info", "`info` is required"));
    assert_eq!(found(r#"{"name": "classic"}"#), []);
    assert_eq!(found(r#"{"openapi": "3.2.0", "x-tyk-api-gateway": {}}"#), []);
}

#[test]
fn what_is_no_schema_is_told_and_nothing_is_fetched() {
    let mut schemas = Schemas::default();
    let error = schemas.add("3.0", json!({"type": 1})).unwrap_err();
    assert!(error.to_string().contains("cannot be read"), "{error}");
    let elsewhere = json!({"$ref": "http://127.0.0.1:1/schema.json"});
    assert!(schemas.add("3.0", elsewhere).is_err());
    assert!(schemas.is_empty());
}

//! What of a definition a Gateway would do otherwise, as lines that people read.

use serde_json::Value as Json;

use crate::domain::diff::{self, Line};

/// What counts differs between two definitions. A Gateway writes out each setting that it knows, in an order of its own:
/// what is not set and what is empty is the same to it (Go's zero values), so that is left out, and members are sorted.
/// What is no JSON is compared as it is written.
pub fn differences(old: &[u8], new: &[u8]) -> Vec<Line> {
    let parsed = |text| serde_json::from_slice::<Json>(text).ok();
    let (Some(mut one), Some(mut other)) = (parsed(old), parsed(new)) else {
        return diff::lines(old, new);
    };
    // Of Tyk OAS it adds where it serves the API itself.
    if one.get("openapi").is_some()
        && one.get("servers").is_some() != other.get("servers").is_some()
    {
        for object in [&mut one, &mut other].into_iter().filter_map(Json::as_object_mut) {
            object.remove("servers");
        }
    }
    diff::lines(settled(one).as_bytes(), settled(other).as_bytes())
}

fn settled(mut value: Json) -> String {
    strip(&mut value);
    value.sort_all_objects();
    format!("{value:#}")
}

/// Takes out what says no more than its absence.
fn strip(value: &mut Json) {
    match value {
        Json::Object(members) => members.retain(|_, member| {
            strip(member);
            !is_empty(member)
        }),
        // Elements stay: their number and places count.
        Json::Array(elements) => elements.iter_mut().for_each(strip),
        _ => {}
    }
}

fn is_empty(value: &Json) -> bool {
    match value {
        Json::Null => true,
        Json::Bool(on) => !on,
        Json::Number(number) => number.as_f64() == Some(0.0),
        // A duration of nothing, as the Gateway writes it.
        Json::String(text) => text.is_empty() || text == "0s",
        Json::Array(elements) => elements.is_empty(),
        Json::Object(members) => members.is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(old: &str, new: &str) -> Vec<String> {
        differences(old.as_bytes(), new.as_bytes()).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_a_gateway_writes_out_is_no_difference() {
        let written = r#"{"slug": "", "a": {"b": null, "timeout": "0s", "n": 0}, "name": "x",
            "list": [{"name": "h", "disabled": false}], "off": false}"#;
        assert_eq!(shown(written, r#"{"list": [{"name": "h"}], "name": "x"}"#), [""; 0]);
        let oas = r#"{"servers": [{"url": "/x"}], "openapi": "3.0.3", "components": {}}"#;
        assert_eq!(shown(oas, r#"{"openapi": "3.0.3"}"#), [""; 0]);
        assert_eq!(shown(r#"{"openapi": "3.0.3"}"#, oas), [""; 0]);
        assert!(!shown(oas, r#"{"openapi": "3.0.3", "servers": [{"url": "/y"}]}"#).is_empty());
    }

    #[test]
    fn what_is_done_otherwise_is_one() {
        let lines = shown(r#"{"b": true, "a": [0]}"#, r#"{"a": [0, 0]}"#);
        assert!(lines.contains(&"-  \"b\": true".to_owned()), "{lines:?}");
        assert!(lines.iter().any(|line| line.starts_with('+')), "{lines:?}");
        assert!(!shown("a: 1", "a: 2").is_empty());
    }
}

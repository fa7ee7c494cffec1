//! Values that say nothing.

use serde_json::Value as Json;

/// Whether a value says nothing: Go's zero values, and what holds nothing else.
pub fn is_zero(value: &Json) -> bool {
    match value {
        Json::Null => true,
        Json::Bool(is_true) => !is_true,
        Json::Number(number) => number.as_f64() == Some(0.0),
        Json::String(text) => text.is_empty(),
        Json::Array(values) => values.is_empty(),
        Json::Object(members) => members.values().all(is_zero),
    }
}

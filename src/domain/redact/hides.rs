//! Whether what was written through a view stands for something else.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;

/// How a mark begins that stands for a secret.
pub const MARK: &str = "«redacted ";

/// Whether a secret of this JSON, of its bytes too, is not in it but a mark that stands for it: then it cannot be sent
/// as what it was.
pub fn hides(json: &Value) -> bool {
    match json {
        Value::Object(members) => members.iter().any(|(name, value)| match value {
            Value::String(bytes) if name == "rawBody" => {
                let bytes = BASE64_STANDARD.decode(bytes).unwrap_or_default();
                String::from_utf8_lossy(&bytes).contains(MARK)
            }
            value => name.contains(MARK) || hides(value),
        }),
        Value::Array(elements) => elements.iter().any(hides),
        Value::String(text) => text.contains(MARK),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn marks_are_found_in_names_texts_and_bytes() {
        let body = BASE64_STANDARD.encode("{\"password\": \"«redacted 9f31c2»\"}");
        for hidden in [
            json!({"a": [{"b": "Bearer «redacted 9f31c2»"}]}),
            json!({"a": {"«redacted 9f31c2»": "b"}}),
            json!({"request": {"rawBody": body}}),
        ] {
            assert!(hides(&hidden), "{hidden}");
        }
        assert!(!hides(&json!({"rawBody": "e30=", "body": "redacted", "a": [1, null]})));
    }
}

//! The words of a manifest, and which one was meant.

use crate::domain::json::{Document, Path, Value, folds_to};

/// Keys of the document itself.
pub(super) const TOP: &[&str] = &["file_list", "custom_middleware", "checksum", "signature"];
/// Keys of `custom_middleware`.
pub(super) const MIDDLEWARE: &[&str] = &[
    "pre",
    "post",
    "post_key_auth",
    "auth_check",
    "traffic_logs",
    "response",
    "driver",
    "id_extractor",
];
/// Keys of a definition.
pub(super) const DEFINITION: &[&str] =
    &["disabled", "name", "path", "code", "require_session", "raw_body_only"];
/// Keys of `id_extractor`.
pub(super) const EXTRACTOR: &[&str] =
    &["disabled", "extract_from", "extract_with", "extractor_config"];
/// Keys of `extractor_config`.
pub(super) const CONFIG: &[&str] =
    &["header_name", "param_name", "regex_expression", "regex_match_index", "xpath_expression"];

/// A driver that a Gateway knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Driver {
    /// As the manifest writes it; case counts.
    pub name: &'static str,
    /// Where its code runs, in a few words.
    pub runs: &'static str,
    /// Whether its hooks reach a plugin server as Dispatches.
    pub dispatches: bool,
}

/// Every driver that a Gateway knows.
pub const DRIVERS: &[Driver] = &[
    Driver { name: "grpc", runs: "in a plugin server", dispatches: true },
    Driver { name: "python", runs: "inside the Gateway (CPython)", dispatches: false },
    Driver {
        name: "goplugin",
        runs: "inside the Gateway (a Go shared library)",
        dispatches: false,
    },
    Driver { name: "otto", runs: "inside the Gateway (JavaScript)", dispatches: false },
    Driver { name: "lua", runs: "inside the Gateway (Lua)", dispatches: false },
    Driver {
        name: "javascript",
        runs: "inside the Gateway (JavaScript; pre-releases of 5.15 only)",
        dispatches: false,
    },
];

/// The path to a value by the manifest's words, in the spelling of a document, whose keys may be in another case;
/// steps of digits are indices. What is absent keeps the manifest's spelling, so that it can be set there.
pub fn locate(document: &Document, words: &[&str]) -> Path {
    let mut path = Path::default();
    let mut here = Some(document.root());
    for word in words {
        if let Ok(index) = word.parse() {
            path = path.index(index);
            here = here.and_then(|value| value.element(index));
            continue;
        }
        let member = here.and_then(|value| field(value, word));
        path = path.key(member.and_then(Value::key).unwrap_or_else(|| (*word).to_owned()));
        here = member;
    }
    path
}

/// The member that a reader takes for a field: the last one whose key folds to its name.
pub(super) fn field<'a>(object: Value<'a>, name: &str) -> Option<Value<'a>> {
    object.children().filter(|child| child.key().is_some_and(|key| folds_to(&key, name))).last()
}

/// The known name that a reader takes a key for.
pub(super) fn known(key: &str, names: &[&'static str]) -> Option<&'static str> {
    names.iter().copied().find(|name| folds_to(key, name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::json::Trailing;

    #[test]
    fn finds_fields_in_the_documents_spelling() {
        let text = r#"{"Custom_Middleware": {"PRE": [{"NAME": "P"}]}}"#;
        let document = Document::parse(text, Trailing::Refused).unwrap();
        let path = locate(&document, &["custom_middleware", "pre", "0", "name"]);
        assert_eq!(path.to_string(), "Custom_Middleware.PRE[0].NAME");
        let path = locate(&document, &["custom_middleware", "driver"]);
        assert_eq!(path.to_string(), "Custom_Middleware.driver");
    }
}

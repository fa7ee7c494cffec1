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

/// The known name that was probably meant: case, dashes, underscores and spaces aside, at most a third of its letters
/// differ.
pub(super) fn nearest(key: &str, names: &[&'static str]) -> Option<&'static str> {
    let plain = |text: &str| -> Vec<char> {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let key = plain(key);
    names
        .iter()
        .map(|name| (distance(&key, &plain(name)), *name))
        .filter(|(distance, name)| distance * 3 <= name.len().min(key.len() + 1))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Letters to insert, remove, replace or swap with a neighbour.
fn distance(a: &[char], b: &[char]) -> usize {
    // A key of a megabyte is no typing mistake, and the table is as large as both.
    if a.len().abs_diff(b.len()) > 8 {
        return usize::MAX / 4;
    }
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for (i, row) in rows.iter_mut().enumerate() {
        row[0] = i;
    }
    for j in 0..=b.len() {
        rows[0][j] = j;
    }
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = replaced.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = best;
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::json::Trailing;

    #[test]
    fn says_what_was_meant() {
        assert_eq!(nearest("file-list", TOP), Some("file_list"));
        assert_eq!(nearest("customMiddleware", TOP), Some("custom_middleware"));
        assert_eq!(nearest("requiresession", DEFINITION), Some("require_session"));
        assert_eq!(nearest("nmae", DEFINITION), Some("name"));
        assert_eq!(nearest("formParamName", CONFIG), None);
        assert_eq!(nearest("$schema", TOP), None);
        assert_eq!(nearest("x", TOP), None);
        assert_eq!(nearest("created", TOP), None);
    }

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

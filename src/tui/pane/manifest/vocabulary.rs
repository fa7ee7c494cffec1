//! The keys of a manifest and what they take, as a Gateway reads them.

use crate::domain::manifest::DRIVERS;
use crate::tui::editor::{Takes, Word};

/// What an extractor looks into, and what works with it.
pub(crate) const EXTRACT_FROM: &[(&str, &str)] = &[
    ("header", "with value or regex"),
    ("form", "with value or regex"),
    ("body", "with regex or xpath"),
];

/// How an extractor looks.
pub(crate) const EXTRACT_WITH: &[(&str, &str)] = &[
    ("value", "the whole value of a header or a form field"),
    ("regex", "a match in a header, a form field or the body"),
    ("xpath", "a node of a body that is XML"),
];

/// The keys of a manifest.
pub(super) const MANIFEST: &[Word] = &[
    Word::new(
        "file_list",
        Takes::List(&Takes::Text),
        "the files that checksum and signature cover, in order",
    ),
    Word::new(
        "custom_middleware",
        Takes::Object(MIDDLEWARE),
        "the hooks, their driver, and how callers are told apart",
    ),
    Word::new("checksum", Takes::Text, "MD5 of the files; the build fills it in"),
    Word::new("signature", Takes::Text, "the signature of the files; the build fills it in"),
];

/// What the key that these words lead to means.
pub(super) fn about(words: &[String]) -> &'static str {
    let mut takes = Takes::Object(MANIFEST);
    let mut about = "";
    for name in words {
        match takes {
            Takes::Object(known) => {
                let Some(word) = known.iter().find(|word| word.name == name) else { return "" };
                (takes, about) = (word.takes, word.about);
            }
            Takes::List(inner) => takes = *inner,
            _ => return "",
        }
    }
    about
}

/// The keys of a definition, each with what it means.
pub(super) fn member(name: &str) -> &'static str {
    DEFINITION.iter().find(|word| word.name == name).map_or("", |word| word.about)
}

const HOOKS: Takes = Takes::List(&Takes::Object(DEFINITION));

/// The keys of `custom_middleware`, which a classic definition has too.
pub(crate) const MIDDLEWARE: &[Word] = &[
    Word::new("pre", HOOKS, "hooks before anything else"),
    Word::new(
        "auth_check",
        Takes::Object(DEFINITION),
        "the hook that authenticates: one, not a list",
    ),
    Word::new("post_key_auth", HOOKS, "hooks right after authentication"),
    Word::new("post", HOOKS, "hooks just before the upstream"),
    Word::new("response", HOOKS, "hooks on the upstream's answer"),
    Word::new(
        "driver",
        Takes::OneOf(|| DRIVERS.iter().map(|driver| (driver.name, driver.runs)).collect()),
        "what runs the hooks; case counts",
    ),
    Word::new(
        "id_extractor",
        Takes::Object(EXTRACTOR),
        "how an id is found in a request without asking auth_check again",
    ),
    Word::new(
        "traffic_logs",
        Takes::Object(DEFINITION),
        "a hook for each analytics record; pre-releases of 5.15 only",
    ),
];

const DEFINITION: &[Word] = &[
    Word::new("name", Takes::Text, "the function, or what a gRPC server dispatches on"),
    Word::new("path", Takes::Text, "the file, for drivers that need one"),
    Word::new("disabled", Takes::Switch, "the Gateway skips it"),
    Word::new("require_session", Takes::Switch, "the hook gets the session"),
    Word::new("raw_body_only", Takes::Switch, "the body comes as bytes alone"),
    Word::new("code", Takes::Text, "JavaScript in base64; pre-releases of 5.15 only"),
];

const EXTRACTOR: &[Word] = &[
    Word::new("extract_from", Takes::OneOf(|| EXTRACT_FROM.to_vec()), "where the id is"),
    Word::new("extract_with", Takes::OneOf(|| EXTRACT_WITH.to_vec()), "how it is taken out"),
    Word::new("extractor_config", Takes::Object(CONFIG), "which header or field, which expression"),
    Word::new("disabled", Takes::Switch, "auth_check is asked every time"),
];

pub(super) const CONFIG: &[Word] = &[
    Word::new("header_name", Takes::Text, "the header that is looked into"),
    Word::new("param_name", Takes::Text, "the form field that is looked into"),
    Word::new("regex_expression", Takes::Text, "a regular expression of Go"),
    Word::new("regex_match_index", Takes::Number, "which match is the id: whole matches, from 0"),
    Word::new("xpath_expression", Takes::Text, "an XPath into the body"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::lint;

    /// All paths of the table, with an index for each list.
    fn document(words: &[Word]) -> serde_json::Value {
        let value = |takes: Takes| match takes {
            Takes::Object(words) => document(words),
            Takes::List(Takes::Object(words)) => serde_json::json!([document(words)]),
            Takes::List(_) => serde_json::json!([]),
            Takes::Map(..) | Takes::Anything => serde_json::json!({}),
            Takes::Switch => serde_json::json!(false),
            Takes::Number => serde_json::json!(0),
            Takes::Text | Takes::OneOf(_) => serde_json::json!(""),
        };
        words.iter().map(|word| (word.name.to_owned(), value(word.takes))).collect()
    }

    #[test]
    fn every_key_of_the_table_is_one_that_the_domain_knows() {
        let text = document(MANIFEST).to_string();
        let unknown = lint::manifest(&text);
        let unknown: Vec<_> = unknown.iter().filter(|found| found.rule == "unknown-key").collect();
        assert!(unknown.is_empty(), "{unknown:?}");
        assert!(!lint::manifest(text.replace("header_name", "header_nam")).is_empty());
    }
}

//! Changes of a manifest that are more than a value set: files and hooks that come and go. Each is an edit of the text
//! that leaves everything else as its author wrote it.

use serde_json::{Value as Json, json};

use crate::domain::bundle::clean;
use crate::domain::json::{Document, Edit, EditError, Kind, Path, Value};

/// Where a manifest names hooks, by its words: lists of definitions, and `auth_check` and `traffic_logs`, which are one
/// definition each.
pub const HOOKS: &[&str] =
    &["pre", "auth_check", "post_key_auth", "post", "response", "traffic_logs"];

/// A change that the manifest has no place for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChangeError {
    /// It is there already.
    #[error("{hook} has {name} already")]
    There {
        /// The manifest's word.
        hook: String,
        /// The name that is there.
        name: String,
    },
    /// It is not there.
    #[error("{0}")]
    Absent(String),
    /// The manifest is of another shape.
    #[error(transparent)]
    Edit(#[from] EditError),
}

/// Whether the manifest's word stands for one definition, not for a list of them.
pub fn is_single(hook: &str) -> bool {
    matches!(hook, "auth_check" | "traffic_logs")
}

/// Whether `file_list` names this file, however it spells it.
pub fn lists(document: &Document, file: &str) -> bool {
    entries(document).any(|entry| same(entry, file))
}

/// Adds names to the end of `file_list`, in their order.
pub fn add_files(document: &Document, files: &[String]) -> Result<Edit, EditError> {
    let list = document.locate(["file_list"]);
    add(document, &list, &files.iter().map(|file| json!(file)).collect::<Vec<_>>())
}

/// Takes one entry off `file_list`: the last that names this file, or that lies below a folder of this name. Of a folder
/// call it until nothing is left; `None` is that.
pub fn remove_file(document: &Document, name: &str) -> Option<Result<Edit, EditError>> {
    let folder = format!("{}/", name.trim_end_matches('/'));
    let is_meant = |entry: &Value<'_>| {
        let listed = entry.string().and_then(|it| clean(&it).ok());
        same(*entry, name) || listed.is_some_and(|it| it.starts_with(&folder))
    };
    let last = entries(document).filter(is_meant).last()?;
    Some(document.remove(&last.path()))
}

/// Adds a definition to a hook.
pub fn add_hook(document: &Document, hook: &str, definition: &Json) -> Result<Edit, ChangeError> {
    let path = document.locate(["custom_middleware", hook]);
    let name = definition["name"].as_str().unwrap_or_default();
    if !is_single(hook) {
        if hooks(document, hook).any(|(_, it)| it == name) {
            return Err(ChangeError::There { hook: hook.to_owned(), name: name.to_owned() });
        }
        return Ok(add(document, &path, std::slice::from_ref(definition))?);
    }
    if let Some((_, name)) = hooks(document, hook).find(|(_, name)| !name.is_empty()) {
        return Err(ChangeError::There { hook: hook.to_owned(), name });
    }
    Ok(document.set(&path, definition)?)
}

/// Removes the definition of this name from a hook; without a name the only one.
pub fn remove_hook(
    document: &Document,
    hook: &str,
    name: Option<&str>,
) -> Result<Edit, ChangeError> {
    let mut found = hooks(document, hook).filter(|(_, it)| name.is_none_or(|name| name == it));
    match (found.next(), found.next(), name) {
        (Some((path, _)), None, _) | (Some((path, _)), _, Some(_)) => Ok(document.remove(&path)?),
        (Some(_), Some(_), None) => {
            Err(ChangeError::Absent(format!("{hook} has several hooks: say which by its name")))
        }
        (None, ..) => Err(ChangeError::Absent(match name {
            Some(name) => format!("{hook} has no {name}"),
            None => format!("there is no {hook} hook"),
        })),
    }
}

/// The definitions of a hook: their paths and names.
fn hooks<'a>(document: &'a Document, hook: &str) -> impl Iterator<Item = (Path, String)> + use<'a> {
    let found = document.at(&document.locate(["custom_middleware", hook]));
    let one = found.filter(|value| value.kind() == Kind::Object);
    let list = found.filter(|value| value.kind() == Kind::Array);
    one.into_iter().chain(list.into_iter().flat_map(Value::children)).map(|definition| {
        let name = definition.field("name").and_then(Value::string);
        (definition.path(), name.unwrap_or_default())
    })
}

fn entries(document: &Document) -> impl Iterator<Item = Value<'_>> {
    document.root().field("file_list").into_iter().flat_map(Value::children)
}

/// Whether an entry of `file_list` names this file.
fn same(entry: Value<'_>, file: &str) -> bool {
    entry.string().is_some_and(|listed| {
        listed == file || clean(&listed).is_ok_and(|listed| Ok(listed) == clean(file))
    })
}

/// Appends elements to a list that may be absent or null, which is the same to a Gateway.
fn add(document: &Document, list: &Path, elements: &[Json]) -> Result<Edit, EditError> {
    let length = match document.at(list) {
        Some(found) if found.kind() == Kind::Array => found.children().count(),
        _ => 0,
    };
    let (Some(first), true) = (elements.first(), length > 0) else {
        return document.set(list, &Json::Array(elements.to_vec()));
    };
    // All go to one place, one after the other; each is laid out as the first, whose gap is found once.
    let mut edit = document.insert(list, length, first)?;
    let gap = edit.text.strip_suffix(&first.to_string()).map(str::to_owned);
    for element in &elements[1..] {
        match &gap {
            Some(gap) if element.is_string() => {
                edit.text += gap;
                edit.text += &element.to_string();
            }
            _ => edit.text += &document.insert(list, length, element)?.text,
        }
    }
    Ok(edit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::json::Trailing;

    fn parse(text: &str) -> Document {
        Document::parse(text, Trailing::Refused).unwrap()
    }

    fn after(text: &str, edit: &Edit) -> String {
        edit.apply_to(text)
    }

    #[test]
    fn files_are_added_at_the_end_in_their_order() {
        let files = ["b".to_owned(), "v/c".to_owned()];
        for (before, expected) in [
            (r#"{"file_list": ["a"]}"#, r#"{"file_list": ["a", "b", "v/c"]}"#),
            (r#"{"file_list": []}"#, r#"{"file_list": ["b", "v/c"]}"#),
            (r#"{"File_List": null, "x": 1.50}"#, r#"{"File_List": ["b", "v/c"], "x": 1.50}"#),
            (r#"{"x": 1.50}"#, r#"{"x": 1.50, "file_list": ["b", "v/c"]}"#),
            (
                "{\n  \"file_list\": [\n    \"a\"\n  ]\n}\n",
                "{\n  \"file_list\": [\n    \"a\",\n    \"b\",\n    \"v/c\"\n  ]\n}\n",
            ),
        ] {
            let edit = add_files(&parse(before), &files).unwrap();
            assert_eq!(after(before, &edit), expected);
        }
    }

    #[test]
    fn a_file_goes_by_any_spelling_and_a_folder_file_by_file() {
        let text = r#"{"file_list": ["./a", "v/b", "va", "v/w/c"]}"#;
        assert!(lists(&parse(text), "a") && !lists(&parse(text), "v"));
        let edit = remove_file(&parse(text), "a").unwrap().unwrap();
        assert_eq!(after(text, &edit), r#"{"file_list": ["v/b", "va", "v/w/c"]}"#);
        let mut left = text.to_owned();
        while let Some(edit) = remove_file(&parse(&left), "v/") {
            left = after(&left, &edit.unwrap());
        }
        assert_eq!(left, r#"{"file_list": ["./a", "va"]}"#);
    }

    #[test]
    fn hooks_come_and_go() {
        let text = r#"{"custom_middleware": {"pre": [{"name": "A"}], "driver": "python"}}"#;
        let edit = add_hook(&parse(text), "pre", &json!({"name": "B"})).unwrap();
        let both = after(text, &edit);
        assert_eq!(both, text.replace(r#""A"}"#, r#""A"}, {"name": "B"}"#));
        let said = add_hook(&parse(&both), "pre", &json!({"name": "B"})).unwrap_err();
        assert_eq!(said.to_string(), "pre has B already");
        let edit = remove_hook(&parse(&both), "pre", Some("B")).unwrap();
        assert_eq!(after(&both, &edit), text);
        assert!(remove_hook(&parse(&both), "pre", None).is_err(), "which of the two?");
        let said = remove_hook(&parse(text), "pre", Some("C")).unwrap_err();
        assert_eq!(said.to_string(), "pre has no C");
    }

    #[test]
    fn there_is_one_auth_check() {
        let text = r#"{"custom_middleware": {"auth_check": {"name": ""}}}"#;
        let edit = add_hook(&parse(text), "auth_check", &json!({"name": "A"})).unwrap();
        let named = after(text, &edit);
        assert_eq!(named, text.replace(r#""""#, r#""A""#));
        let said = add_hook(&parse(&named), "auth_check", &json!({"name": "B"})).unwrap_err();
        assert_eq!(said.to_string(), "auth_check has A already");
        let edit = remove_hook(&parse(&named), "auth_check", None).unwrap();
        assert_eq!(after(&named, &edit), r#"{"custom_middleware": {}}"#);
    }
}

//! What an answer has otherwise than the Object that came, by named field of the canonical JSON.

use serde_json::{Map, Value};

/// One field that differs. A side that is missing has the field's default, which JSON leaves out.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The names that lead there: fields, and keys of maps; in a list of names, the name.
    pub path: Vec<String>,
    /// As it came.
    pub before: Option<Value>,
    /// As it was answered.
    pub after: Option<Value>,
}

/// Fields that are maps: one that is missing is an empty one.
const MAPS: [&str; 7] =
    ["headers", "setHeaders", "params", "addParams", "extendedParams", "metadata", "configData"];

/// Fields that are lists of names, of which each says something alone.
const NAMES: [&str; 2] = ["deleteHeaders", "deleteParams"];

/// All that differs between two Objects in canonical JSON, in the order of their fields.
pub fn changes(before: &Value, after: &Value) -> Vec<Change> {
    let mut found = Vec::new();
    walk(&mut Vec::new(), Some(before), Some(after), &mut found);
    found
}

fn walk(
    path: &mut Vec<String>,
    before: Option<&Value>,
    after: Option<&Value>,
    found: &mut Vec<Change>,
) {
    if before == after {
        return;
    }
    let name = path.last().map_or("", String::as_str);
    let empty = Value::Object(Map::new());
    let (before, after) = if MAPS.contains(&name) && !path.iter().any(|part| part == "session") {
        (before.or(Some(&empty)), after.or(Some(&empty)))
    } else {
        (before, after)
    };
    if name == "multivalueHeaders" {
        return by_key(path, &by_name(before), &by_name(after), found);
    }
    if NAMES.contains(&name) {
        return by_key(path, &as_set(before), &as_set(after), found);
    }
    if let (Some(Value::Object(before)), Some(Value::Object(after))) = (before, after) {
        return by_key(path, before, after, found);
    }
    found.push(Change { path: path.clone(), before: before.cloned(), after: after.cloned() });
}

fn by_key(
    path: &mut Vec<String>,
    before: &Map<String, Value>,
    after: &Map<String, Value>,
    found: &mut Vec<Change>,
) {
    let new = after.keys().filter(|key| !before.contains_key(*key));
    for key in before.keys().chain(new) {
        path.push(key.clone());
        walk(path, before.get(key), after.get(key), found);
        path.pop();
    }
}

/// `[{"key": …, "values": […]}]` as a map of values; a key that stands there twice has those of both, as a Gateway adds them.
fn by_name(list: Option<&Value>) -> Map<String, Value> {
    let mut all = Map::new();
    for header in list.and_then(Value::as_array).into_iter().flatten() {
        let Some(key) = header.get("key").and_then(Value::as_str) else { continue };
        let values = header.get("values").and_then(Value::as_array).cloned().unwrap_or_default();
        let entry = all.entry(key).or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(entry) = entry {
            entry.extend(values);
        }
    }
    all
}

/// A list of names as a map of nothing.
fn as_set(list: Option<&Value>) -> Map<String, Value> {
    let names = list.and_then(Value::as_array).into_iter().flatten();
    names.filter_map(|name| Some((name.as_str()?.to_owned(), Value::Bool(true)))).collect()
}

//! Paths and values of JSON documents as commands take and print them.

use serde_json::{Value as Json, json};

use super::output;
use crate::domain::json::{EditError, Kind, Path, Value, Written};
use crate::domain::task::Problem;

/// A path that a person gave: one that begins with `/` is a JSON Pointer, any other is dotted.
pub(super) fn path(text: &str) -> Result<Path, Problem> {
    Path::parse_any(text).map_err(|error| {
        Problem::usage(error.to_string())
            .help("a key that holds a dot is put into quotes: config_data.\"a.b\"")
    })
}

/// A value that a person gave: JSON where it parses, else text; text in any case where that is asked for.
pub(super) fn value(text: &str, as_text: bool) -> Written {
    let parsed = if as_text { None } else { Written::parse(text) };
    parsed.unwrap_or_else(|| Written::text(text))
}

/// Prints a value: a string as its text, anything else as it is written; with `json` as an object with its path.
pub(super) fn print(value: Value<'_>, json: bool) -> Result<(), Problem> {
    let written = String::from_utf8_lossy(value.raw());
    if json {
        let parsed: Json = serde_json::from_str(&written).map_err(|error| {
            Problem::failed(format!("the value is no JSON that can be printed: {error}"))
        })?;
        return output::line(json!({"path": value.path().to_string(), "value": parsed}));
    }
    let text = match value.kind() {
        Kind::String => value.string().unwrap_or_default().into(),
        _ => written,
    };
    output::line(output::printable(&text))
}

/// What is not there, with what is.
pub(super) fn absent(path: &Path, file: &std::path::Path) -> Problem {
    Problem::no(format!("nothing at {path}")).at(file.display())
}

/// An edit that the document has no place for.
pub(super) fn refused(error: EditError, file: &std::path::Path) -> Problem {
    match error {
        EditError::Absent(path) => absent(&path, file),
        error @ EditError::Unwritable => Problem::failed(error.to_string()).at(file.display()),
        error @ EditError::Unfit { .. } => Problem::usage(error.to_string()).at(file.display()),
    }
}

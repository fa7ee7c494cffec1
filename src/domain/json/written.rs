//! A value as somebody wrote it, so that an edit keeps the spelling of its numbers, its doubled keys and the rest that
//! a reader of JSON forgets.

use serde_json::{Map, Value as Json};

use super::{Document, Edit, Kind, Trailing, Value, quote};

/// A value and its spelling.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    value: Json,
    /// What stands in `value` for a spelling that it cannot hold, in quotes, and that spelling.
    spelt: Vec<(String, String)>,
}

impl Written {
    /// Reads JSON; `None` where it is none.
    pub fn parse(text: &str) -> Option<Self> {
        let document = Document::parse(text, Trailing::Refused).ok()?;
        let mut spelt = Vec::new();
        let value = read(document.root(), &mut spelt);
        Some(Self { value, spelt })
    }

    /// A text.
    pub fn text(text: &str) -> Self {
        Self { value: Json::from(text), spelt: Vec::new() }
    }

    /// The value to edit with; [`Self::spell`] has the edit's text.
    pub fn value(&self) -> &Json {
        &self.value
    }

    /// The edit that was made of [`Self::value`], as it was written.
    #[must_use]
    pub fn spell(&self, edit: Edit) -> Edit {
        Edit { text: self.spelling(edit.text), ..edit }
    }

    fn spelling(&self, text: String) -> String {
        self.spelt.iter().fold(text, |text, (stand_in, spelling)| text.replace(stand_in, spelling))
    }
}

/// On one line.
impl std::fmt::Display for Written {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.spelling(self.value.to_string()))
    }
}

fn read(value: Value<'_>, spelt: &mut Vec<(String, String)>) -> Json {
    match value.kind() {
        Kind::Array => value.children().map(|child| read(child, spelt)).collect(),
        Kind::Object => {
            let mut members = Map::new();
            for child in value.children() {
                let key = child.key().unwrap_or_default();
                let key =
                    if members.contains_key(&key) { stand_in(&quote(&key), spelt) } else { key };
                let value = read(child, spelt);
                members.insert(key, value);
            }
            Json::Object(members)
        }
        _ => {
            let raw = String::from_utf8_lossy(value.raw());
            match serde_json::from_str::<Json>(&raw) {
                Ok(plain) if plain.is_string() || plain.to_string() == raw => plain,
                _ => Json::from(stand_in(&raw, spelt)),
            }
        }
    }
}

/// A string that nobody writes, for a spelling.
fn stand_in(spelling: &str, spelt: &mut Vec<(String, String)>) -> String {
    let text = format!("\u{f8ff}{}\u{f8ff}", spelt.len());
    spelt.push((quote(&text), spelling.to_owned()));
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::json::Path;

    #[test]
    fn a_value_is_set_as_it_was_written() {
        let document = Document::parse(r#"{"a": 1}"#, Trailing::Refused).unwrap();
        let path: Path = "a".parse().unwrap();
        for text in [
            "1.50",
            "1E400",
            "-0",
            "1e2",
            "12345678901234567890123",
            r#""\ud800""#,
            r#"{"a":1.0,"a":[2.50]}"#,
            r#"{"a":1,"b":{"a":"x"},"c":null}"#,
        ] {
            let written = Written::parse(text).unwrap();
            let edit = written.spell(document.set(&path, written.value()).unwrap());
            let after = String::from_utf8(edit.apply(document.source())).unwrap();
            assert_eq!(after.replace(": ", ":").replace(", ", ","), format!(r#"{{"a":{text}}}"#));
            assert_eq!(written.to_string(), text);
        }
        assert_eq!(Written::parse("01"), None);
        assert_eq!(Written::parse("1 2"), None);
        assert_eq!(Written::text("1").to_string(), r#""1""#);
    }
}

//! Values as YAML text.

use serde_json::Value as Json;

use super::{Form, scalar};

/// How a document is laid out.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    /// One level of indentation.
    pub(super) unit: String,
    /// `\n` or `\r\n`.
    pub(super) newline: &'static str,
}

impl Layout {
    /// A value as lines, the first without its indentation: a scalar is one, and so is an empty collection.
    pub(super) fn lines(&self, value: &Json, indent: &str) -> String {
        let gap = format!("{}{indent}", self.newline);
        match value {
            Json::Object(members) if !members.is_empty() => {
                let member = |(key, value): (&String, &Json)| self.member(key, value, indent);
                members.iter().map(member).collect::<Vec<_>>().join(&gap)
            }
            Json::Array(items) if !items.is_empty() => {
                let item = |value: &Json| self.item(value, indent);
                items.iter().map(item).collect::<Vec<_>>().join(&gap)
            }
            leaf => inline(leaf, Form::Plain, false),
        }
    }

    /// A member in lines.
    pub(super) fn member(&self, key: &str, value: &Json, indent: &str) -> String {
        format!("{}:{}", text(key, Form::Plain, false), self.after_colon(value, indent))
    }

    /// What stands behind a key's colon, whose line has this indentation.
    pub(super) fn after_colon(&self, value: &Json, indent: &str) -> String {
        if is_leaf(value) {
            return format!(" {}", self.lines(value, indent));
        }
        let inner = format!("{indent}{}", self.unit);
        format!("{}{inner}{}", self.newline, self.lines(value, &inner))
    }

    /// An element in lines, its dash included.
    pub(super) fn item(&self, value: &Json, indent: &str) -> String {
        format!("- {}", self.lines(value, &format!("{indent}  ")))
    }
}

fn is_leaf(value: &Json) -> bool {
    match value {
        Json::Object(members) => members.is_empty(),
        Json::Array(items) => items.is_empty(),
        _ => true,
    }
}

/// A value on one line; `flow` where brackets are around it, `form` what a string is to look like.
pub(super) fn inline(value: &Json, form: Form, flow: bool) -> String {
    match value {
        Json::String(string) => text(string, form, flow),
        // JSON is YAML, in brackets.
        other => other.to_string(),
    }
}

fn text(string: &str, form: Form, flow: bool) -> String {
    let controls = string.contains(|c: char| c.is_control() || c == '\u{feff}');
    match form {
        Form::Single if !controls => format!("'{}'", string.replace('\'', "''")),
        Form::Double | Form::Single => Json::from(string).to_string(),
        _ if scalar::is_plain(string, flow) => string.to_owned(),
        _ => Json::from(string).to_string(),
    }
}

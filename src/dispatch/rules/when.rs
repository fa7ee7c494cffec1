//! What a rule matches: fields of an Object, read from the wire form.

use std::fmt;

use globset::GlobMatcher;
use regex::Regex;

use crate::domain::object::Head;

/// All that must match; nothing matches everything.
#[derive(Debug, Default)]
pub(super) struct When(pub(super) Vec<(Field, Vec<Text>)>);

/// A field that a rule can name, in the order in which words tell of them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Field {
    Hook,
    Name,
    Api,
    Method,
    Path,
    Header(String),
}

/// Text to match with.
#[derive(Debug)]
pub(super) enum Text {
    Exact(String),
    Glob(GlobMatcher),
    Regex(Regex),
}

impl When {
    pub(super) fn matches(&self, head: &Head<'_>) -> bool {
        self.0.iter().all(|(field, texts)| {
            field.of(head).is_some_and(|value| texts.iter().any(|text| text.matches(value)))
        })
    }

    /// The texts that one field must match, empty where it does not matter.
    pub(super) fn texts(&self, field: &Field) -> &[Text] {
        self.0.iter().find(|(named, _)| named == field).map_or(&[], |(_, texts)| texts)
    }
}

impl Field {
    fn of<'a>(&self, head: &Head<'a>) -> Option<&'a str> {
        match self {
            Self::Hook => Some(head.hook.word()),
            Self::Name => Some(head.hook_name),
            Self::Api => Some(head.api_id),
            Self::Method => Some(head.method),
            Self::Path => Some(head.path()),
            Self::Header(name) => head.header(name),
        }
    }
}

impl Text {
    /// `glob:…`, `re:…`, else exact. The error says what is wrong with the pattern.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        if let Some(glob) = text.strip_prefix("glob:") {
            let glob = globset::Glob::new(glob).map_err(|error| error.to_string())?;
            return Ok(Self::Glob(glob.compile_matcher()));
        }
        if let Some(regex) = text.strip_prefix("re:") {
            return Regex::new(regex).map(Self::Regex).map_err(|error| {
                // The crate's message draws the pattern over several lines; the last says what is wrong.
                let text = error.to_string();
                text.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned()
            });
        }
        Ok(Self::Exact(text.to_owned()))
    }

    pub(super) fn matches(&self, value: &str) -> bool {
        match self {
            Self::Exact(text) => text == value,
            Self::Glob(glob) => glob.is_match(value),
            Self::Regex(regex) => regex.is_match(value),
        }
    }
}

impl fmt::Display for When {
    /// In words: `hook auth_check, api orders or users`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("everything");
        }
        for (index, (field, texts)) in self.0.iter().enumerate() {
            let texts: Vec<String> = texts.iter().map(ToString::to_string).collect();
            let comma = if index > 0 { ", " } else { "" };
            write!(f, "{comma}{field} {}", texts.join(" or "))?;
        }
        Ok(())
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hook => f.write_str("hook"),
            Self::Name => f.write_str("name"),
            Self::Api => f.write_str("api"),
            Self::Method => f.write_str("method"),
            Self::Path => f.write_str("path"),
            Self::Header(name) => write!(f, "header {name}"),
        }
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact(text) => f.write_str(text),
            Self::Glob(glob) => write!(f, "glob:{}", glob.glob()),
            Self::Regex(regex) => write!(f, "re:{regex}"),
        }
    }
}

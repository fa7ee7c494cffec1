//! The settings of one Gateway, each with where it is from.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::{Key, Kind};
use crate::domain::json::{Document, Edit, Path, Place, SyntaxError, Trailing, Value};

/// The variables of a Gateway's environment that begin with `TYK_GW_`.
pub type Environment = BTreeMap<String, String>;

/// A `tyk.conf`, with the environment over it: as the Gateway does, which lets the environment win.
#[derive(Clone, Debug)]
pub struct Conf {
    /// The file, as it is shown; `None` where only the environment is known.
    pub file: Option<String>,
    document: Option<Document>,
    environment: Environment,
}

/// Where a value is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The file.
    File {
        /// The path to the value.
        path: Path,
        /// The place of its key.
        place: Place,
    },
    /// An environment variable, by name.
    Environment(String),
    /// Nowhere: the Gateway's own default.
    Default,
}

/// A setting as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// Which.
    pub key: &'static Key,
    /// Its value; `None` where it is not set or null.
    pub value: Option<Json>,
    /// Where it is from.
    pub source: Source,
}

impl Conf {
    /// Reads a `tyk.conf`; keys count as Go reads them, whatever their case.
    pub fn open(
        file: impl Into<String>,
        source: impl AsRef<[u8]>,
        environment: Environment,
    ) -> Result<Self, SyntaxError> {
        let document = Document::parse(source, Trailing::Ignored)?;
        Ok(Self { file: Some(file.into()), document: Some(document), environment })
    }

    /// The settings of an environment alone.
    pub fn of_environment(environment: Environment) -> Self {
        Self { file: None, document: None, environment }
    }

    /// The file's text.
    pub fn document(&self) -> Option<&Document> {
        self.document.as_ref()
    }

    /// The variables over it.
    pub fn environment(&self) -> &Environment {
        &self.environment
    }

    /// A setting as it stands.
    pub fn get(&self, key: &'static Key) -> Setting {
        let variable = key.variable();
        if let Some(text) = self.environment.get(&variable) {
            let value = Some(parsed(key.kind, text));
            return Setting { key, value, source: Source::Environment(variable) };
        }
        let Some(value) = self.at(key.words) else {
            return Setting { key, value: None, source: Source::Default };
        };
        let json = serde_json::from_slice(value.raw()).ok().filter(|json: &Json| !json.is_null());
        let source = Source::File { path: value.path(), place: value.key_place() };
        Setting { key, value: json, source }
    }

    /// The text of a setting; empty where it is not set.
    pub fn text(&self, key: &'static Key) -> String {
        match self.get(key).value {
            Some(Json::String(text)) => text,
            _ => String::new(),
        }
    }

    /// Whether a setting is on.
    pub fn is_on(&self, key: &'static Key) -> bool {
        self.get(key).value == Some(Json::Bool(true))
    }

    /// The edit of the file that sets a value; `None` where there is no file, or where the environment wins over it.
    pub fn set(&self, key: &'static Key, value: &Json) -> Option<Edit> {
        if matches!(self.get(key).source, Source::Environment(_)) {
            return None;
        }
        let document = self.document.as_ref()?;
        document.set(&document.locate(key.words), value).ok()
    }

    /// The members of a section of the file, of the top where there are no words.
    pub fn section(&self, words: &[&str]) -> Vec<Value<'_>> {
        self.at(words).map(|section| section.children().collect()).unwrap_or_default()
    }

    fn at(&self, words: &[&str]) -> Option<Value<'_>> {
        let root = self.document.as_ref()?.root();
        words.iter().try_fold(root, |value, word| value.field(word))
    }
}

impl Setting {
    /// Whether the value is of the kind that the setting takes; one that is not set is.
    pub fn fits(&self) -> bool {
        match (&self.value, self.key.kind) {
            (None, _)
            | (Some(Json::String(_)), Kind::Text | Kind::Secret)
            | (Some(Json::Bool(_)), Kind::Switch) => true,
            (Some(Json::Number(number)), Kind::Number) => number.as_i64().is_some(),
            _ => false,
        }
    }

    /// The value for people: a secret is not shown.
    pub fn shown(&self) -> String {
        match (&self.value, self.key.kind) {
            (None, _) => "not set".to_owned(),
            (Some(Json::String(text)), _) if text.is_empty() => "empty".to_owned(),
            (Some(_), Kind::Secret) => "set".to_owned(),
            (Some(Json::String(text)), _) => text.clone(),
            (Some(value), _) => value.to_string(),
        }
    }

    /// Where it is from, for people: `tyk.conf:3:5`, the variable's name, or that it is the default.
    pub fn place(&self, conf: &Conf) -> String {
        match (&self.source, &conf.file) {
            (Source::File { place, .. }, Some(file)) => format!("{file}:{place}"),
            (Source::Environment(variable), _) => variable.clone(),
            _ => "default".to_owned(),
        }
    }
}

/// The text of a variable as the Gateway takes it (Go's `strconv.ParseBool` and `ParseInt`); text that it cannot take
/// stays text.
fn parsed(kind: Kind, text: &str) -> Json {
    let own = || Json::String(text.to_owned());
    match kind {
        Kind::Text | Kind::Secret => own(),
        Kind::Number => text.parse::<i64>().map_or_else(|_| own(), Json::from),
        Kind::Switch => match text {
            "1" | "t" | "T" | "TRUE" | "true" | "True" => Json::Bool(true),
            "0" | "f" | "F" | "FALSE" | "false" | "False" => Json::Bool(false),
            _ => own(),
        },
    }
}

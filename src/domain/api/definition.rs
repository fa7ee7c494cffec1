//! One definition, lossless: what was opened is what is saved, but for the edits.

use serde_json::Value as Json;

use super::Field;
use super::shape;
use crate::domain::json::{
    BYTE_ORDER_MARK, Document, Edit, EditError, Path, Place, SyntaxError, Trailing, Value,
};
use crate::domain::yaml::Yaml;

/// Which of the Gateway's two formats a definition has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Tyk Classic.
    Classic,
    /// Tyk OAS: an OpenAPI document with `x-tyk-api-gateway`.
    Oas,
    /// An OpenAPI document without it: no Gateway serves it as it is.
    OpenApi,
}

impl Kind {
    /// In a word, as `api list` shows it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Classic => "classic",
            Self::Oas => "oas",
            Self::OpenApi => "openapi",
        }
    }
}

/// How a definition is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Notation {
    /// JSON.
    Json,
    /// YAML. Gateways take it for Tyk OAS alone.
    Yaml,
}

/// Text that is no API definition.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Neither JSON nor YAML.
    #[error(transparent)]
    Syntax(#[from] SyntaxError),
    /// Of another shape.
    #[error("{0}")]
    Shape(String),
}

/// An API definition as it is written: raw or in the Dashboard's wrapper.
#[derive(Clone, Debug)]
pub struct Definition {
    text: Text,
    kind: Kind,
    wrapped: bool,
}

#[derive(Clone, Debug)]
enum Text {
    Json(Document),
    Yaml(Box<Yaml>),
}

impl Definition {
    /// Reads a definition. What begins with a brace or a bracket is JSON, anything else YAML (a quote may begin a key
    /// there); a byte order mark and what follows no line end are kept.
    pub fn open(source: impl AsRef<[u8]>) -> Result<Self, OpenError> {
        let text = Text::read(source.as_ref())?;
        let root = text.document().root();
        let inner = root.field("api_definition");
        shape::check(root, inner)?;
        let kind = shape::kind(inner.unwrap_or(root));
        Ok(Self { kind, wrapped: inner.is_some(), text })
    }

    /// A manifest, as the classic definition whose `custom_middleware` a Gateway replaces by it: what is known of hooks,
    /// driver and id extractor holds there too.
    pub fn of_manifest(document: Document) -> Self {
        Self { text: Text::Json(document), kind: Kind::Classic, wrapped: false }
    }

    /// The text, untouched.
    pub fn source(&self) -> &[u8] {
        match &self.text {
            Text::Json(document) => document.source(),
            Text::Yaml(yaml) => yaml.source(),
        }
    }

    /// How it is written.
    pub fn notation(&self) -> Notation {
        match self.text {
            Text::Json(_) => Notation::Json,
            Text::Yaml(_) => Notation::Yaml,
        }
    }

    /// Which format.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Whether the definition lies in the Dashboard's wrapper.
    pub fn is_wrapped(&self) -> bool {
        self.wrapped
    }

    /// Whether the text begins with a byte order mark, which Go's JSON refuses.
    pub fn has_mark(&self) -> bool {
        self.source().starts_with(BYTE_ORDER_MARK)
    }

    /// The definition as JSON; of YAML a rendering, whose places and texts are not the source's: [`Self::place`] and
    /// [`Self::raw`] have those.
    pub fn document(&self) -> &Document {
        self.text.document()
    }

    /// The definition itself: inside the wrapper where there is one.
    pub fn root(&self) -> Value<'_> {
        let root = self.document().root();
        if self.wrapped { root.field("api_definition").unwrap_or(root) } else { root }
    }

    /// The value that a Gateway finds under these names, from the definition's root.
    pub fn value(&self, words: &[&str]) -> Option<Value<'_>> {
        words.iter().try_fold(self.root(), |value, word| match word.parse() {
            Ok(index) => value.element(index),
            Err(_) => value.field(word),
        })
    }

    /// The same with the path where it is, or would be set.
    pub fn field(&self, words: &[&str]) -> Field<'_> {
        let root = self.root();
        let start = Field { path: root.path(), value: Some(root) };
        words.iter().fold(start, |field, word| field.member(word))
    }

    /// The path, from the document's root, of these names from the definition's root, in the document's spelling.
    pub fn path(&self, words: &[&str]) -> Path {
        let wrapper = self.wrapped.then_some("api_definition");
        self.document().locate(wrapper.iter().chain(words))
    }

    /// Where a value begins in the source; a member at its key.
    pub fn place(&self, value: Value<'_>) -> Place {
        match &self.text {
            Text::Json(_) => value.key_place(),
            Text::Yaml(yaml) => yaml.place(value),
        }
    }

    /// The text of a value as it stands in the source, without its key.
    pub fn raw<'a>(&'a self, value: Value<'a>) -> &'a [u8] {
        match &self.text {
            Text::Json(_) => value.raw(),
            Text::Yaml(yaml) => yaml.raw(value),
        }
    }

    /// Sets a value: the edit of the source that changes nothing else. See [`Document::set`].
    pub fn set(&self, path: &Path, value: &Json) -> Result<Edit, EditError> {
        match &self.text {
            Text::Json(document) => document.set(path, value),
            Text::Yaml(yaml) => yaml.set(path, value),
        }
    }

    /// Inserts an element. See [`Document::insert`].
    pub fn insert(&self, list: &Path, index: usize, value: &Json) -> Result<Edit, EditError> {
        match &self.text {
            Text::Json(document) => document.insert(list, index, value),
            Text::Yaml(yaml) => yaml.insert(list, index, value),
        }
    }

    /// Changes an element's place with the one behind it. See [`Document::swap`].
    pub fn swap(&self, list: &Path, index: usize) -> Result<Edit, EditError> {
        match &self.text {
            Text::Json(document) => document.swap(list, index),
            Text::Yaml(yaml) => yaml.swap(list, index),
        }
    }

    /// Removes a member or an element. See [`Document::remove`].
    pub fn remove(&self, path: &Path) -> Result<Edit, EditError> {
        match &self.text {
            Text::Json(document) => document.remove(path),
            Text::Yaml(yaml) => yaml.remove(path),
        }
    }

    /// Gives a member another key. See [`Document::rename`].
    pub fn rename(&self, member: Value<'_>, key: &str) -> Result<Edit, EditError> {
        match &self.text {
            Text::Json(document) => document.rename(member, key),
            Text::Yaml(yaml) => yaml.rename(member, key),
        }
    }

    /// Puts a member of an object in the object's place. See [`Document::lift`].
    pub(super) fn lift(&self, object: &Path, inner: &str, key: &str) -> Result<Edit, EditError> {
        match &self.text {
            Text::Json(document) => document.lift(object, inner, key),
            Text::Yaml(yaml) => yaml.lift(object, inner, key),
        }
    }
}

impl Text {
    fn read(source: &[u8]) -> Result<Self, OpenError> {
        let start = if source.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
        let first = source[start..].iter().find(|byte| !byte.is_ascii_whitespace());
        match first {
            None => Err(OpenError::Shape("the text is empty, expected an API definition".into())),
            Some(b'{' | b'[') => {
                Ok(Self::Json(Document::parse_after_mark(source, Trailing::Refused)?))
            }
            Some(_) => match Yaml::parse(source) {
                Ok(yaml) => Ok(Self::Yaml(Box::new(yaml))),
                Err(mut error) => {
                    error.message = format!("no JSON, and as YAML: {}", error.message);
                    Err(error.into())
                }
            },
        }
    }

    fn document(&self) -> &Document {
        match self {
            Self::Json(document) => document,
            Self::Yaml(yaml) => yaml.document(),
        }
    }
}

//! One definition, lossless: what was opened is what is saved, but for the edits.

use serde_json::Value as Json;

use super::Field;
use crate::domain::json::{Document, Edit, EditError, Path, Place, SyntaxError, Trailing, Value};

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
    /// YAML: OAS definitions alone.
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
    document: Document,
    notation: Notation,
    kind: Kind,
    wrapped: bool,
}

impl Definition {
    /// Reads a definition.
    pub fn open(source: impl AsRef<[u8]>) -> Result<Self, OpenError> {
        let document = Document::parse(source, Trailing::Refused)?;
        let wrapped = document.root().field("api_definition").is_some();
        let root = if wrapped { document.root().field("api_definition") } else { None };
        let root = root.unwrap_or(document.root());
        let kind = if root.field("x-tyk-api-gateway").is_some() {
            Kind::Oas
        } else if root.field("openapi").is_some() || root.field("swagger").is_some() {
            Kind::OpenApi
        } else {
            Kind::Classic
        };
        Ok(Self { notation: Notation::Json, kind, wrapped, document })
    }

    /// The text, untouched.
    pub fn source(&self) -> &[u8] {
        self.document.source()
    }

    /// How it is written.
    pub fn notation(&self) -> Notation {
        self.notation
    }

    /// Which format.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Whether the definition lies in the Dashboard's wrapper.
    pub fn is_wrapped(&self) -> bool {
        self.wrapped
    }

    /// The definition as JSON; of YAML a rendering, whose places are not the source's ([`Self::place`] has those).
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// The definition itself: inside the wrapper where there is one.
    pub fn root(&self) -> Value<'_> {
        let root = self.document.root();
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
        self.document.locate(wrapper.iter().chain(words))
    }

    /// Where a value begins in the source; a member at its key.
    pub fn place(&self, value: Value<'_>) -> Place {
        value.key_place()
    }

    /// Sets a value: the edit of the source that changes nothing else. See [`Document::set`].
    pub fn set(&self, path: &Path, value: &Json) -> Result<Edit, EditError> {
        self.document.set(path, value)
    }

    /// Inserts an element. See [`Document::insert`].
    pub fn insert(&self, list: &Path, index: usize, value: &Json) -> Result<Edit, EditError> {
        self.document.insert(list, index, value)
    }

    /// Removes a member or an element. See [`Document::remove`].
    pub fn remove(&self, path: &Path) -> Result<Edit, EditError> {
        self.document.remove(path)
    }
}

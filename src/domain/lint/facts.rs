//! What rules look at: plain values, each with the name of the file that it is of.

use std::collections::BTreeMap;

use crate::domain::api::{Definition, OpenError};
use crate::domain::code::Source;
use crate::domain::conf::Conf;
use crate::domain::gateway_version::Gateway;
use crate::domain::json::{Document, Place, Trailing};
use crate::domain::manifest::{self, Manifest};

/// Everything that is known of a project, or of the files that were given.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Manifests; of a project one.
    pub manifests: Vec<ManifestFile>,
    /// API definitions.
    pub apis: Vec<ApiFile>,
    /// Files of code that belong to no manifest here.
    pub code: Vec<Source>,
    /// Settings of Gateways.
    pub confs: Vec<Conf>,
    /// The Gateway that all of it is for; `None` where it is not known.
    pub gateway: Option<Gateway>,
    /// Files that could not be taken for what they should be.
    pub unread: Vec<Unread>,
}

/// A file that could not be taken for what it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Its file, as it is shown.
    pub file: String,
    /// Where it goes wrong.
    pub place: Option<Place>,
    /// What is there and what was expected.
    pub message: String,
}

/// A manifest and what lies around it.
#[derive(Clone, Debug)]
pub struct ManifestFile {
    /// Its file, as it is shown.
    pub file: String,
    /// The text, as the classic definition whose `custom_middleware` it replaces.
    pub definition: Definition,
    /// What a reader understands of it: values of a wrong type are left out.
    pub manifest: Manifest,
    /// What each entry of `file_list` is on disk; `None` where nobody looked.
    pub listed: Option<BTreeMap<String, Listed>>,
    /// Files of its folder that `file_list` does not name, as it would name them; `None` where nobody looked.
    pub beside: Option<Vec<String>>,
    /// The code among the listed files.
    pub code: Vec<Source>,
}

impl ManifestFile {
    /// Reads a manifest's text; its folder is not looked at.
    pub fn open(file: impl Into<String>, source: impl AsRef<[u8]>) -> Result<Self, Unread> {
        let file = file.into();
        match Document::parse(source, Trailing::Refused) {
            Ok(document) => Ok(Self {
                file,
                manifest: manifest::read(&document).0,
                definition: Definition::of_manifest(document),
                listed: None,
                beside: None,
                code: Vec::new(),
            }),
            Err(error) => Err(Unread { file, place: Some(error.place), message: error.message }),
        }
    }

    /// The text.
    pub fn document(&self) -> &Document {
        self.definition.document()
    }
}

/// What an entry of `file_list` is on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listed {
    /// A file of so many bytes.
    File(u64),
    /// A folder.
    Folder,
    /// Nothing; where a file's name differs by case alone, that one.
    Missing(Option<String>),
    /// It cannot be read.
    Unreadable,
}

/// An API definition and where it is from.
#[derive(Clone, Debug)]
pub struct ApiFile {
    /// Its file, as it is shown; of a Gateway's `gateway:ID`.
    pub file: String,
    /// The definition.
    pub definition: Definition,
}

impl ApiFile {
    /// Reads a definition's text.
    pub fn open(file: impl Into<String>, source: impl AsRef<[u8]>) -> Result<Self, Unread> {
        let file = file.into();
        Definition::open(source)
            .map_err(|error| Unread {
                place: match &error {
                    OpenError::Syntax(error) => Some(error.place),
                    OpenError::Shape(_) => None,
                },
                message: error.to_string(),
                file: file.clone(),
            })
            .map(|definition| Self { file, definition })
    }
}

//! What rules look at: plain values, each with the name of the file that it is of.

use std::collections::BTreeMap;

use crate::domain::api::Definition;
use crate::domain::code::Source;
use crate::domain::json::Document;
use crate::domain::manifest::Manifest;

/// Everything that is known of a project, or of the files that were given.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Manifests; of a project one.
    pub manifests: Vec<ManifestFile>,
    /// API definitions.
    pub apis: Vec<ApiFile>,
    /// Files of code that belong to no manifest here.
    pub code: Vec<Source>,
}

/// A manifest and what lies around it.
#[derive(Clone, Debug)]
pub struct ManifestFile {
    /// Its file, as it is shown.
    pub file: String,
    /// The text, where it is JSON.
    pub document: Option<Document>,
    /// As a Gateway reads it, where it can.
    pub manifest: Option<Manifest>,
    /// What each entry of `file_list` is on disk; `None` where nobody looked.
    pub listed: Option<BTreeMap<String, Listed>>,
    /// The code among the listed files.
    pub code: Vec<Source>,
}

/// What an entry of `file_list` is on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listed {
    /// A file of so many bytes.
    File(u64),
    /// A folder.
    Folder,
    /// Nothing.
    Missing,
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

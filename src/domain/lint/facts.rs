//! What rules look at: plain values, each with the name of the file that it is of.

use std::collections::BTreeMap;

use crate::domain::api::{Definition, OpenError};
use crate::domain::code::Source;
use crate::domain::conf::Conf;
use crate::domain::gateway_version::Gateway;
use crate::domain::json::{Document, Place, Trailing};
use crate::domain::manifest::{self, Manifest};
use crate::domain::schema::Schemas;

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
    /// Keys that bundles are signed and verified with.
    pub keys: Vec<KeyFile>,
    /// Built bundles.
    pub bundles: Vec<BundleFile>,
    /// Files that could not be taken for what they should be.
    pub unread: Vec<Unread>,
    /// The schemas of the Gateway that was asked; none where none was.
    pub schemas: Schemas,
}

impl Facts {
    /// Whether there is nothing to look at.
    pub fn is_empty(&self) -> bool {
        self.manifests.is_empty()
            && self.apis.is_empty()
            && self.code.is_empty()
            && self.confs.is_empty()
            && self.keys.is_empty()
            && self.bundles.is_empty()
            && self.unread.is_empty()
    }

    /// The text of a file that was looked at, by the name that findings have for it: what edits of fixes are of. A byte
    /// of code that is no UTF-8 is a `?` here.
    pub fn text(&self, file: &str) -> Option<&[u8]> {
        let manifest = |manifest: &ManifestFile| manifest.file == file;
        let api = |api: &&ApiFile| api.file == file;
        let conf = |conf: &&Conf| conf.file.as_deref() == Some(file);
        if let Some(manifest) = self.manifests.iter().find(|it| manifest(it)) {
            return Some(manifest.definition.source());
        }
        if let Some(api) = self.apis.iter().find(api) {
            return Some(api.definition.source());
        }
        if let Some(conf) = self.confs.iter().find(conf) {
            return conf.document().map(Document::source);
        }
        let listed = self.manifests.iter().find_map(|manifest| {
            manifest.code.iter().find(|source| manifest.shown(&source.file) == file)
        });
        let code = listed.or_else(|| self.code.iter().find(|source| source.file == file));
        code.map(|source| source.text.as_bytes())
    }
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
    /// The bundle that would be built of the files as they are now; `None` where it was not asked for, or none would be.
    pub bundle: Option<WouldBe>,
}

/// A bundle that would be built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WouldBe {
    /// Its checksum.
    pub checksum: String,
    /// The names that it would be published under: unsigned, and signed by the project's key. Empty where that key
    /// cannot be used without asking for a passphrase.
    pub names: Vec<String>,
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
                bundle: None,
            }),
            Err(error) => Err(Unread { file, place: Some(error.place), message: error.message }),
        }
    }

    /// The text.
    pub fn document(&self) -> &Document {
        self.definition.document()
    }

    /// A file of its folder, as `file_list` names it, as it is shown: beside the manifest.
    pub fn shown(&self, file: &str) -> String {
        match self.file.rfind(['/', '\\']) {
            Some(end) => format!("{}{file}", &self.file[..=end]),
            None => file.to_owned(),
        }
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

/// A key's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyFile {
    /// Its file, as it is shown.
    pub file: String,
    /// What it is for.
    pub role: KeyRole,
    /// What is known of it, or why it cannot be used, and what to do.
    pub key: Result<Key, Unusable>,
    /// Whether others than its owner may read it.
    pub open_to_others: bool,
}

/// What a key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeyRole {
    /// Bundles are signed with it.
    Private,
    /// Gateways verify with it (`public_key_path`).
    Public,
}

/// What is known of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// An RSA key.
    Rsa {
        /// The size of its modulus.
        bits: usize,
        /// Tells key pairs apart.
        fingerprint: String,
        /// A private key that the reference tool refuses.
        ours_alone: bool,
    },
    /// A private key that nobody gave the passphrase of; the reference tool refuses it.
    Encrypted,
}

/// Why something cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unusable {
    /// What was found.
    pub found: String,
    /// What to do.
    pub help: String,
}

/// A built bundle.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BundleFile {
    /// Its file, as it is shown.
    pub file: String,
    /// Why a Gateway refuses a fresh download of it, with the public key that is known here; the first is what its log
    /// says.
    pub refusals: Vec<Unusable>,
    /// Its manifest, where it can be read.
    pub manifest: Option<Manifest>,
    /// Entries that neither checksum nor signature covers, but for the manifest.
    pub uncovered: Vec<String>,
    /// Entries whose bytes are gone after unpacking: a later one has the same name.
    pub replaced: Vec<String>,
    /// Entries that are symbolic links.
    pub links: Vec<String>,
    /// Its last entry is the manifest.
    pub manifest_is_last: bool,
    /// The hash of its content as a published name has it, where its name has one.
    pub hash8: Option<String>,
}

impl BundleFile {
    /// Whether it has a signature.
    pub fn is_signed(&self) -> bool {
        self.manifest.as_ref().is_some_and(|manifest| !manifest.signature.is_empty())
    }

    /// Whether its `file_list` names anything.
    pub fn has_files(&self) -> bool {
        self.manifest.as_ref().is_some_and(|manifest| !manifest.files().is_empty())
    }
}

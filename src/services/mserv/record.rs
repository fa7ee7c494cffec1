//! What mserv says of a bundle.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer};

/// A bundle that mserv has (its `MW`). The manifest there is a lossy copy, so only its checksum is read.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Mw {
    /// The bundle's id, by which a Gateway downloads it.
    #[serde(rename = "UID")]
    pub id: String,
    /// When it was pushed or last replaced.
    #[serde(rename = "Added", default, deserialize_with = "time")]
    pub added: Option<Timestamp>,
    /// The API that it was pushed for; empty for none.
    #[serde(rename = "APIID", default)]
    pub api_id: String,
    /// Always so.
    #[serde(rename = "Active", default)]
    pub active: bool,
    /// It was pushed with `store_only`: it has no manifest, and cannot be downloaded.
    #[serde(rename = "DownloadOnly", default)]
    pub store_only: bool,
    /// The checksum of its manifest; `None` without one.
    #[serde(rename = "Manifest", default, deserialize_with = "checksum")]
    pub checksum: Option<String>,
    /// One for each listed file and hook, but for response hooks.
    #[serde(rename = "Plugins", default, deserialize_with = "nullable")]
    pub functions: Vec<Function>,
}

/// A function of a bundle, in one of its files.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Function {
    /// Its name.
    pub name: String,
    /// The file.
    #[serde(default)]
    pub file_name: String,
    /// The hook's number on the wire.
    #[serde(rename = "Type", default)]
    hook: i64,
}

impl Function {
    /// The hook's name on the wire, as mservctl prints it.
    pub fn hook(&self) -> &'static str {
        match self.hook {
            1 => "Pre",
            2 => "Post",
            3 => "PostKeyAuth",
            4 => "CustomKeyCheck",
            5 => "Response",
            _ => "Unknown",
        }
    }
}

impl Mw {
    /// When it was last changed, as mservctl prints it: RFC 3339 in UTC with milliseconds.
    pub fn updated(&self) -> String {
        self.added.map(|added| format!("{added:.3}")).unwrap_or_default()
    }
}

fn checksum<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    struct Manifest {
        #[serde(default)]
        checksum: String,
    }
    Ok(Option::<Manifest>::deserialize(from)?.map(|manifest| manifest.checksum))
}

fn time<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Timestamp>, D::Error> {
    // A time that cannot be read is not shown; the rest of the record counts all the same.
    Ok(Option::<String>::deserialize(from)?.and_then(|text| text.parse().ok()))
}

fn nullable<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Function>, D::Error> {
    Ok(Option::deserialize(from)?.unwrap_or_default())
}

impl Mw {
    /// Whether there is nothing to download. A PUT over one that was stored only gives it a manifest and a download.
    pub(super) fn store_only_without_manifest(&self) -> bool {
        self.store_only && self.checksum.is_none()
    }
}

//! What rules over `file_list` share.

use crate::domain::json::Value;
use crate::domain::lint::text::Text;
use crate::domain::lint::{Facts, ManifestFile};

/// A manifest as a text.
pub(in super::super) fn text(manifest: &ManifestFile) -> Text<'_> {
    Text { file: &manifest.file, definition: &manifest.definition, is_manifest: true }
}

/// Every name of a `file_list`, with its manifest.
pub(in super::super) fn names(
    facts: &Facts,
) -> impl Iterator<Item = (&ManifestFile, String, Value<'_>)> {
    facts
        .manifests
        .iter()
        .flat_map(|manifest| names_of(manifest).map(move |(name, value)| (manifest, name, value)))
}

/// Every name of one `file_list`.
pub(in super::super) fn names_of(
    manifest: &ManifestFile,
) -> impl Iterator<Item = (String, Value<'_>)> {
    let list = manifest.document().root().field("file_list");
    let elements = list.into_iter().flat_map(Value::children);
    elements.filter_map(|element| Some((element.string()?, element)))
}

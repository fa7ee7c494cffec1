//! APIs and the manifest that their bundle is built from.

use crate::domain::lint::text::Text;
use crate::domain::lint::{Facts, ManifestFile};

/// Each API that takes its plugins from a bundle, with the manifest, where there is one alone: of several nobody can
/// say which is whose.
pub(super) fn pairs(facts: &Facts) -> impl Iterator<Item = (Text<'_>, &ManifestFile)> {
    let only = match facts.manifests.as_slice() {
        [only] => Some(only),
        _ => None,
    };
    only.into_iter().flat_map(|manifest| {
        let bundled = facts.api_texts().filter(|text| text.definition.bundle().is_used());
        bundled.map(move |text| (text, manifest))
    })
}

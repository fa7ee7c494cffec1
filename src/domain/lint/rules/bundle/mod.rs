//! Rules over built bundles.

mod bundle_binds_nothing;
mod bundle_content;
mod bundle_entry_twice;
mod bundle_link;
mod bundle_manifest_first;
mod bundle_refused;
mod bundle_stale;
mod bundle_uncovered;
mod bundle_unsigned;

use super::Rule;

pub(super) const RULES: &[&Rule] = &[
    &bundle_refused::RULE,
    &bundle_uncovered::RULE,
    &bundle_entry_twice::RULE,
    &bundle_link::RULE,
    &bundle_content::RULE,
    &bundle_stale::RULE,
    &bundle_unsigned::RULE,
    &bundle_manifest_first::RULE,
    &bundle_binds_nothing::RULE,
];

/// The first of some names, and how many more there are.
fn some(names: &[String]) -> Option<String> {
    let (first, more) = names.split_first()?;
    Some(match more.len() {
        0 => first.clone(),
        more => format!("{first} and {more} more"),
    })
}

#[cfg(test)]
mod try_on {
    use crate::domain::lint::{BundleFile, Facts};
    use crate::domain::manifest::Manifest;

    /// A right bundle, changed: `bundle.zip`, signed, with `a.txt`.
    pub(super) fn bundle(change: impl FnOnce(&mut BundleFile)) -> Facts {
        let manifest = Manifest {
            file_list: Some(vec!["a.txt".into()]),
            checksum: "0cc175b9c0f1b6a831c399e269772661".into(),
            signature: "c2lnbmF0dXJl".into(),
            ..Manifest::default()
        };
        let mut bundle = BundleFile {
            file: "bundle.zip".into(),
            manifest: Some(manifest),
            manifest_is_last: true,
            ..BundleFile::default()
        };
        change(&mut bundle);
        Facts { bundles: vec![bundle], ..Facts::default() }
    }

    /// The manifest of such a bundle.
    pub(super) fn manifest(bundle: &mut BundleFile) -> &mut Manifest {
        bundle.manifest.as_mut().unwrap()
    }
}

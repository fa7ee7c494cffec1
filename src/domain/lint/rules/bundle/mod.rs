//! Rules over built bundles.

mod bundle_binds_nothing;
mod bundle_manifest_first;
mod bundle_refused;
mod bundle_uncovered;
mod bundle_unsigned;

use super::Rule;

pub(super) const RULES: &[&Rule] = &[
    &bundle_refused::RULE,
    &bundle_uncovered::RULE,
    &bundle_unsigned::RULE,
    &bundle_manifest_first::RULE,
    &bundle_binds_nothing::RULE,
];

#[cfg(test)]
mod try_on {
    use crate::domain::lint::{BundleFile, Facts};

    /// A right bundle, changed.
    pub(super) fn bundle(change: impl FnOnce(&mut BundleFile)) -> Facts {
        let mut bundle = BundleFile {
            file: "bundle.zip".into(),
            is_signed: true,
            manifest_is_last: true,
            has_files: true,
            ..BundleFile::default()
        };
        change(&mut bundle);
        Facts { bundles: vec![bundle], ..Facts::default() }
    }
}

//! Rules over built bundles.

use super::Rule;

pub(super) const RULES: &[&Rule] = &[];

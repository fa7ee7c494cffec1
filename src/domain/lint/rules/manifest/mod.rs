//! Rules over one manifest.

use super::Rule;

pub(super) const RULES: &[&Rule] = &[];

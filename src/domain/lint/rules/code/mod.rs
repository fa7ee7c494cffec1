//! Rules over a plugin's code, and the manifest that lists it.

use super::Rule;

pub(super) const RULES: &[&Rule] = &[];

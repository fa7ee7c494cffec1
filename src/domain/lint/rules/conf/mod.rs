//! Rules over a Gateway's settings.

use super::Rule;

pub(super) const RULES: &[&Rule] = &[];

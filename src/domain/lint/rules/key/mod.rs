//! Rules over signing and public keys.

use super::Rule;

pub(super) const RULES: &[&Rule] = &[];

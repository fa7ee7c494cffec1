//! Rules over files that must fit each other: a manifest and the API definitions that name its bundle.

mod unread;

use super::Rule;

pub(super) const RULES: &[&Rule] = &[&unread::RULE];

//! Rules over one API definition, or several beside each other.

mod keyless_auth;

use super::Rule;

pub(super) const RULES: &[&Rule] = &[&keyless_auth::RULE];

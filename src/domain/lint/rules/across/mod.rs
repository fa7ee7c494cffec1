//! Rules over files that must fit each other: a manifest and the API definitions that name its bundle.

mod bundle_auth;
mod bundle_driver;
mod bundle_hash;
mod bundled;
mod unread;

use super::Rule;

pub(super) const RULES: &[&Rule] =
    &[&bundle_auth::RULE, &bundle_driver::RULE, &bundle_hash::RULE, &unread::RULE];

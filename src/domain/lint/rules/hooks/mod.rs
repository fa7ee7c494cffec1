//! Rules over hooks, drivers and id extractors, in a manifest and in an API definition alike.

mod duplicate_key;
mod extractor;
mod extractor_combination;
mod extractor_index;
mod extractor_regex;
mod extractor_setting;
mod extractor_unused;
mod hooks_disabled;
mod key_spelling;
mod missing_driver;
mod newer_gateway;
mod post_auth_check;
mod python_image;
mod require_session_grpc;
mod sections;
mod unknown_driver;
mod unknown_key;
mod unnamed_hook;
mod wrong_type;

use super::Rule;

pub(super) const RULES: &[&Rule] = &[
    &duplicate_key::RULE,
    &extractor_combination::RULE,
    &extractor_index::RULE,
    &extractor_regex::RULE,
    &extractor_setting::RULE,
    &extractor_unused::RULE,
    &hooks_disabled::RULE,
    &key_spelling::RULE,
    &missing_driver::RULE,
    &newer_gateway::RULE,
    &post_auth_check::RULE,
    &python_image::RULE,
    &require_session_grpc::RULE,
    &unknown_driver::RULE,
    &unknown_key::RULE,
    &unnamed_hook::RULE,
    &wrong_type::RULE,
];

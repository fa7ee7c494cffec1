//! Rules over one manifest and what lies around it.

mod driver_without_files;
mod file_missing;
mod file_name;
mod file_spelling;
mod file_twice;
mod files_with_grpc;
pub(super) mod listed;
mod nested_file;
mod no_hooks;
mod old_signature;
mod signature_binds_nothing;
mod vendor_unlisted;

use super::Rule;

pub(super) const RULES: &[&Rule] = &[
    &driver_without_files::RULE,
    &file_missing::RULE,
    &file_name::RULE,
    &file_spelling::RULE,
    &file_twice::RULE,
    &files_with_grpc::RULE,
    &nested_file::RULE,
    &no_hooks::RULE,
    &old_signature::RULE,
    &signature_binds_nothing::RULE,
    &vendor_unlisted::RULE,
];

//! Rules over a plugin's code, and the manifest that lists it.

mod auth_without_token;
mod blocking_call;
mod code_syntax;
mod edit_without_effect;
mod event_handler;
mod exit_in_code;
mod field_type;
mod gateway_call;
mod header_case;
mod hook_async;
mod hook_decorator;
mod hook_method;
mod hook_missing;
mod hook_parameters;
mod hook_returns;
mod late_import;
mod loaded_file;
mod missing_module;
mod new_object_returned;
mod object_cleared;
mod otto;
mod otto_middleware;
mod otto_syntax;
mod plugin;
mod print_buffered;
mod raise_at_load;
mod relative_file;
mod relative_import;
mod response_unreachable;
mod session_edit;
mod shadowed_module;
mod shared_vendor;
mod signal_handler;
mod stored_bytes;
mod uncalled_hook;
mod unknown_attribute;
mod vendor_path;

use super::{Facts, Report, Rule};

pub(super) const RULES: &[&Rule] = &[
    &auth_without_token::RULE,
    &blocking_call::RULE,
    &code_syntax::RULE,
    &edit_without_effect::RULE,
    &event_handler::RULE,
    &exit_in_code::RULE,
    &field_type::RULE,
    &gateway_call::RULE,
    &header_case::RULE,
    &hook_async::RULE,
    &hook_decorator::RULE,
    &hook_method::RULE,
    &hook_missing::RULE,
    &hook_parameters::RULE,
    &hook_returns::RULE,
    &late_import::RULE,
    &loaded_file::RULE,
    &missing_module::RULE,
    &new_object_returned::RULE,
    &object_cleared::RULE,
    &otto_middleware::RULE,
    &otto_syntax::RULE,
    &print_buffered::RULE,
    &raise_at_load::RULE,
    &relative_file::RULE,
    &relative_import::RULE,
    &response_unreachable::RULE,
    &session_edit::RULE,
    &shadowed_module::RULE,
    &shared_vendor::RULE,
    &signal_handler::RULE,
    &stored_bytes::RULE,
    &unknown_attribute::RULE,
    &uncalled_hook::RULE,
    &vendor_path::RULE,
];

//! Rules over a plugin's code, and the manifest that lists it.

mod auth_without_token;
mod code_syntax;
mod edit_without_effect;
mod event_handler;
mod exit_in_code;
mod field_type;
mod hook_async;
mod hook_decorator;
mod hook_method;
mod hook_missing;
mod hook_parameters;
mod hook_returns;
mod new_object_returned;
mod object_cleared;
mod plugin;
mod raise_at_load;
mod session_edit;
mod unknown_attribute;
mod unnamed_hook;

use super::{Facts, Report, Rule};

pub(super) const RULES: &[&Rule] = &[
    &auth_without_token::RULE,
    &code_syntax::RULE,
    &edit_without_effect::RULE,
    &event_handler::RULE,
    &exit_in_code::RULE,
    &field_type::RULE,
    &hook_async::RULE,
    &hook_decorator::RULE,
    &hook_method::RULE,
    &hook_missing::RULE,
    &hook_parameters::RULE,
    &hook_returns::RULE,
    &new_object_returned::RULE,
    &object_cleared::RULE,
    &raise_at_load::RULE,
    &session_edit::RULE,
    &unknown_attribute::RULE,
    &unnamed_hook::RULE,
];

//! Rules over one API definition, or several beside each other.

mod auth_not_enabled;
mod auth_unnamed;
mod beside;
mod bundle_disabled;
mod bundle_name;
mod byte_order_mark;
mod deprecated_switch;
mod driver_beside;
mod event_handler_name;
mod event_name;
mod event_without_driver;
mod event_without_name;
mod extractor_many_auths;
mod gateway_schema;
mod hooks_beside_bundle;
mod inactive;
mod keyless_auth;
mod listen_path;
mod missing_api_id;
mod missing_target;
mod missing_version;
mod oas_empty_value;
mod oas_event;
mod oas_extension;
mod oas_required;
mod oas_root_key;
mod oas_singular;
mod python_without_bundle;
mod same_api_id;
mod same_listen_path;

use super::Rule;

pub(super) const RULES: &[&Rule] = &[
    &auth_not_enabled::RULE,
    &auth_unnamed::RULE,
    &bundle_disabled::RULE,
    &bundle_name::RULE,
    &byte_order_mark::RULE,
    &deprecated_switch::RULE,
    &driver_beside::RULE,
    &event_handler_name::RULE,
    &event_name::RULE,
    &event_without_driver::RULE,
    &event_without_name::RULE,
    &extractor_many_auths::RULE,
    &gateway_schema::RULE,
    &hooks_beside_bundle::RULE,
    &inactive::RULE,
    &keyless_auth::RULE,
    &listen_path::RULE,
    &missing_api_id::RULE,
    &missing_target::RULE,
    &missing_version::RULE,
    &oas_empty_value::RULE,
    &oas_event::RULE,
    &oas_extension::RULE,
    &oas_required::RULE,
    &oas_root_key::RULE,
    &oas_singular::RULE,
    &python_without_bundle::RULE,
    &same_api_id::RULE,
    &same_listen_path::RULE,
];

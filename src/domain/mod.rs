//! The facts of the field, pure: no I/O, no async, no terminal.

pub mod address;
pub mod api;
pub mod bundle;
pub mod code;
pub mod conf;
pub mod diff;
pub mod effect;
pub mod encoding;
pub mod export;
pub mod filter;
pub mod gateway_version;
pub mod json;
pub mod lint;
pub mod manifest;
pub mod nearest;
pub mod object;
pub mod redact;
pub mod replay;
pub mod request;
pub mod schema;
pub mod task;
pub mod trail;
pub mod yaml;

//! The checks, one a file.

pub(super) mod bundles;
pub(super) mod container;
pub(super) mod gateway;
pub(super) mod plugin_server;
pub(super) mod probe;
pub(super) mod public_key;
pub(super) mod python;
pub(super) mod secret;
pub(super) mod settings;

//! A Gateway's settings that concern plugins: `tyk.conf` and its environment variables, and what they mean.
//!
//! Source: the Gateway's configuration types and its code that uses them; what is said of addresses and URLs was recorded.

mod base_url;
mod key;
mod plugin_server;
mod settings;

pub use base_url::{BaseUrlError, bundle_url, encoded_path};
pub use key::{KEYS, Key, Kind, keys};
pub use plugin_server::{PluginServer, PluginServerError};
pub use settings::{Conf, Environment, Setting, Source};

#[cfg(test)]
mod tests;

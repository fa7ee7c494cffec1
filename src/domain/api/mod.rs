//! API definitions: Tyk Classic and Tyk OAS, as files and Gateways have them; what in them concerns plugins.
//!
//! Source of the facts: the Gateway's API definition types and recorded exchanges with a running 5.14.0.

mod auth;
mod bundle_setting;
mod compare;
mod create;
mod definition;
pub mod events;
mod field;
pub mod keys;
mod loaded;
mod plugin;
mod resolve;
mod rewrite;
mod settings;
mod shape;
#[cfg(test)]
mod tests;

use crate::domain::json::Kind as JsonKind;

pub use auth::{Auth, Source};
pub use bundle_setting::BundleSetting;
pub use compare::differences;
pub use create::{Draft, listen_path_fault, target_fault};
pub use definition::{Definition, Kind, Notation, OpenError};
pub use field::{Field, Switch};
pub use loaded::skipped_listen_path;
pub use plugin::{Phase, Plugin};
pub use resolve::ResolveError;
pub use settings::{Bundle, ConfigData, EventHandler, IdExtractor, Summary};

//! API definitions: Tyk Classic and Tyk OAS, as files and Gateways have them; what in them concerns plugins.
//!
//! Source of the facts: the Gateway's API definition types and recorded exchanges with a running 5.14.0.

mod auth;
mod definition;
mod field;
mod plugin;
mod settings;
#[cfg(test)]
mod tests;

use crate::domain::json::Kind as JsonKind;

pub use auth::{Auth, Source};
pub use definition::{Definition, Kind, Notation, OpenError};
pub use field::{Field, Switch};
pub use plugin::{Phase, Plugin};
pub use settings::{Bundle, ConfigData, EventHandler, IdExtractor, Summary};

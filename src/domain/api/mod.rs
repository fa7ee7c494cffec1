//! API definitions: Tyk Classic and Tyk OAS, as files and Gateways have them; what in them concerns plugins.
//!
//! Source of the facts: the Gateway's API definition types and recorded exchanges with a running 5.14.0.

mod definition;

pub use definition::{Definition, Kind, Notation, OpenError};

//! A Gateway's control API.
//!
//! Source: the Gateway's code, and recorded exchanges with a running 5.14.0.

mod apis;
mod client;
mod debug;
mod error;
mod health;
mod keys;
mod profile;

pub use apis::{Action, Written};
pub use client::Gateway;
pub use debug::{Debugged, LogLine, Request};
pub use error::{GatewayError, Why};
pub use health::{Component, Hello, Status};
pub use keys::{CreatedKey, KeyName, NewKey, Right, Session, masked};

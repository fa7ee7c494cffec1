//! The plugin server: the Dispatcher service, rules, static-key authentication.
//!
//! It lives on threads of its own, so that a panic of the console does not end it before what is in flight is answered.

mod address;
pub mod rules;
mod running;

pub use address::Listen;
pub use rules::{RuleStats, Rules};
pub use running::{Running, Server};

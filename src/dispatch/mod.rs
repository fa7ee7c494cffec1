//! The plugin server: the Dispatcher service, rules, authentication, breakpoints.
//!
//! It lives on threads of its own, so that a panic of the console does not end it before what is in flight is answered.

mod auth;
mod forward;
mod gauges;
mod hold;
mod reload;
pub mod rules;
mod running;
mod wire;

pub use gauges::Gauges;
pub use hold::{Breakpoint, Faulty, Held, Holds, MOST_BREAKPOINTS};
pub use reload::Reloaded;
pub use rules::{RuleStats, Rules, Tried};
pub use running::{Running, Server};

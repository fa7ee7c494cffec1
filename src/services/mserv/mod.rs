//! mserv, which keeps bundles and gives them to Gateways.
//!
//! Source: mserv's own (2024-10), and recorded exchanges with a running one. After each write it restarts itself, and dies
//! in 1 to 6 of 100 times; with its gRPC side on, a connection that a client keeps open after a write kills it each time. So
//! each call has a connection of its own, writes come one at a time, and after each the server is waited for.

mod client;
mod download;
mod error;
mod record;
mod settings;
mod write;

pub use client::{Health, Mserv, Pace};
pub use error::{MservError, Why};
pub use record::{Function, Mw};
pub use settings::{Flags, Settings};
pub use write::{Push, Pushed};

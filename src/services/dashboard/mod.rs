//! A Dashboard's API, as far as API definitions go.
//!
//! Source: the Dashboard's public swagger. It was not run against a real one.

mod client;
mod profile;

pub use client::{Dashboard, DashboardError, Why};

#[cfg(test)]
mod tests;

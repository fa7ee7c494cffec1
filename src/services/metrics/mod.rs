//! Figures of the plugin server for Prometheus (and OpenMetrics): calls by hook, outcome and rule, and how long answers took.
//!
//! They are counted by one more reader of the ring, so that no answer waits for them. Labels are hooks, outcomes and
//! rules, of which there are few; no API, path or caller.

mod figures;
mod http;

pub use figures::Figures;
pub use http::Running;

#[cfg(test)]
mod tests;

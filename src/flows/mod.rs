//! What a person calls one action, used by `cli` and `tui` alike.

pub mod demo;
pub mod serve;
pub mod ship;

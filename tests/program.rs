//! The real binary: commands, sockets, terminals.

#[path = "program/config.rs"]
mod config;
#[path = "program/generated.rs"]
mod generated;
#[path = "program/home.rs"]
mod home;
#[path = "program/host.rs"]
mod host;
#[path = "program/output.rs"]
mod output;

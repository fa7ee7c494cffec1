//! The real binary: commands, sockets, terminals.

#![expect(clippy::unwrap_used, reason = "what a test needs and does not have ends it")]

#[path = "program/config.rs"]
mod config;
#[path = "program/generated.rs"]
mod generated;
#[path = "program/home.rs"]
mod home;
#[path = "program/host.rs"]
mod host;
#[path = "program/inspect.rs"]
mod inspect;
#[path = "program/keygen.rs"]
mod keygen;
#[path = "program/output.rs"]
mod output;
#[path = "program/passphrase.rs"]
mod passphrase;
#[path = "program/ran.rs"]
mod ran;
#[path = "program/verify.rs"]
mod verify;

//! The real binary: commands, sockets, terminals.

#[path = "program/build.rs"]
mod build;
#[path = "program/config.rs"]
mod config;
#[path = "program/failures.rs"]
mod failures;
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
#[path = "program/project.rs"]
mod project;
#[path = "program/ran.rs"]
mod ran;
#[path = "program/verify.rs"]
mod verify;

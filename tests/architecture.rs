//! The rules of the house, as tests: arrows between rooms, length of files, dependencies and their reasons.
//!
//! `UPDATE_GENERATED=1 cargo test --test architecture` writes ARCHITECTURE.md's table of rooms anew.

#![expect(clippy::unwrap_used, reason = "what a test needs and does not have ends it")]

#[path = "architecture/constant_time.rs"]
mod constant_time;
#[path = "architecture/dependencies.rs"]
mod dependencies;
#[path = "architecture/files.rs"]
mod files;
#[path = "architecture/paths.rs"]
mod paths;
#[path = "architecture/rooms.rs"]
mod rooms;
#[path = "architecture/sources.rs"]
mod sources;
#[path = "architecture/words.rs"]
mod words;

use std::path::PathBuf;

/// A file of the project.
fn project(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn read(path: &str) -> String {
    let path = project(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

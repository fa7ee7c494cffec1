//! The manifest of a project: which files it can list, and a first one from the folder's code.

mod first;
mod listing;

pub use first::{First, first};
pub use listing::{files_at, name_of};

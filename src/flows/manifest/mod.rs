//! The manifest of a project: which files it can list, and a first one from the folder's code.

mod listing;

pub use listing::{files_at, name_of};

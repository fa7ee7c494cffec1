//! The manifest of a project: which files it can list, and a first one from the folder's code.

mod first;
mod listing;
mod offered;

pub use first::{First, first};
pub use listing::{files_at, name_of};
pub use offered::{Offered, OfferedFile, offered};

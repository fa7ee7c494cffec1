//! Files of the user: read with a limit, written atomically, their previous versions and unsaved edits kept.
//!
//! A file is whole or as it was: what is written goes to a temporary file beside it, which takes its place when all of
//! it is on the disk, and is gone where anything fails.

mod atomic;
mod backups;
mod errors;
mod journal;
mod leftover;
mod limits;
mod read;
mod state;
mod tree;
mod turn;

pub use atomic::{Atomic, Mode, Published, folder_of, write, write_new};
pub use backups::{BackedUp, Backups, Version};
pub use errors::problem;
pub use journal::{Journal, Unsaved};
pub use leftover::{is_temporary, temporary_folder};
pub use limits::heed_limits;
pub use read::{LARGEST, read, read_if_there, read_pipe};
pub use state::make_private;
pub use tree::{Node, Tree};
pub use turn::Turn;

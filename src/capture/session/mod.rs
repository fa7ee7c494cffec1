//! Sessions: what was captured, in a file (SQLite) that is opened later or on another machine.
//!
//! The writer is one more reader of the ring, on a thread of its own: no answer and no row waits for the disk, and what
//! the ring forgot before the disk took it is a counted gap. The file holds the truth, secrets too, so it is its owner's
//! alone; it becomes text through a view, as the ring's records do.

mod caps;
mod copy;
mod error;
mod file;
mod marks;
mod pack;
mod reader;
mod writer;

pub use caps::Caps;
pub use copy::Copy;
pub use error::SessionError;
pub use file::{EXTENSION, Facts, is_growing, wait_for_end};
pub(super) use marks::keep as keep_marks;
pub use reader::{Kept, Reader};
pub use writer::{Recording, Spilled};

#[cfg(test)]
mod tests;

#[cfg(test)]
mod mark_tests;

//! Files of the user: written atomically.
//!
//! A file is whole or as it was: what is written goes to a temporary file beside it, which takes its place when all of
//! it is on the disk, and is gone where anything fails.

mod atomic;
mod errors;
mod limits;

pub use atomic::{Atomic, Mode, write};
pub use errors::problem;
pub use limits::heed_limits;

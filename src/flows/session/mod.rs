//! Sessions of a plugin server on the disk: begun, found again, looked after.

mod begin;
mod follow;
mod growing;
mod kept;
mod lines;
mod opened;
mod play;
mod recorded;
mod wait;

pub use begin::begin;
pub use follow::Followed;
pub use kept::{Listed, delete, find, list};
pub use opened::Opened;
pub use play::Played;
pub use recorded::Recorded;
pub use wait::{Wish, wait};

#[cfg(test)]
mod tests;

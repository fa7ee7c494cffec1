//! Sessions of a plugin server on the disk: begun, found again, looked after.

mod begin;
mod follow;
mod growing;
mod kept;
mod opened;
mod play;
mod wait;

pub use begin::begin;
pub use follow::Followed;
pub use kept::{Listed, delete, find, list};
pub use opened::Opened;
pub use play::Played;
pub use wait::{Wish, wait};

#[cfg(test)]
mod tests;

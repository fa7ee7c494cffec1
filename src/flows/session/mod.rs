//! Sessions of a plugin server on the disk: begun, found again, looked after.

mod begin;
mod follow;
mod kept;
mod play;

pub use begin::begin;
pub use follow::{Followed, Opened};
pub use kept::{Listed, delete, find, list};
pub use play::Played;

#[cfg(test)]
mod tests;

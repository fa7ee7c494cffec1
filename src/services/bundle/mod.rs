//! Bundles on disk: written, read, verified; the keys that sign them.

pub mod compare;
mod go_base64;
pub mod inspect;
pub mod keys;
pub mod read;
mod unpack;
pub mod verify;
pub mod write;
